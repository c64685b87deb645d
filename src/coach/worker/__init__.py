"""The LiveKit Agents side: one job a session, listening to the partner alone."""

from coach.deferred import defer

defer(
    (
        # reads and writes files of sound, and half of it is ffmpeg
        "av",
        "av.container",
        # voice models that speak
        "livekit.agents.llm._realtime",
        "livekit.plugins.openai.realtime",
        "livekit.plugins.openai.responses",
        "livekit.plugins.openai.tools",
        # a thousand types of messages, for those
        "openai.types.beta",
        "openai.types.beta.realtime",
        "openai.types.realtime",
        "openai.types.responses",
    )
)
