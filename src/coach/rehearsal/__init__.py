"""Rehearsal: the whole product without an account, by an offline recogniser and rules, not AI.

A child process serves the part of OpenAI's API that the worker uses, so nothing else knows that no
model is behind it.
"""

from coach.rehearsal.child import Provider, running_rehearsal

__all__ = ["Provider", "running_rehearsal"]
