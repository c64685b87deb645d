"""The privacy self-test, asked for on the facilitator's page.

It is `coach doctor --privacy` in a process of its own: joining a room takes a native library, whose
memory this process would never give back.
"""

import logging
from typing import Annotated

import psutil
from aiohttp import web
from pydantic import BaseModel, Field, ValidationError

from coach.children import run_once
from coach.settings import Settings
from coach.web.entry import invited_seat
from coach.web.keys import PRIVACY_CHECK, SETTINGS
from coach.web.replies import ApiError
from coach.web.signin import signed_in

log = logging.getLogger("coach.web")

LIMIT_SECONDS = 60.0
NEEDED_BYTES = 200 * 1024 * 1024
"""What the process takes; where that is not free, a session on this machine might pay for it."""
_COMMAND = ["doctor", "--privacy", "--json"]


class Check(BaseModel):
    """One line of what the doctor found."""

    outcome: str
    reason: str
    remedy: str


class Report(BaseModel):
    """What it printed; the last check is the one on privacy, unless what it needs had failed."""

    ok: bool
    checks: Annotated[list[Check], Field(min_length=1)]

    def told(self) -> Check:
        """The check to tell of: the first that failed, else the last."""
        failed = (check for check in self.checks if check.outcome == "fail")
        return next(failed, self.checks[-1])


async def post_privacy_check(request: web.Request) -> web.Response:
    """Send a test hint in a room of its own, and count what a partner there receives; one test at
    a time.
    """
    await _require_facilitator(request)
    turn = request.app[PRIVACY_CHECK]
    if turn.locked():
        raise ApiError(429, "busy", "Another privacy check is running. Try again in a moment.")
    if psutil.virtual_memory().available < NEEDED_BYTES:
        raise ApiError(
            503,
            "not_checked",
            "This machine has too little memory for the check. Your operator can run "
            "coach doctor --privacy on another one.",
        )
    async with turn:
        report = await _report(request.app[SETTINGS])
    told = report.told()
    log.info("Privacy checked", extra={"outcome": told.outcome})
    return web.json_response({"ok": report.ok, "found": told.reason, "remedy": told.remedy})


async def _require_facilitator(request: web.Request) -> None:
    """Who is signed in, or brings the facilitator's link. Raises ApiError for others."""
    if await signed_in(request) is not None:
        return
    seat = await invited_seat(request, None, request.app[SETTINGS].facilitator_id)
    if seat is None:
        raise ApiError(401, "not_signed_in", "This check is for the facilitator.")


async def _report(settings: Settings) -> Report:
    try:
        printed = await run_once(_COMMAND, settings.environment(), LIMIT_SECONDS)
        return Report.model_validate_json(printed)
    except (TimeoutError, OSError, ValidationError) as error:
        log.warning("Privacy check failed", extra={"error": type(error).__name__})
        raise ApiError(
            503,
            "not_checked",
            "It broke off or took too long. Your operator can run coach doctor.",
        ) from None
