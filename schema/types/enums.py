"""Every closed list of codes, published with its words: importing this module is what publishes them."""

from schema.types import (
    common_enums,
    measure_enums,
    meeting_enums,
    policy_enums,
    report_enums,
    statistic_enums,
    verval_enums,
)

__all__ = [
    "common_enums",
    "measure_enums",
    "meeting_enums",
    "policy_enums",
    "report_enums",
    "statistic_enums",
    "verval_enums",
]
