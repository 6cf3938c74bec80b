"""What an answered request leaves behind: nothing that waits for the collector, so a busy server stays as small as an
idle one.
"""

import gc
from collections.abc import Iterator
from uuid import uuid4

import pytest

from integration.access.viewer import Viewer
from resolvers.context import Services
from tests.reading.asking import ask, viewer_of

_SUBMIT = """mutation ($input: ReportSubmitInput!) { reportSubmit(input: $input) {
  report { number status region { name } } receipt { number trackingCode } errors { code } } }"""
_QUESTIONS = {
    "a page": "{ reports(first: 5) { totalCount nodes { number subjects { name person { name } } } } }",
    "two roots": "{ a: reports(first: 2) { nodes { number } } b: staffMembers(first: 2) { nodes { name } } }",
    "an object": """query { nodes(ids: []) { id } }""",
    "counts": "{ reportStatistics(groupBy: [STATUS]) { rows { key count } } }",
    "a refused field": "{ people(first: 2) { nodes { nik } } }",
}


async def _submit(services: Services, viewer: Viewer) -> None:
    told = {
        "channel": "SUPERAPP", "category": "AID_REQUEST", "description": "Ibu ini perlu kursi roda.",
        "region": "64.02.06", "idempotencyKey": uuid4().hex,
    }  # fmt: skip
    answer = await ask(services, viewer, _SUBMIT, {"input": told})
    assert answer["data"]["reportSubmit"]["report"] is not None


@pytest.fixture
def uncollected() -> Iterator[None]:
    """The collector, standing still."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("uncollected")
@pytest.mark.parametrize("text", _QUESTIONS.values(), ids=_QUESTIONS.keys())
async def test_a_question_leaves_nothing_for_the_collector(services: Services, text: str) -> None:
    admin = await viewer_of(services, "demo-admin")
    for _ in range(3):
        await ask(services, admin, text)
    gc.collect()
    for _ in range(10):
        await ask(services, admin, text)
    assert gc.collect() < 10, "not even one object for each request"


@pytest.mark.usefixtures("uncollected")
async def test_a_submission_leaves_nothing_for_the_collector(services: Services) -> None:
    citizen = await viewer_of(services, "demo-citizen", purpose=None)
    for _ in range(3):
        await _submit(services, citizen)
    gc.collect()
    for _ in range(10):
        await _submit(services, citizen)
    assert gc.collect() < 10, "not even one object for each request"
