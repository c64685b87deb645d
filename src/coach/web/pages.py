"""The static pages: compressed files where the browser takes them, long caching for hashed ones."""

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from coach.web.config import WebConfig
from coach.web.cookies import is_https
from coach.web.keys import SETTINGS
from coach.web.replies import Handler

SIGN_IN_PAGE = "/sign-in"
PAGES = {
    "/": "index.html",
    "/partner": "partner.html",
    "/facilitator": "facilitator.html",
    "/session/partner": "partner.html",
    "/session/facilitator": "facilitator.html",
    "/check": "check.html",
    SIGN_IN_PAGE: "sign-in.html",
    "/sessions": "sessions.html",
}
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
PERMISSIONS = "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=()"

mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("text/javascript", ".mjs")


def add_pages(app: web.Application, config: WebConfig) -> None:
    """Serve every page and the assets beside them."""
    for path, name in PAGES.items():
        app.router.add_get(path, _page(config.pages / name))
    app.router.add_get("/assets/{name}", _asset(config.pages / "assets"))


def _page(file: Path) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = _file(request, file)
        response.headers["Cache-Control"] = "no-store"
        return response

    return handler


def _asset(folder: Path) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        file = folder / request.match_info["name"]
        if file.parent != folder or not file.is_file():
            raise web.HTTPNotFound
        response = _file(request, file)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    return handler


def _file(request: web.Request, file: Path) -> web.FileResponse:
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    accepted = request.headers.get("Accept-Encoding", "")
    headers = {"Content-Type": kind, "Vary": "Accept-Encoding"}
    for encoding, suffix in ENCODINGS:
        packed = file.with_name(file.name + suffix)
        if encoding in accepted and packed.is_file():
            return web.FileResponse(packed, headers={**headers, "Content-Encoding": encoding})
    return web.FileResponse(file, headers=headers)


async def security_headers(request: web.Request, response: web.StreamResponse) -> None:
    """What every answer carries; nothing under /api is ever cached."""
    headers = response.headers
    settings = request.app[SETTINGS]
    signs_in = request.path == SIGN_IN_PAGE and settings.supabase_url
    reached = settings.supabase_url if signs_in else settings.livekit_url
    headers["Content-Security-Policy"] = _policy(reached or "")
    headers["Permissions-Policy"] = PERMISSIONS
    headers["Referrer-Policy"] = "no-referrer"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if is_https(settings):
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.path.startswith("/api/"):
        headers["Cache-Control"] = "no-store"


def _policy(livekit_url: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "media-src 'self' blob:",
            "font-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            f"connect-src 'self' {_origins(livekit_url)}".strip(),
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


def _origins(livekit_url: str) -> str:
    """The server's signalling and HTTP origins, and its regional hosts on LiveKit Cloud."""
    parts = urlsplit(livekit_url)
    if not parts.netloc:
        return ""
    secure = parts.scheme in ("wss", "https")
    schemes = ("wss", "https") if secure else ("ws", "http")
    hosts = [parts.netloc]
    if parts.netloc.endswith(".livekit.cloud"):
        hosts.append("*.livekit.cloud")
    return " ".join(f"{scheme}://{host}" for scheme in schemes for host in hosts)
