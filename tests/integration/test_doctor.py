"""`coach doctor`: all is well on a stage; faults of server, worker and services found by name."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.utils import formatdate
from pathlib import Path
from time import time

import pytest
from aiohttp import web
from tests.integration.conftest import Stage
from tests.support.coach import (
    STOP_S,
    Coach,
    bare_environment,
    free_port,
    livekit_settings,
    run_coach,
)
from tests.support.livekit import running_livekit
from tests.support.patient import Patient, assert_fault
from tests.support.provider import Reply

from coach.doctor.checks import CHECKS
from coach.doctor.finding import Outcome

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

LONG = "a-random-looking-secret-of-forty-letters"


@pytest.fixture
def patient(tmp_path: Path, stage: Stage, without_settings: None) -> Patient:
    settings = livekit_settings(stage.livekit) | {
        "openai_api_key": "sk-test",
        "openai_base_url": stage.provider.base_url,
        "coach_home": str(stage.coach.log_file.parent / "home"),
        "coach_port": stage.web.rsplit(":", 1)[1],
    }
    return Patient(tmp_path, settings)


async def doctor(patient: Patient, *options: str) -> tuple[int, str, str]:
    """The command as users run it, in the patient's folder."""
    environment = patient.settings
    done = await asyncio.to_thread(
        run_coach, patient.folder, "doctor", *options, environment=environment
    )
    return done.returncode, done.stdout, done.stderr


async def test_all_is_well_on_a_stage(patient: Patient) -> None:
    code, output, errors = await doctor(patient, "--json")
    told = json.loads(output)
    outcomes = {check["name"]: check["outcome"] for check in told["checks"]}
    assert (code, told["ok"], errors) == (0, True, ""), output
    assert outcomes.pop("livekit-ports") == "skip"
    assert len(outcomes) == len(CHECKS) - 1
    speeds = {outcomes.pop("vad"), outcomes.pop("model")}
    assert speeds <= {"pass", "warn"}, output
    assert set(outcomes.values()) == {"pass"}, output


async def test_the_partner_gets_nothing_of_a_hint(patient: Patient) -> None:
    code, output, errors = await doctor(patient, "--privacy")
    assert code == 0, output + errors
    assert "the partner received 0 bytes" in output


# --- LiveKit ---


async def test_no_server_anywhere(patient: Patient) -> None:
    finding = await patient.examine(
        "livekit", livekit_url=None, coach_home=str(patient.folder / "home")
    )
    assert_fault(finding, "no LiveKit server runs", "coach livekit start")


async def test_a_server_without_a_key(patient: Patient) -> None:
    finding = await patient.examine("livekit", livekit_api_key=None)
    assert_fault(finding, "LIVEKIT_API_KEY not set", ".agent.env")


async def test_a_wrong_address(patient: Patient) -> None:
    url = f"ws://127.0.0.1:{free_port()}"
    finding = await patient.examine("livekit", livekit_url=url)
    assert_fault(finding, f"{url} takes no connection", "correct LIVEKIT_URL")


async def test_an_address_of_something_else(patient: Patient, stage: Stage) -> None:
    finding = await patient.examine("key", livekit_url=stage.web)
    assert_fault(finding, "is no LiveKit server", "LIVEKIT_URL")


async def test_a_wrong_key(patient: Patient) -> None:
    finding = await patient.examine("key", livekit_api_secret=LONG)
    assert_fault(finding, "refuses the key (401)", "LIVEKIT_API_SECRET")


@asynccontextmanager
async def server_of_another_time(seconds: float) -> AsyncIterator[str]:
    """An HTTP server whose clock is that far ahead."""

    async def answer(_: web.Request) -> web.Response:
        return web.Response(text="OK", headers={"Date": formatdate(time() + seconds, usegmt=True)})

    app = web.Application()
    app.router.add_get("/", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"ws://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def test_a_clock_that_is_wrong(patient: Patient) -> None:
    async with server_of_another_time(300) as url:
        finding = await patient.examine("clock", livekit_url=url)
        assert_fault(finding, "behind the server's: every token is refused", "timedatectl")
        assert "300 s" in finding.reason or "299 s" in finding.reason
        assert (await patient.examine("key")).outcome is Outcome.SKIP


# --- the worker ---


async def test_a_worker_that_is_absent(patient: Patient, tmp_path: Path) -> None:
    with running_livekit(tmp_path / "lonely") as lonely:
        finding = await patient.examine("worker", **livekit_settings(lonely))
    assert_fault(finding, "no worker is registered as coach", "start one: coach dev")


@asynccontextmanager
async def second_worker(folder: Path, environment: dict[str, str]) -> AsyncIterator[None]:
    """Another worker for the same server, as somebody starts one by mistake."""
    log_file = folder / "worker.log"
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "coach", "start", "--only", "worker"],
            cwd=folder,
            env=bare_environment(**environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    worker = Coach(process, "", log_file)
    try:
        await worker.until(lambda: "Connected to LiveKit server" in worker.log())
        yield
    finally:
        print(worker.log())
        process.kill()
        process.wait(STOP_S)


async def test_two_workers_under_one_name(patient: Patient, stage: Stage) -> None:
    environment = patient.settings | {"coach_home": str(patient.folder / "other")}
    async with second_worker(patient.folder, environment):
        finding = await patient.examine("worker")
        assert_fault(finding, "2 workers share the name coach", "kill ")
        shared = await patient.examine("worker", database_url="postgresql://coach@localhost/coach")
    assert (shared.outcome, shared.reason[:9]) == (Outcome.PASS, "2 workers")


# --- the services ---


async def test_a_speech_key_that_is_refused(patient: Patient, stage: Stage) -> None:
    stage.provider.speech.default = Reply(status=401)
    finding = await patient.examine("speech")
    assert_fault(finding, "speech service at 127.0.0.1", "set OPENAI_API_KEY")
    assert "refuses the key" in finding.reason


async def test_speech_that_is_not_understood(patient: Patient, stage: Stage) -> None:
    stage.provider.speech.default = Reply("Thank you for watching.")
    assert_fault(await patient.examine("speech"), "heard 0% of a sentence's words", "STT_MODEL")


async def test_a_model_that_is_not_there(patient: Patient, stage: Stage) -> None:
    stage.provider.chat.default = Reply(status=404)
    finding = await patient.examine("model", llm_model="gpt-9")
    assert_fault(finding, "has no model gpt-9", "set LLM_MODEL")


async def test_a_model_that_answers_nonsense(patient: Patient, stage: Stage) -> None:
    stage.provider.chat.default = Reply("Certainly! Here are some thoughts about parts.")
    finding = await patient.examine("model")
    assert_fault(finding, "not answer in the hint format: SUMMARY", "follows instructions")


async def test_a_service_that_is_not_there(patient: Patient) -> None:
    finding = await patient.examine("model", llm_base_url=f"http://127.0.0.1:{free_port()}/v1")
    assert_fault(finding, "can't be reached", "correct LLM_BASE_URL")
