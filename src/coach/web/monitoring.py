"""What Prometheus reads, for those who may."""

from aiohttp import web

from coach.exposure import LOOPBACK, may_read_metrics
from coach.metrics import WebMetrics, exposition
from coach.web.keys import CONFIG, SETTINGS
from coach.web.replies import ApiError

METRICS = web.AppKey("metrics", WebMetrics)

FORMAT = "text/plain; version=0.0.4; charset=utf-8"


async def get_metrics(request: web.Request) -> web.Response:
    """The figures of this process and of its worker, whose are some seconds old.

    Raises ApiError 401 without METRICS_TOKEN, unless none is set and the app serves this machine
    alone.
    """
    app = request.app
    token, local = app[SETTINGS].metrics_token, app[CONFIG].host == LOOPBACK
    if not may_read_metrics(token, request.headers, local=local):
        raise ApiError(401, "metrics_token_missing", "Metrics are read with METRICS_TOKEN.")
    text = exposition(app[METRICS]) + app[CONFIG].worker_metrics()
    headers = {"Content-Type": FORMAT, "Cache-Control": "no-store"}
    return web.Response(body=text.encode(), headers=headers)
