"""DataLoaders: what several fields of one request ask for one by one is read in one batch, on the same road.

One loader per request. Objects by id (`node`, `nodes`, what a mutation answers) are batched by plan; sources outside
our database will each have a loader here.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from strawberry.dataloader import DataLoader

from integration.reading.answer import Answer, BadRequest
from integration.reading.level import Plan
from integration.reading.selection import Arguments

if TYPE_CHECKING:
    from resolvers.context import Context


class Wanted:
    """An object by id, as a certain selection shows it."""

    __slots__ = ("arguments", "id", "plan")

    def __init__(self, plan: Plan, arguments: Arguments, row_id: UUID) -> None:
        self.plan = plan
        self.arguments = arguments
        self.id = row_id


class Loaders:
    """The loaders of one request."""

    def __init__(self, context: "Context") -> None:
        self._context = context
        # Each key is an object of its own, so nothing is cached between fields: a mutation must not meet an
        # older answer.
        self.objects: DataLoader[Wanted, Answer] = DataLoader(load_fn=self._load_objects, cache=False)

    async def _load_objects(self, wanted: Sequence[Wanted]) -> list[Answer | BaseException]:
        context = self._context
        groups: list[list[Wanted]] = []
        for one in wanted:
            group = next((g for g in groups if g[0].plan is one.plan and g[0].arguments == one.arguments), None)
            if group is None:
                groups.append([one])
            else:
                group.append(one)
        found: dict[Wanted, Answer | BaseException] = {}
        async with context.turn():
            snapshot = await context.snapshot()
            for group in groups:
                ids = list({one.id: None for one in group})
                asking = context.asking(group[0].arguments)
                try:
                    answers = await context.services.road.read_rows(group[0].plan, asking, snapshot, ids)
                except BadRequest as refused:
                    # What one field asks wrongly must not be told to the others that happen to share its batch.
                    found.update(dict.fromkeys(group, refused))
                    continue
                by_digits = {_digits(key): answer for key, answer in answers.items()}
                found.update({one: by_digits.get(one.id.hex, Answer(None)) for one in group})
        return [found[one] for one in wanted]


def _digits(key: UUID | str) -> str:
    return key if isinstance(key, str) else key.hex
