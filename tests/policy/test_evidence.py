"""A follow-up rests on more than reports, belongs to a plan and a law, and has agencies that help."""

import hashlib
import json
from typing import Any

import pytest

from tests.measures.test_spm import record
from tests.meetings.test_meetings import agencies
from tests.policy.test_finders import VILLAGE, late_unit
from tests.policy.test_loop import accepting, agency, do, done, outbox, refused, the_signal, worker
from tests.procedure.conftest import Office
from tests.procedure.stage import Stage

__all__ = ["worker"]

PARTS = """{ policyFollowUps(filter: {status: PROPOSED}) { nodes { id version title problem planItem publicSummary
  budgetIdr instrument supporters { code } owner { code } planningDocument { code kind title fromYear toYear }
  legalBasis { code } evidence { kind count of query queryHash membersHash description } reports { totalCount } } } }"""


async def proposed(office: Office, who: str = "secretary") -> dict[str, Any]:
    """The one follow-up the test proposed, as somebody sees it."""
    found = (await office.ask(PARTS, who=who))["policyFollowUps"]["nodes"]
    one: dict[str, Any] = next(one for one in found if one["title"].startswith("Uji"))
    return one


async def propose(office: Office, who: str = "analyst") -> dict[str, Any]:
    told = {"title": "Uji bukti", "problem": "Data tidak lengkap.", "dimension": "PREVENTIVE"}
    return await done(office, "policyFollowUpPropose", told, who)


async def unit(office: Office, code: str) -> str:
    found = await office.ask("{ organizations(first: 100) { nodes { units { id code } } } }")
    units = [one for each in found["organizations"]["nodes"] for one in each["units"]]
    return str(next(one["id"] for one in units if one["code"] == code))


async def test_reports_late_steps_and_old_records_are_counted_and_frozen(office: Office, stage: Stage) -> None:
    on = {"id": (await propose(office))["id"]}
    code, late = await late_unit(stage, 4, 10)
    quarter = {"kind": "REPORTS", "category": "AID_NOT_RECEIVED", "from": "2024-01-01", "to": "2024-03-31"}
    await done(office, "policyFollowUpAddEvidence", {**on, **quarter}, "lead")
    march = {"kind": "LATE_STEPS", "unit": await unit(office, code), "from": "2026-03-01", "to": "2026-03-31"}
    await done(office, "policyFollowUpAddEvidence", {**on, **march}, "head")
    await done(office, "policyFollowUpAddEvidence", {**on, "kind": "STALE_REGISTRY", "region": "64.02"})
    for month, served in ((3, 80), (4, None)):
        assert (await record(office, month=month, served=served, asOf="2024-05-01"))["errors"] == []
    spring = {"kind": "SPM_UNSERVED", "service": "NEGLECTED_ELDERLY", "from": "2024-01-01", "to": "2024-06-30"}
    await done(office, "policyFollowUpAddEvidence", {**on, **spring})
    follow_up = await proposed(office)
    reports, steps, records, unserved = follow_up["evidence"]
    # What is unknown of April is not 0: March is the newest known month.
    assert (unserved["kind"], unserved["count"], unserved["of"]) == ("SPM_UNSERVED", 40, 120)
    assert "01-03-2024 sampai sebelum 01-04-2024" in unserved["description"]
    assert (reports["kind"], reports["count"], reports["of"]) == ("REPORTS", 7, None)
    assert "7 laporan bantuan belum diterima di kabupaten, 01-01-2024" in reports["description"]
    assert (steps["kind"], steps["count"], steps["of"]) == ("LATE_STEPS", 4, 10)
    assert steps["membersHash"] == hashlib.sha256("\n".join(sorted(map(str, late))).encode()).hexdigest()
    assert records["kind"] == "STALE_REGISTRY" and records["of"] > 0
    for one in follow_up["evidence"]:
        assert one["queryHash"] == hashlib.sha256(one["query"].encode()).hexdigest()
        assert json.loads(one["query"])["kind"] == one["kind"]
    # Those whose reports it rests on will hear of it.
    assert follow_up["reports"]["totalCount"] == 7
    await done(office, "policyFollowUpAddEvidence", {**on, **quarter})
    again = await proposed(office)
    assert again["reports"]["totalCount"] == 7 and again["evidence"][-1]["queryHash"] == reports["queryHash"]


async def test_what_cannot_be_counted_is_said(office: Office, stage: Stage) -> None:
    on = {"id": (await propose(office))["id"]}
    code, _ = await late_unit(stage, 1, 1)
    steps = {"kind": "LATE_STEPS", "unit": await unit(office, code), "from": "2026-03-01", "to": "2026-03-31"}
    reports = {"kind": "REPORTS", "category": "OTHER", "from": "2019-01-01", "to": "2019-12-31"}
    for told, field in (
        ({"kind": "INDICATOR"}, "kind"),
        ({**reports, "category": None}, "category"),
        ({**reports, "to": None}, "to"),
        ({**reports, "to": "2018-12-31"}, "to"),
        ({**reports, "region": "99.99"}, "region"),
        (reports, "kind"),
        ({**steps, "unit": None}, "unit"),
        ({**steps, "from": "2015-01-01", "to": "2015-01-31"}, "kind"),
        ({"kind": "STALE_REGISTRY"}, "region"),
        ({"kind": "SPM_UNSERVED", "from": "2024-01-01", "to": "2024-06-30"}, "service"),
        ({"kind": "SPM_UNSERVED", "service": "NEGLECTED_ELDERLY", "from": "2019-01-01", "to": "2019-06-30"}, "kind"),
    ):
        assert await refused(office, "policyFollowUpAddEvidence", {**on, **told}) == ("INVALID", [field]), told
    assert (await proposed(office))["evidence"] == []


@pytest.mark.parametrize("who", ["analyst", "admin", "opd-dinkes", "tksk", "citizen"])
async def test_who_could_learn_of_few_by_counting_may_not_count(office: Office, who: str) -> None:
    told = {"id": (await propose(office))["id"], "kind": "STALE_REGISTRY", "region": VILLAGE}
    code, _ = await refused(office, "policyFollowUpAddEvidence", told, who)
    assert code in {"FORBIDDEN", "NOT_FOUND"}


async def test_planners_are_not_told_counts_that_point_at_people(office: Office, stage: Stage) -> None:
    on = {"id": (await propose(office))["id"]}
    code, _ = await late_unit(stage, 4, 10)
    steps = {"kind": "LATE_STEPS", "unit": await unit(office, code), "from": "2026-03-01", "to": "2026-03-31"}
    await done(office, "policyFollowUpAddEvidence", {**on, **steps})
    assert len((await proposed(office))["evidence"]) == 1
    assert (await proposed(office, "analyst"))["evidence"] == []


async def test_a_follow_up_belongs_to_a_plan_a_law_and_agencies_that_help(office: Office) -> None:
    follow_up = await propose(office)
    ids = await agencies(office)
    on = {"id": follow_up["id"]}
    revised = {
        **on,
        "expectedVersion": follow_up["version"],
        "title": "Uji pemadanan",
        "supporters": [ids["DISDUKCAPIL"], ids["DINKES"], ids["DINKES"]],
        "owner": ids["DINSOS"],
        "planningDocument": "RENJA-DINSOS-2024",
        "planItem": "Program Perlindungan dan Jaminan Sosial",
        "legalBasis": "PERMENSOS-9-2018",
        "budgetIdr": "150000000.50",
        "instrument": "PROGRAMME",
        "publicSummary": "Data penerima dipadankan.",
    }
    await done(office, "policyFollowUpRevise", revised, "analyst")
    seen = await proposed(office)
    assert [one["code"] for one in seen["supporters"]] == ["DINKES", "DISDUKCAPIL"]
    assert seen["planningDocument"] == {
        "code": "RENJA-DINSOS-2024", "kind": "RENJA", "fromYear": 2024, "toYear": 2024,
        "title": "Rencana Kerja Dinas Sosial Kabupaten Kutai Kartanegara Tahun 2024",
    }  # fmt: skip
    assert (seen["legalBasis"]["code"], seen["owner"]["code"]) == ("PERMENSOS-9-2018", "DINSOS")
    assert (seen["title"], seen["problem"], seen["budgetIdr"]) == (
        "Uji pemadanan", "Data tidak lengkap.", "150000000.50",
    )  # fmt: skip
    # Who helps sees it; who does not any more, does not.
    assert (await proposed(office, "opd-dinkes"))["title"] == "Uji pemadanan"
    await done(office, "policyFollowUpRevise", {**on, "supporters": [ids["DISDUKCAPIL"]]})
    assert (await office.ask(PARTS, who="opd-dinkes"))["policyFollowUps"]["nodes"] == []
    assert (await proposed(office))["planItem"] == "Program Perlindungan dan Jaminan Sosial"


async def test_what_is_wrong_with_a_revision_is_said(office: Office) -> None:
    follow_up = await propose(office)
    on = {"id": follow_up["id"]}
    for wrong, field in (
        ({"title": " "}, ["title"]),
        ({"planItem": "x" * 201}, ["planItem"]),
        ({"planningDocument": "RENJA-1945"}, ["planningDocument"]),
        ({"legalBasis": "UU-0"}, ["legalBasis"]),
        ({"budgetIdr": "-1"}, ["budgetIdr"]),
        ({"supporters": [follow_up["id"]]}, ["supporters", "0"]),
    ):
        assert await refused(office, "policyFollowUpRevise", {**on, **wrong}) == ("INVALID", field), wrong
    assert await refused(office, "policyFollowUpRevise", {**on, "expectedVersion": 9}) == (
        "CONFLICT",
        ["expectedVersion"],
    )
    await done(office, "policyFollowUpAdvance", {**on, "to": "UNDER_REVIEW"})
    told = {**on, "title": "Uji lain"}
    assert (await refused(office, "policyFollowUpRevise", told, "analyst"))[0] == "FORBIDDEN"
    await done(office, "policyFollowUpAdvance", {**on, "to": "SCHEDULED"})
    await done(office, "policyFollowUpAdvance", {**on, "to": "REJECTED", "note": "Tidak perlu."})
    assert await refused(office, "policyFollowUpRevise", told) == ("ILLEGAL_TRANSITION", ["id"])


async def test_reports_counted_later_are_told_too(office: Office, stage: Stage, worker: Any) -> None:
    signal = await the_signal(office, worker)
    on = {"id": (await done(office, "signalAccept", accepting(signal, await agency(office))))["id"]}
    more = {"kind": "REPORTS", "category": "BPJS_ACTIVATION", "from": "2024-01-01", "to": "2024-03-31"}
    follow_up = await done(office, "policyFollowUpAddEvidence", {**on, **more})
    assert follow_up["reports"]["totalCount"] == 10
    for status in ("UNDER_REVIEW", "SCHEDULED"):
        await done(office, "policyFollowUpAdvance", {**on, "to": status})
    await do(office, "policyFollowUpAdvance", {**on, "to": "REJECTED", "note": "Sudah ada program pusat."})
    told = {letter.recipient for letter in await outbox(stage, "policy_rejected")}
    # One of the three can't be reached.
    assert len(told) == 9


async def test_plans_are_public(office: Office) -> None:
    found = (await office.ask("{ planningDocuments { code kind source fromYear } }", who=None))["planningDocuments"]
    assert [one["code"] for one in found] == sorted(one["code"] for one in found) and all(
        one["source"] for one in found
    )
    assert {one["kind"] for one in found} == {"RPJMN", "RPJMD", "RENSTRA", "RENJA", "LKJIP"}
    assert next(one["fromYear"] for one in found if one["kind"] == "RENSTRA") is None
