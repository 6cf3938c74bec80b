"""Sealing: what must not lie open in the database is encrypted (AES-256-GCM) and found again by keyed blind index.

A label names the kind of value ("nik", "report.description"); it is bound into both, so that a sealed value moved to
another column does not open, and an index of a phone never equals one of a NIK.
"""

import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

_VERSION = b"\x01"


class Sealer:
    """Seals and opens values, and makes blind indexes, under keys derived from one master key of 32 bytes."""

    def __init__(self, master: bytes) -> None:
        self._master = master
        self._cipher = AESGCM(_derive(master, b"satu-pintu seal v1"))
        self._index_key = _derive(master, b"satu-pintu blind index v1")

    def __reduce__(self) -> tuple[type["Sealer"], tuple[bytes]]:
        """For a process of our own that helps sealing; never to be stored."""
        return Sealer, (self._master,)

    def seal(self, label: str, text: str) -> bytes:
        """Encrypt a text: version byte, 12 bytes of nonce, ciphertext with tag."""
        nonce = os.urandom(12)
        return _VERSION + nonce + self._cipher.encrypt(nonce, text.encode(), label.encode())

    def seal_bytes(self, label: str, value: bytes) -> bytes:
        """Encrypt raw bytes, such as a delivery exactly as it came."""
        nonce = os.urandom(12)
        return _VERSION + nonce + self._cipher.encrypt(nonce, value, label.encode())

    def seal_optional(self, label: str, text: str | None) -> bytes | None:
        """Seal a text if there is one."""
        return None if text is None else self.seal(label, text)

    def open(self, label: str, sealed: bytes) -> str:
        """Decrypt what `seal` made under the same label; `InvalidTag` if it was tampered with or moved."""
        return self.open_bytes(label, sealed).decode()

    def open_bytes(self, label: str, sealed: bytes) -> bytes:
        """Decrypt what `seal_bytes` made."""
        return self._cipher.decrypt(sealed[1:13], sealed[13:], label.encode())

    def index(self, label: str, text: str) -> bytes:
        """A keyed hash of a value, equal for equal values: the only way to look for one."""
        return hmac.digest(self._index_key, f"{label}\0{text}".encode(), hashlib.sha256)


def _derive(master: bytes, purpose: bytes) -> bytes:
    return HKDFExpand(algorithm=SHA256(), length=32, info=purpose).derive(master)
