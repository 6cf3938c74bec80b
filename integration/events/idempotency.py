"""An act under a client's key happens once: a retry is answered with what the first one came to.

The key's row is written in the act's own transaction, so a refused or broken act leaves none behind. It holds no
personal data in the clear: the key and the input only as keyed hashes, what must be told again (a receipt) sealed.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import select
from sqlmodel.sql.expression import SelectOfScalar

from integration.access.tables import IdempotencyRow
from integration.codes import UserErrorCode
from integration.db.concurrency import insert_new
from integration.events.log import Act
from integration.refusal import Refusal

_LONGEST_KEY = 255


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
    kept = (await act.session.exec(_same(row))).one()
    kept.object_id = done.object_id
    if done.told is not None:
        kept.outcome_sealed = act.sealer.seal("idempotency.outcome", json.dumps(dict(done.told)))
    await act.session.flush()
    return done, True


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


def _checked(key: str) -> str:
    if not key.strip() or len(key) > _LONGEST_KEY or any("\ud800" <= c <= "\udfff" for c in key):
        raise Refusal(
            UserErrorCode.INVALID,
            f"Kunci idempotensi harus berisi 1 sampai {_LONGEST_KEY} karakter.",
            f"An idempotency key has 1 to {_LONGEST_KEY} characters.",
            ["idempotencyKey"],
        )
    return key
