"""The one form of every error, and the reading of request bodies."""

import json
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from aiohttp import ClientError, web
from livekit.api import TwirpError
from pydantic import BaseModel, ValidationError
from sqlalchemy.exc import SQLAlchemyError

log = logging.getLogger("coach.web")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Body = TypeVar("Body", bound=BaseModel)


class ApiError(Exception):
    """A refusal with an HTTP status, a stable code and a sentence."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message

    def response(self) -> web.Response:
        """The JSON answer."""
        body = {"error": {"code": self.code, "message": self.message}}
        return web.json_response(body, status=self.status)


@web.middleware
async def api_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every failure under /api into the JSON form; details go to the log by type only."""
    try:
        return await handler(request)
    except ApiError as error:
        return error.response()
    except web.HTTPException as error:
        if not request.path.startswith("/api/"):
            raise
        return ApiError(error.status, _code(error.reason), error.reason).response()
    except (TwirpError, ClientError, TimeoutError) as error:
        log.warning("LiveKit server refused or unreachable", extra={"error": type(error).__name__})
        return ApiError(
            502, "livekit_unavailable", "The call server can't be reached. Try again in a moment."
        ).response()
    except SQLAlchemyError as error:
        log.error("Store unavailable", extra={"error": type(error).__name__})
        return ApiError(
            503, "store_unavailable", "Sessions can't be read now. Try again in a moment."
        ).response()


def _code(reason: str) -> str:
    return reason.lower().replace(" ", "_")


async def read_body(request: web.Request, model: type[Body]) -> Body:
    """The request's JSON object as this model; an empty body counts as an empty object.

    Raises ApiError 400 without repeating what was sent.
    """
    raw = await request.read()
    try:
        return model.model_validate(json.loads(raw) if raw.strip() else {})
    except (ValueError, RecursionError) as error:
        detail = _fields(error) if isinstance(error, ValidationError) else "not valid JSON"
        raise ApiError(400, "bad_request", f"The request is not understood: {detail}.") from None


def _fields(error: ValidationError) -> str:
    names = {str(item["loc"][0]) if item["loc"] else "body" for item in error.errors()}
    known = sorted(name for name in names if name.isidentifier())
    return "check " + ", ".join(known) if known else "check its fields"
