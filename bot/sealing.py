"""Tokens that must be kept are kept sealed, with a key that stands in the environment alone."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken


class WrongKey(Exception):
    """THAOGO_SECRET_KEY is not the one with which this was sealed."""


class Seal:
    """Seals and opens texts."""

    def __init__(self, key: str) -> None:
        """Any long text is a key."""
        self._fernet = Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))

    def close(self, text: str) -> str:
        """A text so that only this key opens it."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """The text again; raises WrongKey."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise WrongKey("THAOGO_SECRET_KEY has changed since tokens were kept") from None
