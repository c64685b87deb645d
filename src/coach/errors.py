"""The one error that a person is meant to read."""


class CoachError(Exception):
    """A failure with a sentence for what happened and one for what to do about it.

    Both are single lines, free of speech, hints, tokens and keys: they reach terminals and logs.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
