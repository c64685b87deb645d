"""What a provider's failure means, in the words of the status contract."""

import logging
from typing import Literal

from livekit.agents import APIError, APIStatusError, APITimeoutError

log = logging.getLogger("coach.worker")

Part = Literal["stt", "llm"]

LOG_LINES: dict[str, str] = {
    "stt_key_refused": "Speech service refused the key; check STT_API_KEY or OPENAI_API_KEY",
    "llm_key_refused": "Language model refused the key; check LLM_API_KEY or OPENAI_API_KEY",
    "rate_limited": "Provider limits the rate; the coach waits",
    "model_not_found": "Model not found; check STT_MODEL and LLM_MODEL",
    "stt_slow": "Speech service did not answer in time",
    "llm_slow": "Language model did not answer in time",
    "stt_unreachable": "Speech service unreachable or failing",
    "llm_unreachable": "Language model unreachable or failing",
}


def reason_for(failure: BaseException, part: Part) -> str:
    """The status reason for this failure of a part."""
    if isinstance(failure, TimeoutError | APITimeoutError):
        return f"{part}_slow"
    cause: BaseException | None = failure
    while cause is not None and not isinstance(cause, APIStatusError):
        cause = cause.__cause__
    return _by_status(cause.status_code if cause is not None else 0, part)


def _by_status(status: int, part: Part) -> str:
    if status in (401, 403):
        return f"{part}_key_refused"
    if status == 404:
        return "model_not_found"
    if status == 429:
        return "rate_limited"
    return f"{part}_unreachable"


def note(failure: APIError | TimeoutError, part: Part) -> str:
    """Write the operator's log line for this failure and return the status reason."""
    reason = reason_for(failure, part)
    log.warning(LOG_LINES[reason], extra={"part": part, "reason": reason})
    return reason
