"""From a report to the ministry and back, over HTTP: the whole way, the file out, the answers in."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import event
from sqlmodel import select

from integration.access.tables import AccessLogRow
from integration.codes import VervalStatus
from integration.db.base import now
from integration.db.engine import Database
from integration.reading import relay
from integration.verval.tables import DeliberationRow, ProposalRow
from tests.verval.conftest import DOCUMENT, MINUTES, NIK, Desk
from tests.verval.test_assessing import photographed, visit

BATCH = "id lines accepted rejected returned differences { line kind proposal { id } }"


async def batch_act(desk: Desk, name: str, told: dict[str, object], who: str) -> dict[str, object]:
    """The payload of an act on a batch."""
    kind = f"V{name[1:]}Input"
    query = f"""mutation($input: {kind}!) {{ {name}(input: $input) {{
        batch {{ {BATCH} }} errors {{ code field }} }} }}"""
    payload: dict[str, object] = (await desk.ask(query, {"input": told}, who))[name]
    return payload


async def endorsed(desk: Desk, count: int) -> list[str]:
    """Proposals for people of the district, put where only sending is left."""
    query = '{ people(first: 100, filter: { region: { within: "64.02.06" } }) { nodes { id name } } }'
    people = (await desk.ask(query, who="admin"))["people"]["nodes"][:count]
    made = [await desk.proposed("admin", person=one["id"]) for one in people]
    return [str(one["id"]) for one in made]


async def set_status(database: Database, status: VervalStatus, made: list[str]) -> None:
    async with database.write() as session:
        for one in made:
            decoded = relay.decode(one)
            assert decoded is not None
            row = await session.get_one(ProposalRow, decoded[1])
            row.status = status
            session.add(row)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def answer(lines: list[dict[str, str]], *answers: tuple[str, str]) -> str:
    """A result file for these lines."""
    head = "ID_USULAN;NIK;HASIL;ALASAN"
    told = [f"{line['ID_USULAN']};{line['NIK']};{said};{why}" for line, (said, why) in zip(lines, answers, strict=True)]
    return "\r\n".join((head, *told, ""))


async def test_from_a_report_to_the_ministry_and_back(desk: Desk, database: Database) -> None:
    told = {
        "subject": await desk.subject(), "person": await desk.person(), "action": "REMOVE", "reason": "DECEASED",
        "changes": [{"field": "DECEASED", "value": "true"}],
    }  # fmt: skip
    proposal = (await desk.do("vervalPropose", told, "tksk"))["id"]
    await desk.do("vervalDeliberate", {"id": proposal, **MINUTES, "organizations": ["BPD", "PKK"]}, "village")
    await photographed(desk, proposal)
    await desk.do("vervalAssess", visit(proposal), "tksk")
    await desk.do("vervalVerify", {"id": proposal}, "verifier")
    await desk.do("vervalEndorse", {"id": proposal, **DOCUMENT}, "head")
    payload = await batch_act(desk, "vervalBatchCreate", {"scheme": "DTSEN"}, "verifier")
    assert payload["errors"] == [] and isinstance(payload["batch"], dict)
    batch = payload["batch"]["id"]

    out = await desk.http.get(f"/verval-batches/{batch}.csv", headers=desk.headers("verifier"))
    assert out.status_code == 200
    (line,) = rows(out.text)
    assert (line["ID_USULAN"], line["NIK"], line["NAMA"]) == (proposal, NIK, "Salasiah")
    assert (line["MENINGGAL_USULAN"], line["NO_BERITA_ACARA"]) == ("YA", MINUTES["minutesNumber"])
    async with database.write() as session:
        entries = select(AccessLogRow).where(AccessLogRow.operation == "vervalBatch")
        (entry,) = (await session.exec(entries)).all()
    assert (entry.actor, entry.purpose, entry.people_count) == ("demo-verifier", "VERIFICATION", 1)

    sent = await desk.http.put(
        f"/verval-batches/{batch}/result",
        content=answer([line], ("DITERIMA", "")).encode(),
        headers=desk.headers("verifier"),
    )
    assert sent.status_code == 200
    shown = """query($id: ID!) { node(id: $id) { ... on VervalProposal {
        status expectedInNextRelease batch { id } person { deceased currentRegistry { status } }
        timeline { nodes { act to } } } } }"""
    node = (await desk.ask(shown, {"id": proposal}, "admin"))["node"]
    assert (node["status"], node["expectedInNextRelease"], node["batch"]) == ("ACCEPTED", True, {"id": batch})
    # Our copy waits for the next release.
    assert node["person"]["currentRegistry"] == {"status": "ACTIVE"}
    assert [one["to"] for one in node["timeline"]["nodes"]] == [
        "PROPOSED", "DELIBERATED", "FIELD_VERIFIED", "DINSOS_VERIFIED", "ENDORSED", "SUBMITTED", "ACCEPTED",
    ]  # fmt: skip


async def test_answers_close_each_proposal_once_and_differences_close_nothing(desk: Desk, database: Database) -> None:
    made = await endorsed(desk, 5)
    await set_status(database, VervalStatus.ENDORSED, made)
    payload = await batch_act(desk, "vervalBatchCreate", {"scheme": "DTSEN"}, "admin")
    assert isinstance(payload["batch"], dict) and payload["batch"]["lines"] == 5
    batch = payload["batch"]["id"]
    lines = rows((await desk.http.get(f"/verval-batches/{batch}.csv", headers=desk.headers("admin"))).text)
    assert [line["ID_USULAN"] for line in lines] == made
    lines[2] = lines[2] | {"NIK": "6402060101809999"}
    file = answer(
        [*lines, {"ID_USULAN": "bukan-usulan", "NIK": ""}, lines[0]],
        ("DITERIMA", ""), ("DITOLAK", "Sudah ada atas nama 6402060101809999"), ("DITERIMA", ""), ("ENTAH", ""),
        ("DITOLAK", ""), ("DITERIMA", ""), ("DITOLAK", "Ganda"),
    )  # fmt: skip
    payload = await batch_act(desk, "vervalBatchResult", {"batch": batch, "file": file}, "admin")
    expected = {
        "id": batch, "lines": 5, "accepted": 1, "rejected": 1, "returned": 0,
        "differences": [
            {"line": 4, "kind": "OTHER_NIK", "proposal": {"id": made[2]}},
            {"line": 5, "kind": "UNKNOWN_ANSWER", "proposal": {"id": made[3]}},
            {"line": 6, "kind": "REASON_MISSING", "proposal": {"id": made[4]}},
            {"line": 7, "kind": "UNKNOWN_PROPOSAL", "proposal": None},
            {"line": 8, "kind": "OTHER_ANSWER", "proposal": {"id": made[0]}},
        ],
    }  # fmt: skip
    assert payload == {"batch": expected, "errors": []}
    # The same file again changes nothing.
    assert (await batch_act(desk, "vervalBatchResult", {"batch": batch, "file": file}, "admin"))["batch"] == expected
    listed = await desk.ask("{ vervalProposals { nodes { id status version centralReason } } }", who="admin")
    states = {one["id"]: one for one in listed["vervalProposals"]["nodes"]}
    assert [states[one]["status"] for one in made] == [
        "ACCEPTED", "REJECTED_CENTRAL", "SUBMITTED", "SUBMITTED", "SUBMITTED",
    ]  # fmt: skip
    assert "6402060101809999" not in json.dumps(listed)
    # The mended rest, together with what was answered: only the rest is closed now.
    mended = rows((await desk.http.get(f"/verval-batches/{batch}.csv", headers=desk.headers("admin"))).text)
    rest = answer(
        mended, ("DITERIMA", ""), ("DITOLAK", "x"), ("DITERIMA", ""), ("DIKEMBALIKAN", "Lengkapi"), ("DITOLAK", "y")
    )
    payload = await batch_act(desk, "vervalBatchResult", {"batch": batch, "file": rest}, "admin")
    assert payload["batch"] == expected | {"accepted": 2, "rejected": 2, "returned": 1}
    listed = await desk.ask("{ vervalProposals { nodes { id version } } }", who="admin")
    versions = {one["id"]: one["version"] for one in listed["vervalProposals"]["nodes"]}
    assert [versions[one] for one in made] == [3, 3, 3, 3, 3]


async def test_a_file_that_is_none_changes_nothing(desk: Desk, database: Database) -> None:
    made = await endorsed(desk, 1)
    await set_status(database, VervalStatus.ENDORSED, made)
    payload = await batch_act(desk, "vervalBatchCreate", {"scheme": "DTSEN"}, "admin")
    assert isinstance(payload["batch"], dict)
    batch = payload["batch"]["id"]
    for content in (b"", b"\xff\xfe", b"NIK;HASIL\n1;DITERIMA\n", b"PK\x03\x04"):
        sent = await desk.http.put(f"/verval-batches/{batch}/result", content=content, headers=desk.headers("admin"))
        assert (sent.status_code, sent.json()["error"]["code"]) == (400, "INVALID")
    listed = await desk.ask("{ vervalBatches { nodes { accepted differences { kind } } } }", who="admin")
    assert listed["vervalBatches"]["nodes"] == [{"accepted": 0, "differences": []}]


async def test_who_may_send_and_see_batches(desk: Desk, database: Database) -> None:
    assert (await batch_act(desk, "vervalBatchCreate", {"scheme": "DTSEN"}, "admin"))["errors"] == [
        {"code": "INVALID", "field": ["scheme"]}
    ]
    made = await endorsed(desk, 1)
    await set_status(database, VervalStatus.ENDORSED, made)
    for who in ("lead", "tksk", "village", "head", "analyst", "citizen"):
        refused = await batch_act(desk, "vervalBatchCreate", {"scheme": "DTSEN"}, who)
        assert refused == {"batch": None, "errors": [{"code": "FORBIDDEN", "field": None}]}, who
    sent = await batch_act(desk, "vervalBatchCreate", {"scheme": "DTSEN"}, "admin")
    assert isinstance(sent["batch"], dict)
    path = f"/verval-batches/{sent['batch']['id']}.csv"
    statuses = {}
    for who in ("admin", "verifier", "lead", "tksk", "analyst"):
        statuses[who] = (await desk.http.get(path, headers=desk.headers(who))).status_code
    # A verifier sees what they sent themselves.
    assert statuses == {"admin": 200, "verifier": 404, "lead": 403, "tksk": 403, "analyst": 403}
    without = await desk.http.get(path, headers=desk.headers("admin", None))
    assert without.json()["error"]["code"] == "PURPOSE_REQUIRED"


async def test_endorsement_without_minutes_is_refused(desk: Desk, database: Database) -> None:
    made = await desk.proposed()
    await desk.do("vervalDeliberate", {"id": made["id"], **MINUTES}, "village")
    await set_status(database, VervalStatus.DINSOS_VERIFIED, [made["id"]])
    async with database.write() as session:
        minutes = (await session.exec(select(DeliberationRow))).one()
        minutes.round = 0
        session.add(minutes)
    assert await desk.refused("vervalEndorse", {"id": made["id"], **DOCUMENT}, "head") == "INVALID"


async def test_many_take_as_many_statements_as_a_few(desk: Desk, database: Database) -> None:
    """A batch, and its answers: what is read and written for all of them does not grow with their number."""
    taken = []
    made = await endorsed(desk, 24)
    for some in (made[:4], made[4:]):
        await set_status(database, VervalStatus.ENDORSED, some)
        with counted(database) as sent:
            batch = (await batch_act(desk, "vervalBatchCreate", {"scheme": "DTSEN"}, "admin"))["batch"]
        assert isinstance(batch, dict) and batch["lines"] == len(some)
        lines = rows((await desk.http.get(f"/verval-batches/{batch['id']}.csv", headers=desk.headers("admin"))).text)
        file = answer(lines, *[("DITERIMA", "")] * len(some))
        with counted(database) as answered:
            payload = await batch_act(desk, "vervalBatchResult", {"batch": batch["id"], "file": file}, "admin")
        assert isinstance(payload["batch"], dict) and payload["batch"]["accepted"] == len(some)
        taken.append((len(sent), len(answered)))
    assert taken[0] == taken[1]


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements sent by acts meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


MANY = """mutation($input: VervalEndorseManyInput!) { vervalEndorseMany(input: $input) {
  results { proposal { id status endorsements { documentNumber } } errors { code field } } errors { code field } } }"""


async def test_one_document_endorses_many_each_for_itself(desk: Desk, database: Database) -> None:
    made = await endorsed(desk, 4)
    await set_status(database, VervalStatus.DINSOS_VERIFIED, made[:3])
    async with database.write() as session:
        for one in (made[0], made[2], made[3]):
            decoded = relay.decode(one)
            assert decoded is not None
            session.add(
                DeliberationRow(
                    proposal_id=decoded[1], round=1, minutes_number="1", held_on=date(2026, 11, 2), place="Balai",
                    attendance=9, at=now(),
                )
            )  # fmt: skip
    told = {"ids": [*made, made[0], "bukan"], **DOCUMENT, "idempotencyKey": "sk-77"}
    for _ in range(2):
        payload = (await desk.ask(MANY, {"input": told}, "head"))["vervalEndorseMany"]
        assert payload["errors"] == []
        assert [(one["errors"] or [{"code": None}])[0]["code"] for one in payload["results"]] == [
            None, "INVALID", None, "ILLEGAL_TRANSITION", "INVALID", "INVALID",
        ]  # fmt: skip
        assert payload["results"][1]["errors"][0]["field"] == ["ids", "1"]
        shown = [one["proposal"] and one["proposal"]["status"] for one in payload["results"]]
        assert shown == ["ENDORSED", "DINSOS_VERIFIED", "ENDORSED", "PROPOSED", "ENDORSED", None]
        assert payload["results"][0]["proposal"]["endorsements"] == [{"documentNumber": DOCUMENT["documentNumber"]}]
    refused = (await desk.ask(MANY, {"input": {"ids": made, **DOCUMENT}}, "verifier"))["vervalEndorseMany"]
    assert {error["code"] for one in refused["results"] for error in one["errors"]} == {"FORBIDDEN"}
    for wrong, field in (({"ids": []}, "ids"), ({"documentDate": "2999-01-01"}, "documentDate")):
        payload = (await desk.ask(MANY, {"input": {"ids": made, **DOCUMENT} | wrong}, "head"))["vervalEndorseMany"]
        assert (payload["results"], payload["errors"]) == ([], [{"code": "INVALID", "field": [field]}])
