"""What a text may tell."""

from enum import StrEnum


class SuggestionField(StrEnum):
    """What a text may tell of a report and of the people it is about."""

    NAME = "NAME"
    NIK = "NIK"
    AGE = "AGE"
    VILLAGE = "VILLAGE"
    DISTRICT = "DISTRICT"
    CATEGORY = "CATEGORY"
    PPKS_TYPE = "PPKS_TYPE"
