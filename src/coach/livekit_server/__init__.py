"""A LiveKit server of our own: found, installed, started on loopback, stopped without a trace."""

from coach.livekit_server.local import Endpoint, local_server

__all__ = ["Endpoint", "local_server"]
