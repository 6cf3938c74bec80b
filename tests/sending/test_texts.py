"""The catalogue of messages to people holds what WhatsApp asks of a template, in both languages."""

import re
from pathlib import Path

import pytest

from integration import texts
from integration.codes import Language
from integration.texts.catalogue import LONGEST_TEMPLATE, catalogue, message

ROOT = Path(texts.__file__).parent.parent
TEMPLATES = sorted(code for code, one in catalogue().items() if one.template)


@pytest.mark.parametrize("code", catalogue())
def test_both_languages_say_the_same_words(code: str) -> None:
    one = message(code)
    assert set(one.names(Language.ID)) == set(one.names(Language.EN))
    assert all(one.texts.values()) and (code == "free_text" or one.texts[Language.ID] != one.texts[Language.EN])


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("code", TEMPLATES)
def test_a_template_can_be_registered(code: str, language: Language) -> None:
    body = message(code).template_body(language)
    assert re.fullmatch(r"[a-z0-9_]{1,512}", code)
    # WhatsApp refuses one that begins or ends with a place, or has two side by side.
    assert not re.search(r"^\{\{|\}\}$|\}\}\s*\{\{", body)
    places = [int(place) for place in re.findall(r"\{\{(\d+)\}\}", body)]
    assert places == list(range(1, len(places) + 1))
    assert len(body) < LONGEST_TEMPLATE


def test_places_are_filled_in_the_order_of_each_language() -> None:
    receipt = message("report_received")
    words = {"number": "SIM-2026-000001", "trackingCode": "AB CD"}
    for language in Language:
        body = receipt.template_body(language)
        for place, value in enumerate(receipt.values(language, words), 1):
            body = body.replace(f"{{{{{place}}}}}", value)
        assert body == receipt.text(language, words)


def test_braces_in_what_people_write_are_only_braces() -> None:
    told = message("report_reply").text(Language.ID, {"number": "1", "reply": "{number} {0} {{"})
    assert "{number} {0} {{" in told


def test_every_message_that_is_sent_stands_in_the_catalogue() -> None:
    told = {
        code
        for path in (ROOT / "reports").glob("*.py")
        for code in re.findall(r'(?:template=|_TEMPLATE = |tell\([^")]*)"([a-z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert {"report_received", "report_reply"} <= told
    assert told <= set(catalogue())
