"""Encryption of text columns with keys from the environment."""

from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from coach.errors import CoachError
from coach.settings import Settings

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

# No recogniser or model writes this control character
_MARK = "\x02"


class UnreadableTextError(SQLAlchemyError):
    """A text is sealed with a key that isn't among COACH_STORE_KEYS."""


class Cipher:
    """Seals with the first key and opens with any; without keys text stays as it is."""

    def __init__(self, keys: list[str]) -> None:
        """Raises ValueError for a key that isn't one of Fernet's."""
        self._fernet = _fernet(keys) if keys else None

    @property
    def seals(self) -> bool:
        """Whether there are keys."""
        return self._fernet is not None

    def seal(self, text: str) -> str:
        """The text as it is stored; plain text can't be taken for a sealed one."""
        if self._fernet is None:
            return text.lstrip(_MARK)
        return _MARK + self._fernet.encrypt(text.encode()).decode()

    def unseal(self, stored: str) -> str:
        """The text; one that was stored before there were keys is readable with keys too.

        Raises UnreadableTextError when none of the keys opens it.
        """
        if not stored.startswith(_MARK):
            return stored
        from cryptography.fernet import InvalidToken

        if self._fernet is None:
            raise UnreadableTextError("sealed, and there are no keys")
        try:
            return self._fernet.decrypt(stored.removeprefix(_MARK)).decode()
        except InvalidToken:
            raise UnreadableTextError("sealed with another key") from None


def _fernet(keys: list[str]) -> "MultiFernet":
    from cryptography.fernet import Fernet, MultiFernet

    return MultiFernet([Fernet(key) for key in keys])


def cipher_of(settings: Settings) -> Cipher:
    """The cipher of COACH_STORE_KEYS. Raises CoachError for a key that is none."""
    secret = settings.coach_store_keys
    keys = [key.strip() for key in (secret.get_secret_value() if secret else "").split(",")]
    try:
        return Cipher([key for key in keys if key])
    except ValueError:
        raise CoachError(
            "COACH_STORE_KEYS holds something that is not a key",
            "make one with: coach sessions key; separate several with commas, the newest first",
        ) from None


def new_key() -> str:
    """A key for COACH_STORE_KEYS."""
    from cryptography.fernet import Fernet

    return Fernet.generate_key().decode()
