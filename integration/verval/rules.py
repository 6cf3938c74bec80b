"""Proposals as one table: which act leads where, who may do it, and what it needs. A profile says in which order.

Pure decisions: the same `decide` says what a client is offered (`availableActions`) and what the service refuses.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from integration.codes import RegistryScheme, Role, UserErrorCode, VervalAction, VervalReason
from integration.codes import VervalStatus as S
from integration.refusal import NOT_YOUR_ROLE, No

Roles: TypeAlias = frozenset[Role]

PROPOSERS: Roles = frozenset({
    Role.ADMIN, Role.TEAM_LEAD, Role.SECRETARY, Role.DIVISION_HEAD, Role.TEAM_MEMBER, Role.TKSK, Role.VILLAGE_OPERATOR,
    Role.VERIFIER,
})  # fmt: skip
SENDERS: Roles = frozenset({Role.ADMIN, Role.VERIFIER})
# A proposal that came to its end.
CLOSED = frozenset({S.ACCEPTED, S.REJECTED_CENTRAL, S.WITHDRAWN})
# In the hands of whoever proposed it.
AT_PROPOSER = frozenset({S.DRAFT, S.RETURNED})


@dataclass(frozen=True, slots=True)
class Step:
    """A state of a profile, what must be there to reach it, and the decree that provides for it."""

    status: S
    requires: frozenset[str] = frozenset()
    legal_basis: str | None = None
    is_confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Profile:
    """The states of the procedure in their order, from PROPOSED to SUBMITTED."""

    code: str
    scheme: RegistryScheme
    steps: tuple[Step, ...]

    def before(self, status: S) -> S | None:
        """The state a step starts from; None for a step that this profile does not have."""
        order = [step.status for step in self.steps]
        return order[order.index(status) - 1] if status in order[1:] else None

    def after(self, status: S) -> S | None:
        """The state that comes next."""
        order = [step.status for step in self.steps]
        return order[order.index(status) + 1] if status in order[:-1] else None

    def step(self, status: S) -> Step | None:
        """The step that leads to a state."""
        return next((step for step in self.steps if step.status is status), None)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision about one proposal rests on, as seen by one viewer."""

    status: S
    profile: Profile
    is_proposer: bool = False
    has_minutes: bool = False
    is_assessor: bool = False


Guard: TypeAlias = Callable[[Facts, Roles], No | None]


@dataclass(frozen=True, slots=True)
class Move:
    """A row of the table. `inputs` are what the act must be told besides the proposal."""

    act: str
    target: S
    roles: Roles
    inputs: tuple[str, ...] = ()
    guard: Guard | None = None


def _other_eyes(facts: Facts, _roles: Roles) -> No | None:
    if not facts.is_assessor:
        return None
    return No(
        UserErrorCode.FORBIDDEN,
        "Verifikasi dilakukan oleh petugas lain daripada yang menilai di lapangan.",
        "The office verifies by somebody else than who made the field assessment.",
    )


def _minuted(facts: Facts, _roles: Roles) -> No | None:
    step = facts.profile.step(S.ENDORSED)
    if facts.has_minutes or step is None or "minutes" not in step.requires:
        return None
    return No(
        UserErrorCode.INVALID,
        "Usulan ini belum mempunyai berita acara musyawarah, sehingga tidak dapat disahkan.",
        "The proposal has no minutes of a deliberation, so it cannot be endorsed.",
    )


def _own(facts: Facts, roles: Roles) -> No | None:
    if facts.is_proposer or Role.ADMIN in roles:
        return None
    return No(
        UserErrorCode.FORBIDDEN,
        "Hanya pengusulnya atau admin yang boleh melakukan ini.",
        "Only who proposed it, or the desk, may do this.",
    )


def _holder(facts: Facts, roles: Roles) -> No | None:
    following = facts.profile.after(facts.status)
    move = next((move for move in MOVES if move.target is following), None)
    return None if move is not None and not roles.isdisjoint(move.roles) else NOT_YOUR_ROLE


# The table. Who acts at which step: the office's decision where the regulations leave room.
MOVES: tuple[Move, ...] = (
    Move("vervalRevise", S.PROPOSED, PROPOSERS, guard=_own),
    Move(
        "vervalDeliberate",
        S.DELIBERATED,
        frozenset({Role.VILLAGE_OPERATOR}),
        ("minutesNumber", "heldOn", "place", "attendance"),
    ),
    Move(
        "vervalAssess",
        S.FIELD_VERIFIED,
        frozenset({Role.TKSK, Role.VERIFIER}),
        ("form", "formVersion", "answers", "latitude", "longitude", "recommendation", "visitedOn"),
    ),
    Move("vervalVerify", S.DINSOS_VERIFIED, frozenset({Role.VERIFIER, Role.DIVISION_HEAD}), guard=_other_eyes),
    Move("vervalEndorse", S.ENDORSED, frozenset({Role.AGENCY_HEAD}), ("documentNumber", "documentDate"), _minuted),
    Move("vervalBatchCreate", S.SUBMITTED, SENDERS, ("scheme",)),
    # Whoever could take the next step may give it back instead.
    Move(
        "vervalReturn",
        S.RETURNED,
        SENDERS | {Role.VILLAGE_OPERATOR, Role.TKSK, Role.DIVISION_HEAD, Role.AGENCY_HEAD},
        ("reason",),
        _holder,
    ),
    Move("vervalWithdraw", S.WITHDRAWN, PROPOSERS, guard=_own),
)
BY_ACT: Mapping[str, Move] = {move.act: move for move in MOVES}


def sources(move: Move, profile: Profile) -> frozenset[S]:
    """The states an act goes from, by this profile."""
    under_way = frozenset(step.status for step in profile.steps[:-1])
    if move.act == "vervalRevise":
        return AT_PROPOSER
    if move.act == "vervalReturn":
        return under_way
    if move.act == "vervalWithdraw":
        return under_way | AT_PROPOSER
    before = profile.before(move.target)
    return frozenset() if before is None else frozenset({before})


def decide(act: str, facts: Facts, roles: Roles) -> No | None:
    """Whether a viewer with these roles may do this act now; None means yes. Role first, then state, then the rest."""
    move = BY_ACT[act]
    if roles.isdisjoint(move.roles):
        return NOT_YOUR_ROLE
    allowed = sources(move, facts.profile)
    if facts.status not in allowed:
        return _illegal(facts, allowed)
    return move.guard(facts, roles) if move.guard else None


def _illegal(facts: Facts, allowed: frozenset[S]) -> No:
    if not allowed:
        return No(
            UserErrorCode.ILLEGAL_TRANSITION,
            f"Langkah ini tidak ada dalam prosedur {facts.profile.code}.",
            f"The procedure {facts.profile.code} has no such step.",
        )
    at = ", ".join(sorted(allowed))
    return No(
        UserErrorCode.ILLEGAL_TRANSITION,
        f"Usulan berstatus {facts.status}; tindakan ini hanya dari {at}.",
        f"The proposal is {facts.status}; this act goes only from {at}.",
    )


def open_key(whose: UUID, scheme: RegistryScheme, action: VervalAction) -> str:
    """What no two open proposals share: a person, or a subject nobody knows yet, a registry and an action."""
    return f"{whose.hex}:{scheme}:{action}"


# Which reasons an action can have.
R, A = VervalReason, VervalAction
REASONS: Mapping[VervalAction, frozenset[VervalReason]] = {
    A.ADD: frozenset({R.EXCLUSION_ERROR, R.INCOMPLETE, R.MOVED}),
    A.UPDATE: frozenset({R.NIK_INACTIVE, R.NIK_MISMATCH, R.MOVED, R.INCOMPLETE, R.DECEASED, R.DUPLICATE}),
    A.REMOVE: frozenset({R.DECEASED, R.MOVED, R.DUPLICATE, R.INCLUSION_ERROR, R.NIK_INACTIVE}),
    A.DESIL_REVIEW: frozenset({R.DESIL_DISPUTED, R.EXCLUSION_ERROR, R.INCLUSION_ERROR}),
}
# What an objection against an active record asks for, by its reason.
OBJECTIONS: Mapping[VervalReason, VervalAction] = {
    R.INCLUSION_ERROR: A.REMOVE,
    R.DECEASED: A.REMOVE,
    R.MOVED: A.REMOVE,
    R.DUPLICATE: A.REMOVE,
    R.DESIL_DISPUTED: A.DESIL_REVIEW,
}


def fits(action: VervalAction, reason: VervalReason, *, has_person: bool, has_name: bool, changes: int) -> No | None:
    """Whether a proposal is one at all."""
    if reason not in REASONS[action]:
        named = ", ".join(sorted(REASONS[action]))
        return No(
            UserErrorCode.INVALID,
            f"Alasan untuk {action} adalah salah satu dari: {named}.",
            f"The reason for {action} is one of: {named}.",
            ("reason",),
        )
    if action is not A.ADD and not has_person:
        return No(
            UserErrorCode.INVALID,
            "Tindakan ini memerlukan orang dalam data; konfirmasi dahulu siapa subjeknya (subjectConfirmMatch).",
            "This needs a person of the registry; first confirm who the subject is (subjectConfirmMatch).",
            ("person",),
        )
    if action is A.ADD and not has_person and not has_name:
        return No(UserErrorCode.INVALID, "Sebutkan namanya (NAME).", "Tell their name (NAME).", ("changes",))
    if action is A.UPDATE and not changes:
        return No(UserErrorCode.INVALID, "Sebutkan apa yang diperbaiki.", "Tell what shall be corrected.", ("changes",))
    return None
