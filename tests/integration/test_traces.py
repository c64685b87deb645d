"""Traces, as a collector receives them; and none where none is wanted."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from livekit.agents import telemetry
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.trace import NoOpTracer
from tests.unit.test_traces import Told

from coach.hints.events import CloseHint, OpenHint
from coach.settings import Settings
from coach.worker.traces import TurnTraces, tracing

pytestmark = pytest.mark.integration

Received = list[tuple[str, ExportTraceServiceRequest]]


@pytest.fixture
async def collector() -> AsyncIterator[tuple[str, Received]]:
    """An OTLP receiver on loopback."""
    received: Received = []

    async def take(request: web.Request) -> web.Response:
        body = ExportTraceServiceRequest.FromString(await request.read())
        received.append((request.headers.get("x-api-key", ""), body))
        return web.Response()

    app = web.Application()
    app.router.add_post("/v1/traces", take)
    async with TestServer(app) as server:
        yield str(server.make_url("/")), received


def tell_a_turn(settings: Settings) -> None:
    with tracing(settings) as tracer:
        told = Told()
        told.traces = TurnTraces(tracer, told.clock, "s1")
        told.hear(1, "s1-t1", started=1.0, asked=5.0, at=5.6)
        told.traces.done(OpenHint("s1-h1", 1, "s1-t1", 5.0))
        told.traces.done(CloseHint("s1-h1", 600, 700, 1300))


async def test_a_turn_reaches_the_collector_with_its_header(
    collector: tuple[str, Received], tmp_path: Path
) -> None:
    url, received = collector
    settings = Settings.model_validate(
        {
            "otel_exporter_otlp_endpoint": url,
            "otel_exporter_otlp_headers": "x-api-key=secret, x-team=a=b",
            "coach_home": tmp_path,
        }
    )
    await asyncio.to_thread(tell_a_turn, settings)
    ((key, request),) = received
    assert key == "secret"
    (resource,) = request.resource_spans
    assert resource.resource.attributes[0].value.string_value == "silent-coach"
    spans = [span for scope in resource.scope_spans for span in scope.spans]
    assert [span.name for span in spans] == ["recognise", "show", "turn"]
    assert len({span.trace_id for span in spans}) == 1
    assert b"letter" not in request.SerializeToString()


async def test_a_collector_that_is_gone_holds_nobody_up(tmp_path: Path) -> None:
    settings = Settings.model_validate(
        {"otel_exporter_otlp_endpoint": "http://127.0.0.1:1", "coach_home": tmp_path}
    )
    async with asyncio.timeout(10):
        await asyncio.to_thread(tell_a_turn, settings)


def test_without_an_address_nothing_is_made(tmp_path: Path) -> None:
    with tracing(Settings.model_validate({"coach_home": tmp_path})) as tracer:
        assert isinstance(tracer, NoOpTracer)


def test_the_library_s_own_spans_go_nowhere(tmp_path: Path) -> None:
    """They may carry what was said."""
    settings = Settings.model_validate(
        {"otel_exporter_otlp_endpoint": "http://127.0.0.1:1", "coach_home": tmp_path}
    )
    with tracing(settings):
        assert not telemetry.tracer.start_span("llm_request").is_recording()
