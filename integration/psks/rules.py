"""Who may record welfare resources where, and what is known of a kecamatan without one. Pure."""

from collections.abc import Iterable

from integration.access.viewer import WHOLE_OFFICE, Viewer
from integration.codes import Role
from integration.statistics.codes import StatisticState

EVERYWHERE = WHOLE_OFFICE
# Those who map their own area.
IN_THEIR_AREA = frozenset({Role.TKSK, Role.VILLAGE_OPERATOR})


def lies_in(code: str, regions: Iterable[str]) -> bool:
    """Whether a region is one of these or below one."""
    return any(code == region or code.startswith(f"{region}.") for region in regions)


def may_record(viewer: Viewer, region: str) -> bool:
    """Whether somebody may say what there is in a region."""
    if not viewer.roles.isdisjoint(EVERYWHERE):
        return True
    return not viewer.roles.isdisjoint(IN_THEIR_AREA) and lies_in(region, viewer.regions)


def state(ever_recorded: bool, was_looked_for: bool) -> StatisticState:
    """Nothing on record is no 0 until somebody has looked."""
    return StatisticState.KNOWN if ever_recorded or was_looked_for else StatisticState.UNKNOWN
