"""The aiohttp application, put together and run."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from aiohttp import web
from livekit import api

from coach.errors import CoachError
from coach.metrics import WebMetrics
from coach.protocol import AGENT_NAME
from coach.settings import Settings
from coach.store import Store
from coach.web.calling import calling_back
from coach.web.config import WebConfig
from coach.web.consent import get_consent, post_consent
from coach.web.devices import keep_browser_key
from coach.web.facilitators import SignIn
from coach.web.health import get_healthz, get_readyz
from coach.web.history import delete_note, get_hints, get_note
from coach.web.join import post_coach, post_token
from coach.web.keys import (
    CONFIG,
    LIVEKIT,
    PRIVACY_CHECK,
    ROOMS,
    SEATS,
    SETTINGS,
    SIGN_IN,
    STORE,
)
from coach.web.monitoring import METRICS, get_metrics
from coach.web.open_pages import PAGES, add_presence
from coach.web.origins import check_origin
from coach.web.pages import add_pages, security_headers
from coach.web.privacy_check import post_privacy_check
from coach.web.replies import api_errors
from coach.web.rooms import RoomRules, Rooms
from coach.web.seats import SeatSigner
from coach.web.sessions import (
    get_sessions,
    get_text,
    post_admit,
    post_end,
    post_erase,
    post_link,
    post_revoke,
    post_session,
)
from coach.web.signin import get_sign_in, post_sign_in, post_sign_out
from coach.web.visitors import DOOR, Door, limit_visitors

MAX_BODY_BYTES = 64 * 1024


@asynccontextmanager
async def running_web_app(
    settings: Settings, config: WebConfig, store: Store
) -> AsyncIterator[None]:
    """Serve on `config.host` and `settings.coach_port` until the block ends.

    Raises CoachError when the port is taken.
    """
    livekit = api.LiveKitAPI(settings.livekit_url, settings.livekit_api_key, _secret(settings))
    runner = web.AppRunner(application(settings, config, store, livekit), access_log=None)
    try:
        await runner.setup()
        await _listen(runner, config.host, settings.coach_port)
        yield
    finally:
        await runner.cleanup()
        await livekit.aclose()


def application(
    settings: Settings, config: WebConfig, store: Store, livekit: api.LiveKitAPI
) -> web.Application:
    """The whole app, not yet served."""
    app = web.Application(
        middlewares=[keep_browser_key, api_errors, check_origin, limit_visitors],
        client_max_size=MAX_BODY_BYTES,
    )
    app[SETTINGS] = settings
    app[CONFIG] = config
    app[STORE] = store
    app[ROOMS] = Rooms(livekit, store.dispatches, _room_rules(settings, config))
    app[SEATS] = SeatSigner(_secret(settings))
    app[SIGN_IN] = SignIn.of(settings, _secret(settings), store.sign_outs)
    app[LIVEKIT] = livekit
    app[DOOR] = Door(store, _secret(settings))
    app.cleanup_ctx.append(calling_back)
    app[PRIVACY_CHECK] = asyncio.Lock()
    app.on_response_prepare.append(security_headers)
    _add_routes(app)
    add_presence(app)
    app[METRICS] = WebMetrics(config.worker_ready, app[PAGES].count)
    add_pages(app, config)
    return app


def _add_routes(app: web.Application) -> None:
    app.router.add_get("/healthz", get_healthz)
    app.router.add_get("/readyz", get_readyz)
    app.router.add_get("/metrics", get_metrics)
    app.router.add_get("/api/info", get_info)
    app.router.add_get("/api/consent", get_consent)
    app.router.add_post("/api/consent", post_consent)
    app.router.add_post("/api/token", post_token)
    app.router.add_post("/api/coach", post_coach)
    app.router.add_get("/api/sessions/{session_id}/hints", get_hints)
    app.router.add_get("/api/sessions/{session_id}/note", get_note)
    app.router.add_delete("/api/sessions/{session_id}/note", delete_note)
    app.router.add_post("/api/privacy-check", post_privacy_check)
    app.router.add_get("/api/sign-in", get_sign_in)
    app.router.add_post("/api/sign-in", post_sign_in)
    app.router.add_post("/api/sign-out", post_sign_out)
    app.router.add_get("/api/sessions", get_sessions)
    app.router.add_post("/api/sessions", post_session)
    app.router.add_post("/api/sessions/{session_id}/links", post_link)
    app.router.add_post("/api/sessions/{session_id}/seats/{seat_id}/admit", post_admit)
    app.router.add_post("/api/sessions/{session_id}/seats/{seat_id}/revoke", post_revoke)
    app.router.add_post("/api/sessions/{session_id}/end", post_end)
    app.router.add_get("/api/sessions/{session_id}/text", get_text)
    app.router.add_post("/api/sessions/{session_id}/erase", post_erase)


async def get_info(request: web.Request) -> web.Response:
    """What a page must know before anyone joins."""
    settings, config = request.app[SETTINGS], request.app[CONFIG]
    body = {
        "rehearsal": config.rehearsal,
        "open": config.open_access,
        "room": settings.coach_room if config.open_access else None,
        "partner_identity": settings.partner_id,
        "facilitator_identity": settings.facilitator_id,
        "agent_name": AGENT_NAME,
        "version": version("silent-coach"),
    }
    return web.json_response(body)


def _room_rules(settings: Settings, config: WebConfig) -> RoomRules:
    return RoomRules(
        settings.session_max_participants,
        config.worker_ready,
        config.worker_since,
        config.draining,
    )


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        from coach.ports import holder_of

        raise CoachError(
            f"port {port} is taken{holder_of(port)}", "free it, or set COACH_PORT to another port"
        ) from None


def _secret(settings: Settings) -> str:
    if settings.livekit_api_secret is None:
        raise CoachError("LIVEKIT_API_SECRET is not set", "set it beside LIVEKIT_URL")
    return settings.livekit_api_secret.get_secret_value()
