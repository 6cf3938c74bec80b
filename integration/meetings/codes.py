"""Closed lists of coordination meetings."""

from enum import StrEnum


class MeetingLevel(StrEnum):
    REGENCY = "REGENCY"
    PROVINCE = "PROVINCE"


class MeetingState(StrEnum):
    SCHEDULED = "SCHEDULED"
    HELD = "HELD"
    CANCELLED = "CANCELLED"


class CommitmentState(StrEnum):
    OPEN = "OPEN"
    DONE = "DONE"
    CANCELLED = "CANCELLED"
