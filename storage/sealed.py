"""Text that is encrypted at rest: Fernet (AES-128-CBC with HMAC-SHA256), with keys that can be
changed while the bot runs."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator


class WrongKeys(Exception):
    """None of the keys opens what was sealed."""


class Keys:
    """The first key seals, every key opens.

    Raises:
        ValueError: there is no key, or one that is no Fernet key (32 bytes in URL-safe Base64).
    """

    def __init__(self, keys: Sequence[str]) -> None:
        found = [Fernet(key) for key in keys]
        self._all = MultiFernet(found)
        self._first = found[0]

    def seal(self, plain: str) -> str:
        return self._all.encrypt(plain.encode()).decode()

    def open(self, sealed: str) -> str:
        """Raises WrongKeys."""
        try:
            return self._all.decrypt(sealed).decode()
        except InvalidToken:
            raise WrongKeys from None

    def resealed(self, sealed: str) -> str | None:
        """The same text sealed with the first key; None when that key has sealed it already.

        Raises:
            WrongKeys: none of the keys opens it.
        """
        try:
            self._first.decrypt(sealed)
        except InvalidToken:
            return self.seal(self.open(sealed))
        return None


def new_key() -> str:
    return Fernet.generate_key().decode()


class Sealed(TypeDecorator[str]):
    """A column whose text only the holder of the keys can read."""

    impl = Text
    cache_ok = True

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self.keys = keys

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.keys.seal(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.keys.open(value)
