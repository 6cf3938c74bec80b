"""What two releases may differ in."""

from enum import StrEnum


class RegistryChangeKind(StrEnum):
    """What became of somebody from one release to another."""

    ENTERED = "ENTERED"
    LEFT = "LEFT"
    DESIL_CHANGED = "DESIL_CHANGED"
    MOVED = "MOVED"
