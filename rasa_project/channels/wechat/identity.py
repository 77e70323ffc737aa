"""Who somebody is, without keeping the name: keyed hashes, and an address sealed while it is needed."""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet


class Identities:
    """Derives every key from one secret (at least 32 characters, kept outside the database)."""

    def __init__(self, secret: str) -> None:
        self._hash_key = _derive(secret, "hash")
        self._fernet = Fernet(base64.urlsafe_b64encode(_derive(secret, "address")))
        #: Signs the links to cards.
        self.link_key = _derive(secret, "link")

    def hash(self, *parts: str) -> str:
        """A keyed hash of the parts (32 hex digits); the parts cannot run into one another."""
        message = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)
        return hmac.new(self._hash_key, message, hashlib.sha256).hexdigest()[:32]

    def seal(self, address: str) -> str:
        """Encrypt an address for as long as an answer waits for it."""
        return self._fernet.encrypt(address.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """The address again."""
        return self._fernet.decrypt(sealed.encode()).decode()


def _derive(secret: str, purpose: str) -> bytes:
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).digest()
