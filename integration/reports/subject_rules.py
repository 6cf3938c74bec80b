"""What may be done about somebody a report is about: say who of the registry they are, or that it has no such person,
and propose to correct it.

Pure decisions: the same `decide` says what a client is offered (`availableActions`) and what the service refuses.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from integration.codes import MatchState, ReportStatus, Role, UserErrorCode
from integration.refusal import NOT_YOUR_ROLE, No
from integration.verval.rules import PROPOSERS

# The desk and its leads. A verifier too, but only one whom another role lets see the report.
DECIDERS = frozenset({Role.ADMIN, Role.TEAM_LEAD, Role.SECRETARY, Role.VERIFIER})


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision about one subject rests on. `has_candidate`: somebody is suggested or confirmed."""

    match_state: MatchState
    status: ReportStatus
    has_candidate: bool
    has_name: bool


_CONFIRM, _REJECT, _ABSENT, _PROPOSE = (
    "subjectConfirmMatch",
    "subjectRejectMatch",
    "subjectMarkNotInRegistry",
    "vervalPropose",
)
ROLES: Mapping[str, frozenset[Role]] = {
    _CONFIRM: DECIDERS,
    _REJECT: DECIDERS,
    _ABSENT: DECIDERS,
    _PROPOSE: PROPOSERS,
}


def required_input(act: str, facts: Facts) -> list[str]:
    """What the act must be told besides the subject."""
    if act in (_CONFIRM, _REJECT):
        return ["person"]
    if act == _PROPOSE:
        # Somebody new can't be proposed without a name.
        nameless = facts.match_state is not MatchState.CONFIRMED and not facts.has_name
        return ["action", "reason", *(["changes"] if nameless else [])]
    return []


def decide(act: str, facts: Facts, roles: frozenset[Role]) -> No | None:
    """Whether a viewer with these roles may do this act now; None means yes."""
    if roles.isdisjoint(ROLES[act]):
        return NOT_YOUR_ROLE
    if facts.status is ReportStatus.WITHDRAWN:
        return No(
            UserErrorCode.ILLEGAL_TRANSITION,
            "Laporan ini sudah ditarik pelapornya.",
            "The report was taken back by its reporter.",
        )
    if act in (_CONFIRM, _ABSENT) and facts.match_state is MatchState.CONFIRMED:
        return No(
            UserErrorCode.ILLEGAL_TRANSITION,
            "Subjek ini sudah dikonfirmasi. Bila keliru, tolak dahulu kecocokannya (subjectRejectMatch).",
            "This subject is confirmed already. If that is wrong, first reject the match (subjectRejectMatch).",
            ("subject",),
        )
    if act == _REJECT and not facts.has_candidate:
        return No(
            UserErrorCode.INVALID,
            "Tidak ada calon kecocokan untuk subjek ini.",
            "There is no candidate for this subject.",
            ("person",),
        )
    return None
