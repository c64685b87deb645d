"""Every check, in the order in which they are made."""

from coach.doctor.configuration import file_modes, prompt, secrets, settings
from coach.doctor.examine import SETTINGS, Check
from coach.doctor.hearing import speech, vad
from coach.doctor.installation import pages, server_version, versions
from coach.doctor.media import data, media, media_tcp, turn
from coach.doctor.model import model
from coach.doctor.ports import livekit_ports, web_port
from coach.doctor.privacy import privacy
from coach.doctor.server import clock, key, livekit
from coach.doctor.storage import store
from coach.doctor.workers import worker

PRIVACY = "privacy"

CHECKS = (
    Check(SETTINGS, settings),
    Check("file-modes", file_modes),
    Check("prompt", prompt),
    Check("pages", pages),
    Check("versions", versions),
    Check("store", store),
    Check("port", web_port),
    Check("livekit-ports", livekit_ports),
    Check("secrets", secrets),
    Check("livekit", livekit),
    Check("clock", clock, ("livekit",)),
    Check("key", key, ("livekit", "clock")),
    Check("server-version", server_version, ("key",)),
    Check("media", media, ("key",)),
    Check("media-tcp", media_tcp, ("media",)),
    Check("data", data, ("key",)),
    Check("turn", turn, ("key",)),
    Check("worker", worker, ("key",)),
    Check("vad", vad),
    Check("speech", speech),
    Check("model", model, ("prompt",)),
)

SELF_TEST = Check(PRIVACY, privacy, ("key",))
"""Made only when asked for: it sends a hint."""
