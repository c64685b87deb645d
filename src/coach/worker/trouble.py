"""What a provider's failure means, in the words of the status contract."""

import email.utils
import logging
import ssl
import time
from collections.abc import Iterator
from typing import Any, Literal

import openai
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
    "stt_failing": "Speech service answered with an error of its own",
    "llm_failing": "Language model answered with an error of its own",
    "stt_cut": "Speech service broke off its answer",
    "llm_cut": "Language model broke off its answer",
    "stt_garbled": "Speech service sent an answer that is no valid JSON",
    "llm_garbled": "Language model sent an answer that is no valid JSON",
    "stt_insecure": "TLS to the speech service failed; check STT_BASE_URL and its certificate",
    "llm_insecure": "TLS to the language model failed; check LLM_BASE_URL and its certificate",
    "stt_unreachable": "Speech service unreachable",
    "llm_unreachable": "Language model unreachable",
    "stt_refused": "Speech service refused the request; check STT_MODEL and STT_BASE_URL",
    "llm_refused": "Language model refused the request; check LLM_MODEL and LLM_BASE_URL",
}

_TIMEOUTS = (TimeoutError, APITimeoutError, openai.APITimeoutError)
# Of the client's HTTP library, which is the client's own choice.
_LATE, _BROKEN_OFF = "TimeoutException", "RemoteProtocolError"
_BY_STATUS = {401: "key_refused", 403: "key_refused"}
_SERVER_ERRORS = 500


def reason_for(failure: BaseException, part: Part) -> str:
    """The status reason for this failure of a part."""
    causes = list(_causes(failure))
    if status := _status(causes):
        return _by_status(status, part)
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return f"{part}_insecure"
    if any(isinstance(cause, _TIMEOUTS) or _is(cause, _LATE) for cause in causes):
        return f"{part}_slow"
    if any(_is(cause, _BROKEN_OFF) for cause in causes):
        return f"{part}_cut"
    if any(isinstance(cause, ValueError | TypeError | AttributeError) for cause in causes):
        return f"{part}_garbled"
    return f"{part}_unreachable"


class Wish:
    """How long a service wants to be left alone, as its last answer said."""

    def __init__(self) -> None:
        self._seconds = 0.0

    async def read(self, response: Any) -> None:
        """Take in the headers of an answer; a hook of the HTTP client."""
        self._seconds = _seconds(response.headers.get("retry-after", ""))

    def take(self) -> float:
        """The seconds, once; 0 when none were named."""
        seconds, self._seconds = self._seconds, 0.0
        return seconds


def note(failure: APIError | TimeoutError, part: Part, service: str = "first") -> str:
    """Write the operator's log line for this failure and return the status reason."""
    reason = reason_for(failure, part)
    log.warning(LOG_LINES[reason], extra={"part": part, "reason": reason, "service": service})
    return reason


def _causes(failure: BaseException) -> Iterator[BaseException]:
    """The failure, and whatever it comes of, also where the libraries hide that."""
    cause: BaseException | None = failure
    seen: set[int] = set()
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__


def _is(cause: BaseException, name: str) -> bool:
    return any(kind.__name__ == name for kind in type(cause).__mro__)


def _status(causes: list[BaseException]) -> int:
    codes = (
        cause.status_code
        for cause in causes
        if isinstance(cause, APIStatusError | openai.APIStatusError)
    )
    return next((code for code in codes if code > 0), 0)


def _by_status(status: int, part: Part) -> str:
    if status == 404:
        return "model_not_found"
    if status == 429:
        return "rate_limited"
    if status >= _SERVER_ERRORS:
        return f"{part}_failing"
    return f"{part}_{_BY_STATUS.get(status, 'refused')}"


def _seconds(wish: str) -> float:
    """A Retry-After header, which is a number of seconds or a date."""
    try:
        return max(0.0, float(wish))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(wish).timestamp() - time.time())
    except ValueError:
        return 0.0
