"""LiveKit's plain recipe for a text agent, as the reference: everything as it comes.

    python -m bench.plain_recipe start

reads LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET, OPENAI_API_KEY, OPENAI_BASE_URL, and
PLAIN_PAUSE_SECONDS for a pause other than its own.
"""

import os

from livekit.agents import (
    Agent,
    AgentServer,
    AgentSession,
    JobContext,
    TurnHandlingOptions,
    cli,
)
from livekit.agents.voice.room_io import RoomOptions
from livekit.plugins import openai, silero

AGENT_NAME = "plain"
OWN_PAUSE_SECONDS = 0.55
"""The silence after which its voice detector ends a turn."""

server = AgentServer(load_fnc=lambda: 0.0, host="127.0.0.1", port=0)


def _turn_handling() -> TurnHandlingOptions:
    """Its own, without the interruption model that asks a hosted service."""
    options = TurnHandlingOptions(turn_detection="vad", interruption={"mode": "vad"})
    if pause := os.environ.get("PLAIN_PAUSE_SECONDS"):
        options["endpointing"] = {"min_delay": float(pause)}
    return options


@server.rtc_session(agent_name=AGENT_NAME)
async def entry(job: JobContext) -> None:
    """One session: hear the partner, answer in text."""
    session: AgentSession[None] = AgentSession(
        vad=silero.VAD.load(),
        stt=openai.STT(),
        llm=openai.LLM(),
        turn_handling=_turn_handling(),
    )
    await job.connect()
    await session.start(
        Agent(instructions="You are a helpful coach. Answer with short hints."),
        room=job.room,
        room_options=RoomOptions(audio_output=False, participant_identity="partner"),
    )


if __name__ == "__main__":
    cli.run_app(server)
