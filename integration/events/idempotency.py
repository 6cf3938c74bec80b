"""An act under a client's key happens once: a retry is answered with what the first one came to.

The key's row is written in the act's own transaction, so a refused or broken act leaves none behind. It holds no
personal data in the clear: the key and the input only as keyed hashes, what must be told again (a receipt) sealed.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, delete, select
from sqlmodel.sql.expression import SelectOfScalar

from integration.access.tables import IdempotencyRow
from integration.codes import UserErrorCode
from integration.db.direct import Direct, insert_new
from integration.db.engine import Database
from integration.events.log import Act
from integration.reading import view
from integration.refusal import Refusal

_LONGEST_KEY = 255
# Others write in between.
_PRUNED_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Done:
    """What an act came to: the object it made or changed, and words that are told only to its caller."""

    object_id: UUID
    told: Mapping[str, str] | None = None


async def once(
    act: Act, name: str, key: str, said: object, service: Callable[[Act], Awaitable[Done]]
) -> tuple[Done, bool]:
    """Do the act, or answer as before if this client did it under this key; the bool says which it was (True: now)."""
    row = IdempotencyRow(
        client=act.viewer.subject or "anonymous",
        act=name,
        key=act.sealer.index("idempotency.key", _checked(key)).hex(),
        input_hash=act.sealer.index("idempotency.input", json.dumps(said, sort_keys=True, ensure_ascii=True)),
        created_at=act.at,
    )
    # Where another request holds the same key, this waits until it is done.
    if not await insert_new(act.session, row):
        return await _again(act, row), False
    done = await service(act)
    told = None if done.told is None else json.dumps(dict(done.told))
    row.object_id, row.outcome_sealed = done.object_id, act.sealer.seal_optional("idempotency.outcome", told)
    await _KEEP.run(act.session, row.__dict__)
    return done, True


async def prune(database: Database, before: datetime) -> int:
    """Drop keys used before a moment; how many. A later repetition is a new act."""
    count = 0
    key = [col(column) for column in (IdempotencyRow.client, IdempotencyRow.act, IdempotencyRow.key)]
    old = sa.select(*key).where(col(IdempotencyRow.created_at) < before).limit(_PRUNED_AT_ONCE)
    while True:
        async with database.write() as session:
            gone = (await session.exec(delete(IdempotencyRow).where(sa.tuple_(*key).in_(old)))).rowcount
        count += gone
        if gone < _PRUNED_AT_ONCE:
            return count


async def _again(act: Act, row: IdempotencyRow) -> Done:
    before = (await act.session.exec(_same(row))).one()
    if before.input_hash != row.input_hash or before.object_id is None:
        raise Refusal(
            UserErrorCode.IDEMPOTENCY_MISMATCH,
            "Kunci idempotensi ini sudah dipakai untuk masukan yang lain.",
            "This idempotency key was already used with another input.",
            ["idempotencyKey"],
        )
    told = before.outcome_sealed
    return Done(
        before.object_id,
        None if told is None else json.loads(act.sealer.open("idempotency.outcome", told)),
    )


def _same(row: IdempotencyRow) -> SelectOfScalar[IdempotencyRow]:
    return select(IdempotencyRow).where(
        IdempotencyRow.client == row.client, IdempotencyRow.act == row.act, IdempotencyRow.key == row.key
    )


def _keep(_dialect: sa.Dialect) -> sa.UpdateBase:
    table = view.table(IdempotencyRow)
    tests = [column == sa.bindparam(column.key, type_=column.type) for column in table.primary_key]
    outcome = {
        column: sa.bindparam(column.key, type_=column.type) for column in (table.c.object_id, table.c.outcome_sealed)
    }
    return sa.update(table).where(*tests).values(outcome)


_KEEP = Direct(_keep)


def _checked(key: str) -> str:
    if not key.strip() or len(key) > _LONGEST_KEY or any("\ud800" <= c <= "\udfff" for c in key):
        raise Refusal(
            UserErrorCode.INVALID,
            f"Kunci idempotensi harus berisi 1 sampai {_LONGEST_KEY} karakter.",
            f"An idempotency key has 1 to {_LONGEST_KEY} characters.",
            ["idempotencyKey"],
        )
    return key
