"""What Prometheus reads, for those who may."""

import hmac

from aiohttp import web

from coach.exposure import LOOPBACK
from coach.metrics import WebMetrics, exposition
from coach.web.keys import CONFIG, SETTINGS
from coach.web.replies import ApiError

METRICS = web.AppKey("metrics", WebMetrics)

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")
FORMAT = "text/plain; version=0.0.4; charset=utf-8"


async def get_metrics(request: web.Request) -> web.Response:
    """The figures of this process and of its worker, whose are some seconds old.

    Raises ApiError 401 without METRICS_TOKEN, unless none is set and the app serves this machine
    alone.
    """
    if not _may_read(request):
        raise ApiError(401, "metrics_token_missing", "Metrics are read with METRICS_TOKEN.")
    app = request.app
    text = exposition(app[METRICS]) + app[CONFIG].worker_metrics()
    headers = {"Content-Type": FORMAT, "Cache-Control": "no-store"}
    return web.Response(body=text.encode(), headers=headers)


def _may_read(request: web.Request) -> bool:
    token = request.app[SETTINGS].metrics_token
    if token is None:
        forwarded = any(name in request.headers for name in FORWARDED)
        return request.app[CONFIG].host == LOOPBACK and not forwarded
    given = request.headers.get("Authorization", "")
    return hmac.compare_digest(given.encode(), f"Bearer {token.get_secret_value()}".encode())
