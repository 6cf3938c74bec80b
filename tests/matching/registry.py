"""A registry of a few people, and a way to ask for them."""

from datetime import date

from integration.access.sealing import Sealer
from integration.codes import Sex
from integration.db.engine import Database
from integration.matching.fold import fold
from integration.matching.index import Findable, write_keys
from integration.matching.rules import Decision
from integration.matching.service import match_text
from integration.people.tables import PersonRow


class Registry:
    """People of the registry, whom texts are about."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self.database, self.sealer = database, sealer

    async def add(
        self, name: str, born: date, village: str, nik: str | None = None, sex: Sex = Sex.FEMALE
    ) -> PersonRow:
        row = PersonRow(
            name=name,
            name_key=fold(name),
            birth_date=born,
            region_code=village,
            sex=sex,
            nik_index=None if nik is None else self.sealer.index("nik", nik),
        )
        async with self.database.write() as session:
            session.add(row)
            await session.flush()
            await write_keys(session, [Findable(row.id, row.name, row.region_code, row.birth_date)])
        return row

    async def ask(self, text: str) -> Decision:
        async with self.database.write() as session:
            (found,) = await match_text(session, self.sealer, text, 2026)
        return found[1]

    async def merge(self, entry: PersonRow, into: PersonRow) -> None:
        async with self.database.write() as session:
            row = await session.get_one(PersonRow, entry.id)
            row.merged_into_id = into.id
            session.add(row)
