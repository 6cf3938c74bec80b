"""Closed lists of the policy loop that no other noun needs."""

from enum import StrEnum


class SignalKind(StrEnum):
    """What a signal's rule counts."""

    CATEGORY_QUARTER = "CATEGORY_QUARTER"
    CATEGORY_DISTRICT = "CATEGORY_DISTRICT"
    UNIT_BREACHES = "UNIT_BREACHES"
    REGISTRY_STALE = "REGISTRY_STALE"
    SPM_UNSERVED = "SPM_UNSERVED"
    SILENT_DISTRICT = "SILENT_DISTRICT"
    REFERRAL_REFUSALS = "REFERRAL_REFUSALS"


class OutreachKind(StrEnum):
    """How people were told where to report."""

    MEETING = "MEETING"
    VISIT = "VISIT"
    TRAINING = "TRAINING"
    BROADCAST = "BROADCAST"
    PUBLICATION = "PUBLICATION"
    OTHER = "OTHER"


class EvidenceKind(StrEnum):
    """What evidence counts. INDICATOR is whatever else a rule of signals looks at."""

    REPORTS = "REPORTS"
    LATE_STEPS = "LATE_STEPS"
    STALE_REGISTRY = "STALE_REGISTRY"
    SPM_UNSERVED = "SPM_UNSERVED"
    INDICATOR = "INDICATOR"


class PlanningKind(StrEnum):
    RPJMN = "RPJMN"
    RPJMD = "RPJMD"
    RENSTRA = "RENSTRA"
    RENJA = "RENJA"
    LKJIP = "LKJIP"
