"""Meta's signature over a delivery: HMAC-SHA256 of the raw bytes under the app secret, compared in constant time."""

import hashlib
import hmac


def sign(body: bytes, app_secret: str) -> str:
    """The value of X-Hub-Signature-256 for these bytes."""
    return "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


def is_signed(body: bytes, header: str, app_secret: str) -> bool:
    """Whether the header signs exactly these bytes."""
    # As bytes: comparing text would raise on a header that is not ASCII.
    return hmac.compare_digest(sign(body, app_secret).encode(), header.encode("utf-8", "surrogateescape"))


def same(given: str, expected: str) -> bool:
    """Compare a secret word in constant time."""
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), expected.encode())
