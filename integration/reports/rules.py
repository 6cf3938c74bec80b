"""The nine steps as one table: which act moves a report from where to where, who may do it, and what it needs.

Keputusan 1167/DINAS SOSIAL/SET.I/337/12/2022, with the branches the decree leaves open. Pure decisions: the same
`decide` says what a client is offered (`availableActions`) and what the service refuses.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from integration.codes import ReportStatus as S
from integration.codes import Role, UserErrorCode
from integration.refusal import NOT_YOUR_ROLE, No
from integration.reports.steps import SOP_STEP

Roles: TypeAlias = frozenset[Role]
LEGAL_BASIS = "KEP-1167-2022"
# How long a merge can be taken back.
UNMERGE_WINDOW = timedelta(days=30)

ADMIN: Roles = frozenset({Role.ADMIN})
LEADS: Roles = frozenset({Role.TEAM_LEAD, Role.SECRETARY})
HANDLERS: Roles = frozenset({Role.DIVISION_HEAD, Role.TEAM_MEMBER, Role.TKSK})
WRITERS: Roles = frozenset({Role.DIVISION_HEAD, Role.TEAM_MEMBER})
# Not the desk: it is the desk that states the outcome.
CHECKERS: Roles = LEADS | WRITERS | {Role.AGENCY_HEAD}
REPORTER: Roles = frozenset({Role.CITIZEN})

BEFORE_REPLY = frozenset({
    S.RECEIVED, S.UNDER_VERIFICATION, S.NEEDS_INFO, S.ACKNOWLEDGED, S.FORWARDED, S.DISPOSITIONED, S.IN_FOLLOW_UP,
    S.REPLY_DRAFTED,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision about one report rests on, as seen by one viewer."""

    status: S
    now: datetime
    has_category: bool = False
    has_region: bool = False
    is_emergency: bool = False
    is_assignee: bool = False
    holds_unit: bool = False
    is_reporter: bool = False
    is_drafter: bool = False
    has_action: bool = False
    was_disposed: bool = False
    reopenable_until: datetime | None = None
    unmergeable_until: datetime | None = None
    status_before_merge: S | None = None
    is_confirmed: bool = False
    is_verified: bool = False
    handled_here: bool = False
    may_send_own_draft: bool = False
    is_escalated: bool = False


Guard: TypeAlias = Callable[[Facts, Roles], No | None]


@dataclass(frozen=True, slots=True)
class Move:
    """A row of the table. `target` None: the report stays where it is. `inputs` are what the act must be told."""

    act: str
    sources: frozenset[S]
    target: S | None
    roles: Roles
    step: int | None
    inputs: tuple[str, ...] = ()
    guard: Guard | None = None


def _assignee(facts: Facts, _roles: Roles) -> No | None:
    if facts.is_assignee:
        return None
    return No(
        UserErrorCode.FORBIDDEN,
        "Hanya petugas atau bidang yang ditugasi boleh melakukan ini.",
        "Only those the report is assigned to may do this.",
    )


def _ready_to_forward(facts: Facts, _roles: Roles) -> No | None:
    missing = [name for name, there in (("category", facts.has_category), ("region", facts.has_region)) if not there]
    if not missing:
        return None
    words = {"category": "kategori", "region": "wilayah"}
    return No(
        UserErrorCode.INVALID,
        f"Isi dahulu {' dan '.join(words[name] for name in missing)} laporan (reportClassify).",
        f"First set the report's {' and '.join(missing)} (reportClassify).",
        tuple(missing[:1]),
    )


def _may_dispose(facts: Facts, roles: Roles) -> No | None:
    if not roles.isdisjoint(LEADS):
        return None
    if facts.status is S.FORWARDED or not facts.holds_unit:
        return No(
            UserErrorCode.FORBIDDEN,
            "Kepala bidang mendisposisi di dalam bidangnya sendiri, setelah laporan didisposisi kepadanya.",
            "A division head passes on within the own unit, once the report was given to it.",
        )
    return None


def _has_action(facts: Facts, roles: Roles) -> No | None:
    refused = _assignee(facts, roles)
    if refused is not None or facts.has_action:
        return refused
    return No(
        UserErrorCode.INVALID,
        "Catat dahulu sedikitnya satu tindakan (reportAddAction); bila hanya memberi informasi, pilih INFORMATION.",
        "First record at least one action (reportAddAction); of kind INFORMATION if nothing else was needed.",
    )


def _four_eyes(facts: Facts, _roles: Roles) -> No | None:
    if not facts.is_drafter or facts.may_send_own_draft:
        return None
    return No(
        UserErrorCode.FORBIDDEN,
        "Balasan dikirim oleh petugas lain daripada yang menyusunnya.",
        "A reply is sent by somebody else than who drafted it.",
    )


def _reopenable(facts: Facts, roles: Roles) -> No | None:
    refused = _own_or(ADMIN | {Role.TEAM_LEAD})(facts, roles)
    if refused is not None:
        return refused
    if facts.reopenable_until is not None and facts.now <= facts.reopenable_until:
        return None
    return No(
        UserErrorCode.ILLEGAL_TRANSITION,
        "Batas waktu untuk membuka kembali laporan ini sudah lewat.",
        "The time to reopen this report has passed.",
    )


def _unmergeable(facts: Facts, _roles: Roles) -> No | None:
    if facts.unmergeable_until is not None and facts.now <= facts.unmergeable_until:
        return None
    return No(
        UserErrorCode.ILLEGAL_TRANSITION,
        "Batas waktu untuk memisahkan kembali laporan ini sudah lewat.",
        "The time to part these reports again has passed.",
    )


def _own_or(office: Roles) -> Guard:
    """Its own reporter, or one of these; another role held beside that of a citizen gives no right to it."""

    def guard(facts: Facts, roles: Roles) -> No | None:
        if facts.is_reporter or not roles.isdisjoint(office):
            return None
        return No(
            UserErrorCode.FORBIDDEN,
            "Hanya pelapornya sendiri yang boleh melakukan ini.",
            "Only its own reporter may do this.",
        )

    return guard


def _unconfirmed(facts: Facts, roles: Roles) -> No | None:
    refused = _own_or(frozenset())(facts, roles)
    if refused is not None or not facts.is_confirmed:
        return refused
    return No(
        UserErrorCode.ILLEGAL_TRANSITION,
        "Hasil laporan ini sudah dikonfirmasi pelapornya.",
        "Its reporter has confirmed the outcome already.",
    )


def _unverified(facts: Facts, _roles: Roles) -> No | None:
    if facts.handled_here:
        return No(
            UserErrorCode.FORBIDDEN,
            "Hasil diperiksa oleh bidang lain daripada yang menanganinya.",
            "An outcome is checked by another unit than the one that handled the report.",
        )
    if not facts.is_verified:
        return None
    return No(
        UserErrorCode.ILLEGAL_TRANSITION,
        "Hasil laporan ini sudah diperiksa.",
        "The outcome has been checked already.",
    )


def _from(*states: S) -> frozenset[S]:
    return frozenset(states)


# The table. Who may from where: the office's decision where the decree leaves room.
MOVES: tuple[Move, ...] = (
    Move("reportVerify", _from(S.RECEIVED, S.NEEDS_INFO), S.UNDER_VERIFICATION, ADMIN, 2),
    Move("reportRequestInfo", _from(S.UNDER_VERIFICATION), S.NEEDS_INFO, ADMIN, 2, ("question",)),
    Move("reportClassify", _from(S.UNDER_VERIFICATION, S.ACKNOWLEDGED, S.FORWARDED), None, ADMIN | LEADS, 2),
    Move(
        "reportReject",
        _from(S.UNDER_VERIFICATION, S.NEEDS_INFO, S.ACKNOWLEDGED),
        S.REJECTED,
        ADMIN,
        2,
        ("reason",),
    ),
    Move(
        "reportMerge",
        _from(S.RECEIVED, S.UNDER_VERIFICATION, S.NEEDS_INFO, S.ACKNOWLEDGED),
        S.MERGED,
        ADMIN,
        2,
        ("into",),
    ),
    # Its target is the state before the merge.
    Move("reportUnmerge", _from(S.MERGED), None, ADMIN, 2, guard=_unmergeable),
    Move("reportAcknowledge", _from(S.UNDER_VERIFICATION), S.ACKNOWLEDGED, ADMIN, 3),
    Move("reportForward", _from(S.ACKNOWLEDGED), S.FORWARDED, ADMIN, 4, guard=_ready_to_forward),
    # From FORWARDED it moves; a further disposition leaves the report where it is.
    Move(
        "reportDispose",
        _from(S.FORWARDED, S.DISPOSITIONED, S.IN_FOLLOW_UP),
        S.DISPOSITIONED,
        LEADS | {Role.DIVISION_HEAD},
        5,
        ("instruction", "staff"),
        _may_dispose,
    ),
    Move("reportStartFollowUp", _from(S.DISPOSITIONED), S.IN_FOLLOW_UP, HANDLERS, 6, guard=_assignee),
    Move("reportAddAction", _from(S.IN_FOLLOW_UP, S.REPLY_DRAFTED), None, HANDLERS, 6, ("kind", "result"), _assignee),
    Move(
        "reportDraftReply", _from(S.IN_FOLLOW_UP, S.REPLY_DRAFTED), S.REPLY_DRAFTED, WRITERS, 7, ("text",), _has_action
    ),
    Move("reportSendReply", _from(S.REPLY_DRAFTED), S.REPLY_SENT, ADMIN, 8, guard=_four_eyes),
    Move("reportArchive", _from(S.REPLY_SENT), S.ARCHIVED, ADMIN, 9, ("outcome",)),
    # Its target is DISPOSITIONED if it ever was there, else UNDER_VERIFICATION.
    Move(
        "reportReopen",
        _from(S.REPLY_SENT, S.ARCHIVED, S.REJECTED),
        None,
        REPORTER | ADMIN | {Role.TEAM_LEAD},
        None,
        ("reason",),
        _reopenable,
    ),
    # An emergency stays open and is only de-identified.
    Move("reportWithdraw", BEFORE_REPLY, S.WITHDRAWN, REPORTER | ADMIN, None, guard=_own_or(ADMIN)),
    # What people outside the handling unit say of the outcome; the report stays where it is.
    Move("outcomeConfirm", _from(S.REPLY_SENT, S.ARCHIVED), None, REPORTER, None, guard=_unconfirmed),
    Move("outcomeVerify", _from(S.ARCHIVED), None, CHECKERS, None, guard=_unverified),
)
BY_ACT: Mapping[str, Move] = {move.act: move for move in MOVES}


def target(move: Move, facts: Facts) -> S:
    """The state an allowed act leads to."""
    if move.act == "reportUnmerge":
        return facts.status_before_merge or S.UNDER_VERIFICATION
    if move.act == "reportReopen":
        return S.DISPOSITIONED if facts.was_disposed else S.UNDER_VERIFICATION
    if move.act == "reportDispose" and facts.status is not S.FORWARDED:
        return facts.status
    if move.act == "reportWithdraw" and facts.is_emergency:
        return facts.status
    return move.target or facts.status


def decide(act: str, facts: Facts, roles: Roles) -> No | None:
    """Whether a viewer with these roles may do this act now; None means yes. Role first, then state, then the rest."""
    move = BY_ACT[act]
    if facts.is_escalated and Role.AGENCY_HEAD in roles:
        # The head acts on what was escalated as the team's lead would.
        roles |= {Role.TEAM_LEAD}
    if roles.isdisjoint(move.roles):
        return NOT_YOUR_ROLE
    if facts.status not in move.sources:
        return _illegal(move, facts.status)
    return move.guard(facts, roles) if move.guard else None


def _illegal(move: Move, status: S) -> No:
    here = SOP_STEP[status]
    expected = sorted(SOP_STEP[source] for source in move.sources)
    at = f"{expected[0]}" if expected[0] == expected[-1] else f"{expected[0]}-{expected[-1]}"
    return No(
        UserErrorCode.ILLEGAL_TRANSITION,
        f"Laporan berada di langkah {here} ({status}); tindakan ini hanya dari langkah {at} "
        f"({', '.join(sorted(move.sources))}).",
        f"The report is at step {here} ({status}); this act goes only from step {at} "
        f"({', '.join(sorted(move.sources))}).",
    )
