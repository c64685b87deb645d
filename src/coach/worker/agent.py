"""The agent inside the AgentSession: an ear that hands audio on and never answers."""

from collections.abc import AsyncIterable

from livekit import rtc
from livekit.agents import Agent, ModelSettings, stt

from coach.worker.hearing import Hearing


class SilentCoach(Agent):
    """The session's turn-taking is off: turns and hints belong to the hint engine."""

    def __init__(self, hearing: Hearing) -> None:
        super().__init__(instructions="")
        self._hearing = hearing

    async def stt_node(
        self, audio: AsyncIterable[rtc.AudioFrame], model_settings: ModelSettings
    ) -> AsyncIterable[stt.SpeechEvent]:
        """Hear everything; give the session nothing to reply to."""
        del model_settings
        await self._hearing.listen(audio)
        nothing: tuple[stt.SpeechEvent, ...] = ()
        for event in nothing:
            yield event
