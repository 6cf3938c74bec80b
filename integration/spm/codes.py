"""Closed lists of the minimum service standards."""

from enum import StrEnum


class SpmService(StrEnum):
    """A service of the social field that every regency owes."""

    NEGLECTED_DISABLED = "NEGLECTED_DISABLED"
    NEGLECTED_CHILDREN = "NEGLECTED_CHILDREN"
    NEGLECTED_ELDERLY = "NEGLECTED_ELDERLY"
    HOMELESS_AND_BEGGARS = "HOMELESS_AND_BEGGARS"
    DISASTER_VICTIMS = "DISASTER_VICTIMS"
