"""Why a file is not taken, in words for whoever brought it. No value of the file is quoted."""

from integration.codes import UserErrorCode
from integration.refusal import Refusal


def refused(message_id: str, message_en: str) -> Refusal:
    """A file that can't be taken as it is."""
    return Refusal(UserErrorCode.INVALID, message_id, message_en, ["file"])


def megabytes(size: int) -> str:
    """A size for people."""
    return f"{size / 1_000_000:,.0f} MB"
