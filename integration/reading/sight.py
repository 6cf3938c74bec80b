"""How an act finds what it changes: by the rule that shows it, inside its own transaction."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from integration.db.readers import Snapshot
from integration.reading.level import Plan
from integration.reading.road import Road
from integration.reading.scope import Asking, Clearance
from integration.reading.view import Leaf

_NOTHING: Mapping[str, Leaf] = {}


@dataclass(slots=True)
class Plans:
    """Plans of facts, kept for the process: they depend on the noun, the facts and the clearance only."""

    road: Road
    _known: dict[tuple[str, int, Clearance], Plan] = field(default_factory=dict)

    def of(self, noun: str, leaves: Mapping[str, Leaf], clearance: Clearance) -> Plan:
        """The plan for these facts. `leaves` are constants of a module, so their identity stands for them."""
        key = (noun, id(leaves), clearance)
        if key not in self._known:
            self._known[key] = self.road.plan_facts(noun, leaves, clearance)
        return self._known[key]


@dataclass(frozen=True, slots=True)
class Sight:
    """What one viewer sees inside one transaction; `inside` gives the way into it, once it is needed."""

    plans: Plans
    asking: Asking
    inside: Callable[[], Awaitable[Snapshot]]

    async def look(self, noun: str, row_id: UUID, leaves: Mapping[str, Leaf]) -> dict[str, Any] | None:
        """These facts of a row, or None where there is none or the viewer may not see it."""
        return (await self.look_at(noun, [row_id], leaves)).get(row_id)

    async def look_at(
        self, noun: str, row_ids: Sequence[UUID], leaves: Mapping[str, Leaf]
    ) -> dict[UUID, dict[str, Any]]:
        """These facts of many rows, by id; a row that the viewer may not see is not among them."""
        viewer = self.asking.viewer
        plan = self.plans.of(noun, leaves, Clearance(viewer.roles, viewer.purpose is not None))
        found = await self.plans.road.read_rows(plan, self.asking, await self.inside(), row_ids)
        # SQLite keeps the digits of an id.
        return {UUID(key) if isinstance(key, str) else key: answer.value for key, answer in found.items()}

    async def seen(self, noun: str, row_ids: Sequence[UUID]) -> set[UUID]:
        """Those of the rows that the viewer may see."""
        return set(await self.look_at(noun, row_ids, _NOTHING))
