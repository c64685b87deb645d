"""A LiveKit server of our own: found, installed, started on loopback, stopped without a trace."""

from coach.livekit_server.local import Endpoint, found_server, local_server

__all__ = ["Endpoint", "found_server", "local_server"]
