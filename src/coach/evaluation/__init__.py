"""Scoring the hint engine on labelled sessions, and looking at one session closely."""
