"""Who may call a meeting and put one on record, and which day it is. Pure."""

from datetime import date, datetime

from integration.db.zone import WITA
from integration.policy.rules import DECIDERS, PROPOSERS

# Whoever may propose a policy or decide on it may call the agencies together; what was decided there is for those who
# decide to put on record.
CALLERS = PROPOSERS | DECIDERS
RECORDERS = DECIDERS


def today(now: datetime) -> date:
    """The local day."""
    return now.astimezone(WITA).date()
