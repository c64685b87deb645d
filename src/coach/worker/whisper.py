"""The OpenAI plugin's speech recognition, asked for the figures that tell speech from invention."""

from dataclasses import dataclass

import openai
from livekit import rtc
from livekit.agents import (
    APIConnectionError,
    APIConnectOptions,
    APIStatusError,
    APITimeoutError,
    stt,
)
from livekit.agents.language import LanguageCode
from livekit.agents.types import NOT_GIVEN, NotGivenOr
from livekit.agents.utils import AudioBuffer
from livekit.plugins import openai as openai_plugin
from openai.types.audio import TranscriptionVerbose


@dataclass(frozen=True, slots=True)
class Figures:
    """Whisper's own doubts about a segment, the worst of its parts; None where it gives none."""

    no_speech_prob: float | None = None
    avg_logprob: float | None = None
    compression_ratio: float | None = None


class Whisper(openai_plugin.STT):
    """`SpeechData.metadata["figures"]` carries the `Figures`; everything else is the plugin's."""

    def __init__(self, client: openai.AsyncClient, model: str, language: str) -> None:
        super().__init__(
            client=client, model=model, language=language, detect_language=not language
        )
        self._openai = client
        self._model_name = model
        self._spoken = language

    async def aclose(self) -> None:
        """Close the connections too: the plugin leaves a client that it was given open."""
        await super().aclose()
        await self._openai.close()

    async def _recognize_impl(
        self,
        buffer: AudioBuffer,
        *,
        language: NotGivenOr[str | list[str]] = NOT_GIVEN,  # noqa: ARG002 (the base names it)
        conn_options: APIConnectOptions,
    ) -> stt.SpeechEvent:
        try:
            answer = await self._openai.audio.transcriptions.create(
                file=("speech.wav", rtc.combine_audio_frames(buffer).to_wav_bytes(), "audio/wav"),
                model=self._model_name,
                language=self._spoken or openai.omit,
                response_format="verbose_json" if "whisper" in self._model_name else "json",
                timeout=conn_options.timeout,
            )
            return _event(answer)
        except openai.APITimeoutError as error:
            raise APITimeoutError() from error
        except openai.APIStatusError as error:
            raise APIStatusError("speech service refused", status_code=error.status_code) from error
        except openai.OpenAIError as error:
            raise APIConnectionError("speech service unreachable") from error
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise APIConnectionError("speech service sent no valid answer") from error


def _event(answer: object) -> stt.SpeechEvent:
    data = stt.SpeechData(
        language=LanguageCode(getattr(answer, "language", "") or ""),
        text=str(getattr(answer, "text", "") or "").strip(),
        metadata={"figures": _figures(answer)},
    )
    return stt.SpeechEvent(type=stt.SpeechEventType.FINAL_TRANSCRIPT, alternatives=[data])


def _figures(answer: object) -> Figures:
    parts = (answer.segments or []) if isinstance(answer, TranscriptionVerbose) else []
    if not parts:
        return Figures()
    return Figures(
        no_speech_prob=max(part.no_speech_prob for part in parts),
        avg_logprob=min(part.avg_logprob for part in parts),
        compression_ratio=max(part.compression_ratio for part in parts),
    )
