"""Why a file is not taken, in words for whoever brought it. No value of the file is quoted."""

from integration.codes import Language, UserErrorCode
from integration.refusal import Refusal


def refused(message_id: str, message_en: str) -> Refusal:
    """A file that can't be taken as it is."""
    return Refusal(UserErrorCode.INVALID, message_id, message_en, ["file"])


class TooLarge(Refusal):
    """A file above the limit."""


def too_large(most: int) -> TooLarge:
    """A file of more than `most` bytes."""
    return TooLarge(
        UserErrorCode.INVALID,
        f"Berkas lebih besar dari {megabytes(most)}. Pecah berkas per kecamatan, atau naikkan batasnya.",
        f"The file is larger than {megabytes(most)}. Split it by kecamatan, or raise the limit.",
        ["file"],
    )


def in_both(refusal: Refusal) -> str:
    """A refusal to be kept, for whoever reads it later in whichever language."""
    return f"{refusal.message(Language.ID)}\n{refusal.message(Language.EN)}"


def in_one(kept: str, language: Language) -> str:
    """What `in_both` kept, in one language."""
    lines = kept.split("\n")
    return lines[0 if language is Language.ID else -1]


def megabytes(size: int) -> str:
    """A size for people."""
    return f"{size / 1_000_000:,.0f} MB"
