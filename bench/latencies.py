"""What the provider takes for its answers: one choice for every benchmark."""

import argparse
import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Latencies:
    """Seconds of a transcription and until the first token, and tokens per second."""

    stt_s: float = 0.64
    first_token_s: float = 0.7
    tokens_per_s: float = 28.0

    def __str__(self) -> str:
        return (
            f"transcription {self.stt_s:g} s, first token {self.first_token_s:g} s, "
            f"{self.tokens_per_s:g} tokens/s"
        )


def add_latencies(parser: argparse.ArgumentParser) -> None:
    """The options that choose them."""
    usual = Latencies()
    parser.add_argument(
        "--stt", type=float, default=usual.stt_s, help="seconds a transcription takes"
    )
    parser.add_argument(
        "--first-token", type=float, default=usual.first_token_s, help="seconds to the first token"
    )
    parser.add_argument(
        "--tokens", type=float, default=usual.tokens_per_s, help="tokens per second after it"
    )


def latencies_of(given: argparse.Namespace) -> Latencies:
    """What was chosen."""
    return Latencies(given.stt, given.first_token, given.tokens)


def machine(load_before: float) -> str:
    """What it ran on, for a report's head."""
    return f"{os.cpu_count()} cores, load {load_before:.1f} before, {os.getloadavg()[0]:.1f} after"
