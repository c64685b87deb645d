"""The domain: what is heard becomes turns, turns become hints. No I/O, no clock of its own."""
