"""What a hand-over says to whoever gets the report."""

from datetime import datetime

from integration.clocks.escalation import Recipient, Trigger
from integration.db.zone import WITA

_WHO = {
    Recipient.BACKUP: "petugas piket cadangan",
    Recipient.ADMIN: "admin yang bertugas",
    Recipient.TEAM_LEAD: "ketua tim pengaduan",
    Recipient.SECRETARY: "sekretaris dinas",
    Recipient.AGENCY_HEAD: "kepala dinas",
}


def reason(trigger: Trigger, to: Recipient, step: int, since: datetime) -> str:
    """Why it comes to them."""
    if trigger is Trigger.UNATTENDED:
        return f"Belum ditangani sejak {_when(since)}; dialihkan kepada {_WHO[to]}"
    return f"Batas waktu langkah {step} terlewati pada {_when(since)}; dinaikkan kepada {_WHO[to]}"


def _when(moment: datetime) -> str:
    return moment.astimezone(WITA).strftime("%d-%m-%Y %H.%M WITA")
