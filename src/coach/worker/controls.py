"""The remote controls: RPC methods on the agent, each with its callers."""

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Literal

from livekit import rtc
from pydantic import BaseModel, ConfigDict, Field, ValidationError

log = logging.getLogger("coach.worker")

MAX_PAYLOAD = 2048
BAD_REQUEST = 1500
NOT_ALLOWED = 1403


class Empty(BaseModel):
    """No fields."""

    model_config = ConfigDict(extra="ignore")


class PaceRequest(BaseModel):
    """The wanted pace."""

    pace: Literal["quiet", "balanced", "lively"]


class FeedbackRequest(BaseModel):
    """What the facilitator says of a hint."""

    hint_id: str = Field(min_length=1, max_length=80)
    verdict: Literal["used", "not_now", "fewer"]


class ListenRequest(BaseModel):
    """The listening mode, and whether the push-to-listen key is down."""

    mode: Literal["continuous", "push"] | None = None
    held: bool | None = None


class CaptionsRequest(BaseModel):
    """Live captions on or off."""

    on: bool


Reply = dict[str, Any]
Method = Callable[[str, Any], Awaitable[Reply]]


class Controls:
    """Registers methods; a caller who isn't allowed, or a bad payload, gets an error."""

    def __init__(self, room: rtc.Room) -> None:
        self._room = room

    def add(
        self, name: str, callers: dict[str, str], form: type[BaseModel], method: Method
    ) -> None:
        """Answer `name` for these identities; `method` gets the caller's role and the payload."""

        async def handler(call: rtc.RpcInvocationData) -> str:
            if call.caller_identity not in callers:
                log.warning("Control refused", extra={"method": name})
                raise rtc.RpcError(NOT_ALLOWED, "not allowed")
            return json.dumps(
                await method(callers[call.caller_identity], _parse(form, call.payload))
            )

        self._room.local_participant.register_rpc_method(name, handler)


def _parse(form: type[BaseModel], payload: str) -> BaseModel:
    if len(payload) > MAX_PAYLOAD:
        raise rtc.RpcError(BAD_REQUEST, "payload too large")
    try:
        return form.model_validate(json.loads(payload or "{}"))
    except (ValidationError, ValueError, RecursionError):
        raise rtc.RpcError(BAD_REQUEST, "payload not understood") from None
