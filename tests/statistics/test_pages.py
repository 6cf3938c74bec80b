"""Pages for people who only read: the list of statistics, and a printed table with what does not fit in it."""

import re

import pytest

from tests.procedure.conftest import Office


async def table_id(office: Office, series: str) -> str:
    query = "query ($code: String!) { statisticSeries(filter: { code: { eq: $code } }) { nodes { table { id } } } }"
    [node] = (await office.ask(query, {"code": series}, None))["statisticSeries"]["nodes"]
    return str(node["table"]["id"])


async def text_of(office: Office, path: str, who: str | None = None) -> str:
    answer = await office.get(path, who)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert "<script" not in answer.text and not re.findall(r'(?:src|href)="https?:', answer.text)
    return answer.text


async def test_the_list_leads_to_every_file_and_check(office: Office) -> None:
    text = await text_of(office, "/statistics")
    for path in sorted(set(re.findall(r'href="(/[^"]+)"', text))):
        needs_more = any(name in path for name in ("report-statistics", "dimension-", "registry-", "staff-"))
        if not needs_more or path.endswith(".json"):
            assert (await office.get(path, None)).status_code == 200, path


async def test_the_page_of_a_table_shows_what_does_not_fit(office: Office) -> None:
    text = await text_of(office, f"/statistics/tables/{await table_id(office, 'disability')}", "admin")
    assert "23 kesalahan, 0 peringatan, 2 keterangan." in text
    assert "Tuna Rungu: isi kolom berjumlah 94, tercetak 90" in text.replace("Kolom ", "")
    assert len(re.findall(r'<td class="number wrong">', text)) == 15 + 2 + 1
    assert text.count("tidak dilaporkan, bukan nol") == 2
    assert "disamarkan" not in text and "Mungkin satu kolom hilang" in text


async def test_small_counts_are_not_on_the_page_for_everybody(office: Office) -> None:
    text = await text_of(office, f"/statistics/tables/{await table_id(office, 'disability')}")
    assert len(re.findall(r'<td class="held">disamarkan</td>', text)) == 82
    cells = [int(one) for one in re.findall(r'<td class="number">([0-9]+)</td>', text)]
    assert cells and min(cells) >= 5


async def test_a_clean_table_says_so(office: Office) -> None:
    text = await text_of(office, f"/statistics/tables/{await table_id(office, 'staff')}")
    assert "Semua cocok: tidak ada temuan." in text and '<td class="number">73</td>' in text


@pytest.mark.parametrize(
    "given", ["junk", "UHJpbnRlZFRhYmxlOjA", "UHJpbnRlZFRhYmxlOjAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw"]
)
async def test_no_page_of_nothing(office: Office, given: str) -> None:
    assert (await office.get(f"/statistics/tables/{given}", None)).status_code in (400, 404)
