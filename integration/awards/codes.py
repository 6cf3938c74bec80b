"""Closed lists of the scoreboard and its awards."""

from enum import StrEnum


class ScoreboardSubject(StrEnum):
    """Who a scoreboard compares."""

    DISTRICT = "DISTRICT"
    ORGANIZATION = "ORGANIZATION"
