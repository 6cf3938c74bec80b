"""Outreach activities, welfare resources and awards, by lot."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from integration.awards.codes import ScoreboardSubject
from integration.awards.tables import AwardRow
from integration.policy.codes import OutreachKind
from integration.policy.tables import OutreachActivityRow
from integration.psks.tables import PsksResourceRow

if TYPE_CHECKING:
    from tests.reading.world import World

_NUMBERED = "Bukti NIK 6402064408499000"


def add_measures(world: "World") -> None:
    """A few of each, with and without what they may lack."""
    places = [row.code for row in world._state.all("Region")]
    today = world._now.date()
    world._add([
        OutreachActivityRow(
            held_on=world._one((date(2024, 2, 15), today, today - timedelta(days=9))),
            kind=world._one(list(OutreachKind)), title=world._one(("Rapat", _NUMBERED)),
            region_code=world._maybe(world._one(places)), audience=world._maybe(_NUMBERED),
            attendance=world._maybe(12), source="uji", recorded_at=world._maybe(world._moment()),
        )
        for _ in range(8)
    ])  # fmt: skip
    kinds = world._codes("PsksType")
    world._add([
        PsksResourceRow(
            type_code=world._one(kinds), name=f"Karang Taruna {n} {world._one(('', _NUMBERED))}",
            name_key=world._one(("karang", "karang taruna", "tagana")), region_code=world._one(places),
            phone_sealed=world._maybe(world._sealer.seal("phone", "6280012345678")),
            active_from=world._maybe(date(2020, 1, 1)),
            active_to=world._one((None, None, today - timedelta(days=40), today + timedelta(days=40))),
            source="uji", as_of=date(2026, 1, 1), recorded_at=world._moment(),
        )
        for n in range(10)
    ])  # fmt: skip
    owner = world._one([row.id for row in world._state.all("Organization")])
    subjects = ScoreboardSubject
    world._add([
        AwardRow(
            period=period, subject=subject, rank=rank, score=world._one((0.0, 87.5, 100.0)), formula="uji",
            region_code=world._one(places) if subject is subjects.DISTRICT else None,
            organization_id=None if subject is subjects.DISTRICT else owner,
            note=world._maybe(_NUMBERED), granted_at=world._moment(),
        )
        for period in ("2025", "2026-Q1") for subject in subjects for rank in (1, 2)
    ])  # fmt: skip
