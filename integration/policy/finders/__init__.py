"""The kinds of signal rules, a module each. A new kind is a value of `SignalKind`, a module here with its `Finder`, a
line below, and a row of `signal_rules.csv`. A rule that is inactive there has none yet.
"""

from collections.abc import Mapping

from integration.policy.codes import EvidenceKind, SignalKind
from integration.policy.finders import lateness, reports, services, silence, staleness
from integration.policy.finding import Finder, Gauge

FINDERS: Mapping[SignalKind, Finder] = {
    SignalKind.CATEGORY_QUARTER: reports.QUARTER,
    SignalKind.CATEGORY_DISTRICT: reports.DISTRICT,
    SignalKind.UNIT_BREACHES: lateness.UNIT,
    SignalKind.REGISTRY_STALE: staleness.VILLAGE,
    SignalKind.SPM_UNSERVED: services.UNSERVED,
    SignalKind.SILENT_DISTRICT: silence.DISTRICT,
}
# What somebody may have counted as evidence, without a signal.
GAUGES: Mapping[EvidenceKind, Gauge] = {
    EvidenceKind.REPORTS: reports.GAUGE,
    EvidenceKind.LATE_STEPS: lateness.GAUGE,
    EvidenceKind.STALE_REGISTRY: staleness.GAUGE,
    EvidenceKind.SPM_UNSERVED: services.GAUGE,
}
