"""How people are changed: two rows found to be one person, parted again, or told apart for good.

Nothing is deleted by a merge. What pointed at the one points at the other (reports and suggestions, proposals, records
of releases, enrolments, needs), unless the other has the same already; what was moved is written down and moved back
by `unmerge`.
"""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlmodel import SQLModel, col, select

from integration.codes import Role, UserErrorCode
from integration.events.log import Act
from integration.people.tables import PersonDistinctRow, PersonMergeRow, PersonPpksRow, PersonRow
from integration.refusal import Refusal
from integration.registry.tables import EnrolmentRow, RegistryRecordRow
from integration.reports.tables import MatchCandidateRow, ReportSubjectRow
from integration.verval.rules import open_key
from integration.verval.tables import ProposalRow

# Who decides that two rows are one person.
JUDGES = frozenset({Role.ADMIN, Role.TEAM_LEAD, Role.SECRETARY, Role.VERIFIER})
_LONGEST = 2_000

# The tables whose rows go along, and what the other person must not have already.
_MOVED: Sequence[tuple[type[SQLModel], Callable[[Any], Any] | None]] = (
    (RegistryRecordRow, lambda row: row.release_id),
    (EnrolmentRow, lambda row: row.programme_code),
    (ReportSubjectRow, None),
    (MatchCandidateRow, lambda row: row.subject_id),
    (ProposalRow, None),
)


async def merge(act: Act, person_id: UUID, into_id: UUID, reason: str) -> UUID:
    """Two rows are one person: the first is read as the second from now on."""
    _require(act)
    _require_reason(reason)
    person, into = await _both(act, person_id, into_id)
    moved = {}
    for table, key in _MOVED:
        moved[table.__tablename__] = await _move(act, table, key, person.id, into.id)
    moved["person_ppks"] = await _move_needs(act, person.id, into.id)
    await _rename_open(act, moved["verval_proposal"], into.id)
    # Whoever was merged into the one before is the other now, too.
    earlier = (await act.session.exec(select(PersonRow).where(PersonRow.merged_into_id == person.id))).all()
    for other in earlier:
        other.merged_into_id = into.id
    moved["person"] = [str(other.id) for other in earlier]
    person.merged_into_id = into.id
    staff = act.viewer.staff_id
    act.session.add(
        PersonMergeRow(person_id=person.id, into_id=into.id, at=act.at, staff_id=staff, moved=moved)  # type: ignore[arg-type]
    )
    for one, other in ((person, into), (into, person)):
        act.record("personMerge", "Person", one.id, note=reason, data={"person": str(person.id), "into": str(other.id)})
    await act.session.flush()
    return into.id


async def unmerge(act: Act, person_id: UUID, reason: str) -> UUID:
    """Take a merge back: the person is one of their own again, with all that was theirs."""
    _require(act)
    _require_reason(reason)
    person = (await act.session.exec(select(PersonRow).where(PersonRow.id == person_id).with_for_update())).first()
    if person is None or person.merged_into_id is None:
        raise Refusal(
            UserErrorCode.NOT_FOUND,
            "Orang ini tidak digabung dengan orang lain.",
            "This person is not merged with another.",
            ["id"],
        )
    # Whoever may not see the other may not see this one either, and learns of neither.
    into = await act.find(PersonRow, "Person", person.merged_into_id)
    done = select(PersonMergeRow).where(PersonMergeRow.person_id == person.id, col(PersonMergeRow.undone_at).is_(None))
    merge_ = (await act.session.exec(done.order_by(col(PersonMergeRow.at).desc()))).first()
    assert merge_ is not None  # what was merged by this service has a row
    for table, _ in _MOVED:
        await _give_back(act, table, merge_.moved.get(str(table.__tablename__), []), into.id, person.id)
    await _rename_open(act, merge_.moved.get("verval_proposal", []), person.id)
    await _give_needs_back(act, merge_.moved.get("person_ppks", []), into.id, person.id)
    for one in merge_.moved.get("person", []):
        earlier = await act.session.get(PersonRow, UUID(one))
        if earlier is not None and earlier.merged_into_id == into.id:
            earlier.merged_into_id = person.id
    person.merged_into_id, merge_.undone_at = None, act.at
    for noun_id in (person.id, into.id):
        act.record(
            "personUnmerge", "Person", noun_id, note=reason, data={"person": str(person.id), "from": str(into.id)}
        )
    await act.session.flush()
    return person.id


async def reject_duplicate(act: Act, person_id: UUID, other_id: UUID, reason: str | None) -> UUID:
    """Two people are not the same: it is not suggested again."""
    _require(act)
    if reason is not None:
        _require_reason(reason)
    person, other = await _both(act, person_id, other_id, "other")
    smaller, larger = sorted((person.id, other.id), key=lambda one: one.int)
    if await act.session.get(PersonDistinctRow, (smaller, larger)) is None:
        act.session.add(PersonDistinctRow(person_id=smaller, other_id=larger, at=act.at, staff_id=act.viewer.staff_id))
        act.record("personRejectDuplicate", "Person", person.id, note=reason, data={"other": str(other.id)})
    await act.session.flush()
    return person.id


def _require(act: Act) -> None:
    if act.viewer.roles.isdisjoint(JUDGES):
        raise Refusal(
            UserErrorCode.FORBIDDEN,
            "Peran Anda tidak boleh memutuskan bahwa dua data adalah orang yang sama.",
            "Your role may not decide whether two rows are one person.",
        )


def _require_reason(reason: str) -> None:
    if not reason.strip() or len(reason) > _LONGEST:
        raise Refusal(
            UserErrorCode.INVALID,
            f"Alasan harus diisi, paling banyak {_LONGEST} huruf.",
            f"Give a reason of at most {_LONGEST} characters.",
            ["reason"],
        )


async def _both(act: Act, person_id: UUID, other_id: UUID, field: str = "into") -> tuple[PersonRow, PersonRow]:
    if person_id == other_id:
        raise Refusal(UserErrorCode.INVALID, "Ini orang yang sama.", "These are the same person already.", [field])
    # Both in one order for everybody: two officers who merge them both ways wait for each other.
    both = select(PersonRow.id).where(col(PersonRow.id).in_((person_id, other_id))).order_by(col(PersonRow.id))
    await act.session.exec(both.with_for_update())
    return await act.find(PersonRow, "Person", person_id), await act.find(PersonRow, "Person", other_id, field)


# --- what goes along


async def _move(
    act: Act, table: type[SQLModel], key: Callable[[Any], Any] | None, person_id: UUID, into_id: UUID
) -> list[str]:
    owner: Any = table.person_id  # type: ignore[attr-defined]
    theirs: Sequence[Any] = (await act.session.exec(select(table).where(owner == person_id))).all()
    if key is not None:
        there: Sequence[Any] = (await act.session.exec(select(table).where(owner == into_id))).all()
        has = {key(row) for row in there}
        theirs = [row for row in theirs if key(row) not in has]
    for row in theirs:
        row.person_id = into_id
    return [str(row.id) for row in theirs]


async def _give_back(act: Act, table: type[SQLModel], ids: Sequence[str], into_id: UUID, person_id: UUID) -> None:
    """What is still with the other; what an officer has given to somebody else since stays there."""
    key: Any = table.id  # type: ignore[attr-defined]
    owner: Any = table.person_id  # type: ignore[attr-defined]
    rows: Sequence[Any] = (
        await act.session.exec(select(table).where(key.in_([UUID(one) for one in ids]), owner == into_id))
    ).all()
    for row in rows:
        row.person_id = person_id


async def _rename_open(act: Act, ids: Sequence[str], owner: UUID) -> None:
    """Open proposals bear the name of whom they are for, unless the same is open for them already."""
    key = col(ProposalRow.open_key)
    mine = select(ProposalRow).where(
        col(ProposalRow.id).in_([UUID(one) for one in ids]), ProposalRow.person_id == owner, key.is_not(None)
    )
    for row in (await act.session.exec(mine)).all():
        name = open_key(owner, row.scheme, row.action)
        if (await act.session.exec(select(ProposalRow.id).where(key == name))).first() is None:
            row.open_key = name
            await act.session.flush()


async def _move_needs(act: Act, person_id: UUID, into_id: UUID) -> list[str]:
    needs = {
        owner: {
            row.ppks_code
            for row in await act.session.exec(select(PersonPpksRow).where(PersonPpksRow.person_id == owner))
        }
        for owner in (person_id, into_id)
    }
    codes = sorted(needs[person_id] - needs[into_id])
    await _reown(act, codes, person_id, into_id)
    return codes


async def _give_needs_back(act: Act, codes: Sequence[str], into_id: UUID, person_id: UUID) -> None:
    await _reown(act, codes, into_id, person_id)


async def _reown(act: Act, codes: Sequence[str], owner: UUID, new: UUID) -> None:
    # The owner is part of the key, which a session does not change.
    mine = (col(PersonPpksRow.person_id) == owner, col(PersonPpksRow.ppks_code).in_(codes))
    await act.session.exec(
        update(PersonPpksRow).where(*mine).values(person_id=new).execution_options(synchronize_session=False)
    )
