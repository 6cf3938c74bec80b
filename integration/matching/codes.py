"""What a text may tell, and what somebody is looked for by."""

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


class SearchedField(StrEnum):
    """What was told of somebody and led to nobody in the registry."""

    NIK = "NIK"
    NAME = "NAME"
    VILLAGE = "VILLAGE"
    AGE = "AGE"
