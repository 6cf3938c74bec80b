"""Whatever happens to a message, neither the log nor a metric says to whom, what, or with which token."""

import logging

import pytest
from prometheus_client import generate_latest
from structlog.testing import capture_logs

from integration.connectors.whatsapp.fake import Answer, Silence, refusal
from tests.sending.office import SITI, Office

USER = "ID.471147114711"


async def test_nothing_of_a_person_is_told(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    # Before anything is hidden: what is never written needs no net.
    with capture_logs() as told, caplog.at_level(logging.INFO):
        await office.hear(from_user_id=USER, contacts=[{"wa_id": SITI, "user_id": USER, "profile": {"name": "Siti"}}])
        for answer in (
            refusal(131026), refusal(131000, 500), refusal(131047), refusal(190, 401), refusal(None, 429),
            Answer(silence=Silence.HANG_UP),
        ):  # fmt: skip
            office.cloud.script.append(answer)
            await office.write(words="Ibu Siti sakit keras", user_id=USER)
            await office.work(hours=1)
        broken = await office.write(words="Ibu Siti sakit keras")
        await office.change(broken, payload_sealed=b"\x01" + bytes(40), next_at=office.clock.at)
        await office.work(days=2)
    # Each kind of failure is told of, by its code.
    reasons = {str(entry.get("reason")) for entry in told if entry["event"] == "outbox.not_sent"}
    assert reasons >= {"131026", "131000", "131047", "WINDOW_CLOSED", "190", "HTTP_429", "NO_ANSWER", "InvalidTag"}
    metrics = generate_latest().decode()
    assert "satupintu_outbox_attempts_total" in metrics
    shown = "\n".join((str(told), caplog.text, metrics))
    secrets = (office.cloud.token, SITI, SITI.removeprefix("62"), USER, "Siti", "sakit", "wamid.FAKE")
    assert [secret for secret in secrets if secret in shown] == []
