"""The office enters and ends what an agency agreed on looking people up; its next question is answered by it."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from tests.partners.conftest import Partner
from tests.partners.test_match_registry import ALIVE, match, refused

SHOWN = "dataSharingAgreement { number purposes validTo inForce }"
RECORD = f"""mutation($input: AgreementRecordInput!) {{ agreementRecord(input: $input) {{
  organization {{ code {SHOWN} }} errors {{ code field message }} }} }}"""
END = f"""mutation($input: AgreementEndInput!) {{ agreementEnd(input: $input) {{
  organization {{ {SHOWN} }} errors {{ code field }} }} }}"""
LIST = f"{{ organizations(first: 100) {{ nodes {{ id code {SHOWN} }} }} }}"
NIK = {"nik": ALIVE["nik"]}


async def organizations(partner: Partner, who: str = "admin") -> dict[str, Any]:
    nodes = (await partner.ask(LIST, who=who))["organizations"]["nodes"]
    return {node["code"]: node for node in nodes}


async def signed(partner: Partner, code: str = "DISPERKIM", **others: Any) -> dict[str, Any]:
    """An agreement to be entered."""
    given = {
        "organization": (await organizations(partner))[code]["id"],
        "number": "  460/12/PKS/2026 ",
        "purposes": ["REFERRAL"],
        "validTo": "2031-01-31",
    }
    return given | others


@pytest.mark.parametrize("who", ["admin", "secretary"])
async def test_an_agency_may_ask_once_its_agreement_is_entered_and_no_more_once_it_is_ended(
    partner: Partner, who: str
) -> None:
    assert await refused(partner, NIK, who="opd-disperkim") == ("FORBIDDEN", None)
    given = await signed(partner)
    payload = (await partner.ask(RECORD, {"input": given}, who=who))["agreementRecord"]
    entered = {"number": "460/12/PKS/2026", "purposes": ["REFERRAL"], "validTo": "2031-01-31", "inForce": True}
    assert payload == {"organization": {"code": "DISPERKIM", "dataSharingAgreement": entered}, "errors": []}
    assert (await match(partner, NIK, who="opd-disperkim"))["result"] == "MATCHED"
    assert await refused(partner, NIK, who="opd-disperkim", purpose="PROGRAMME_ELIGIBILITY") == ("FORBIDDEN", None)
    end = {"organization": given["organization"], "note": "Perjanjian dicabut."}
    payload = (await partner.ask(END, {"input": end}, who=who))["agreementEnd"]
    assert payload["errors"] == [] and payload["organization"]["dataSharingAgreement"]["inForce"] is False
    assert await refused(partner, NIK, who="opd-disperkim") == ("FORBIDDEN", None)
    again = (await partner.ask(END, {"input": end}, who=who))["agreementEnd"]
    assert again["errors"] == [{"code": "ILLEGAL_TRANSITION", "field": ["organization"]}]


async def test_an_agency_is_told_what_stands_against_it(partner: Partner) -> None:
    """By words an integrator can act on: no agreement, one that is over, or another purpose."""

    async def told(who: str | None, purpose: str | None) -> str:
        answer = await match(partner, NIK, who=who, purpose=purpose, language="en")
        return str(answer["errors"][0]["message"])

    assert await told("opd-disperkim", "REFERRAL") == (
        "Your agency has no data-sharing agreement with the social office."
    )
    only = "Your agency's data-sharing agreement does not cover this purpose, only: PROGRAMME_ELIGIBILITY, REFERRAL."
    assert await told("opd-dinkes", "VERIFICATION") == only
    with time_machine.travel(datetime(2031, 1, 2, tzinfo=UTC), tick=False):
        assert await told("opd-dinkes", "REFERRAL") == "Your agency's data-sharing agreement ended with 31-12-2030."
    assert "CASE_HANDLING, VERIFICATION, REFERRAL, PROGRAMME_ELIGIBILITY" in await told("opd-dinkes", None)
    assert "Authorization: Bearer" in await told(None, "REFERRAL")


async def test_its_last_day_is_a_local_day(partner: Partner) -> None:
    given = await signed(partner, validTo="2026-03-02")
    with time_machine.travel(datetime(2026, 3, 2, 15, 30, tzinfo=UTC), tick=False):
        payload = (await partner.ask(RECORD, {"input": given}, who="admin"))["agreementRecord"]
        assert payload["organization"]["dataSharingAgreement"]["inForce"] is True
    with time_machine.travel(datetime(2026, 3, 2, 16, 30, tzinfo=UTC), tick=False):
        assert (await organizations(partner))["DISPERKIM"]["dataSharingAgreement"]["inForce"] is False
        payload = (await partner.ask(RECORD, {"input": given | {"number": "2"}}, who="admin"))["agreementRecord"]
        assert [(error["code"], error["field"]) for error in payload["errors"]] == [("INVALID", ["validTo"])]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"number": "   "}, ["number"]),
        ({"number": "9" * 101}, ["number"]),
        ({"purposes": []}, ["purposes"]),
        ({"purposes": ["REFERRAL", "APA_SAJA"]}, ["purposes", "1"]),
        ({"purposes": ["STATISTICS"]}, ["purposes", "0"]),
        ({"validTo": "2020-01-01"}, ["validTo"]),
    ],
)
async def test_what_is_no_agreement_is_refused(partner: Partner, wrong: dict[str, Any], field: list[str]) -> None:
    payload = (await partner.ask(RECORD, {"input": await signed(partner, **wrong)}, who="admin"))["agreementRecord"]
    assert [(error["code"], error["field"]) for error in payload["errors"]] == [("INVALID", field)]
    assert payload["organization"]["dataSharingAgreement"] is None


@pytest.mark.parametrize("who", ["lead", "head", "verifier", "analyst", "opd-disperkim", "citizen", None])
async def test_only_the_desk_and_the_secretary_enter_one(partner: Partner, who: str | None) -> None:
    given = await signed(partner)
    for query, name, told in ((RECORD, "agreementRecord", given), (END, "agreementEnd", None)):
        wanted = told or {"organization": given["organization"], "note": "x"}
        payload = (await partner.tell(query, {"input": wanted}, who=who))["data"][name]
        assert [error["code"] for error in payload["errors"]] == ["FORBIDDEN"]


async def test_an_agency_sees_its_own_and_the_office_all(partner: Partner) -> None:
    await partner.ask(RECORD, {"input": await signed(partner)}, who="admin")
    for who, codes in (
        ("opd-disperkim", {"DISPERKIM"}),
        ("opd-dinkes", {"DINKES"}),
        ("tksk", {"DINKES", "DISPERKIM"}),
        ("auditor", {"DINKES", "DISPERKIM"}),
    ):
        shown = await organizations(partner, who)
        assert {code for code, one in shown.items() if one["dataSharingAgreement"]} == codes, who
    body = await partner.tell(LIST, who="citizen")
    assert {error["extensions"]["code"] for error in body["errors"]} == {"FORBIDDEN"}
