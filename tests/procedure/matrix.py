"""Who may do what to a report from where: the office's decisions, written down a second time by hand.

Nothing here is taken from the program; where the two differ, one is wrong. A letter is a role, `-` says that the
act does not go from there. D, M and T must be assigned, C the reporter; H acts as L on what was escalated to the head.
"""

ROLES = {
    "A": "ADMIN", "L": "TEAM_LEAD", "S": "SECRETARY", "H": "AGENCY_HEAD", "D": "DIVISION_HEAD", "M": "TEAM_MEMBER",
    "T": "TKSK", "C": "CITIZEN",
}  # fmt: skip
# These may do nothing to any report.
WITHOUT = ("VILLAGE_OPERATOR", "VERIFIER", "OPD_CLIENT", "ANALYST", "AUDITOR", "SYSTEM_CLIENT")

STATES = (
    "RECEIVED", "UNDER_VERIFICATION", "NEEDS_INFO", "ACKNOWLEDGED", "FORWARDED", "DISPOSITIONED", "IN_FOLLOW_UP",
    "REPLY_DRAFTED", "REPLY_SENT", "ARCHIVED", "REJECTED", "MERGED", "WITHDRAWN",
)  # fmt: skip

_GRID = """
                       RECV VERI NEED ACKN FORW DISP FUP  DRAF SENT ARCH REJE MERG WITH   leads to
reportVerify           A    -    A    -    -    -    -    -    -    -    -    -    -      UNDER_VERIFICATION
reportRequestInfo      -    A    -    -    -    -    -    -    -    -    -    -    -      NEEDS_INFO
reportClassify         -    ALS  -    ALS  ALS  -    -    -    -    -    -    -    -      same
reportReject           -    A    A    A    -    -    -    -    -    -    -    -    -      REJECTED
reportMerge            A    A    A    A    -    -    -    -    -    -    -    -    -      MERGED
reportUnmerge          -    -    -    -    -    -    -    -    -    -    -    A    -      before
reportAcknowledge      -    A    -    -    -    -    -    -    -    -    -    -    -      ACKNOWLEDGED
reportForward          -    -    -    A    -    -    -    -    -    -    -    -    -      FORWARDED
reportDispose          -    -    -    -    LS   LSD  LSD  -    -    -    -    -    -      further
reportStartFollowUp    -    -    -    -    -    DMT  -    -    -    -    -    -    -      IN_FOLLOW_UP
reportAddAction        -    -    -    -    -    -    DMT  DMT  -    -    -    -    -      same
reportDraftReply       -    -    -    -    -    -    DM   DM   -    -    -    -    -      REPLY_DRAFTED
reportSendReply        -    -    -    -    -    -    -    A    -    -    -    -    -      REPLY_SENT
reportArchive          -    -    -    -    -    -    -    -    A    -    -    -    -      ARCHIVED
reportReopen           -    -    -    -    -    -    -    -    ALC  ALC  ALC  -    -      again
reportWithdraw         AC   AC   AC   AC   AC   AC   AC   AC   -    -    -    -    -      WITHDRAWN
outcomeConfirm         -    -    -    -    -    -    -    -    C    C    -    -    -      same
outcomeVerify          -    -    -    -    -    -    -    -    -    LSHDM -   -    -      same
"""


def _read() -> dict[str, tuple[dict[str, str], str]]:
    rows = {}
    for line in _GRID.strip().splitlines()[1:]:
        act, *cells, leads_to = line.split()
        rows[act] = dict(zip(STATES, cells, strict=True)), leads_to
    return rows


_ROWS = _read()
ACTS = tuple(_ROWS)

# One thing not as it should be, and what it costs whom (all of them: whoever could else). As named in the facts.
CONDITIONS = (
    ("reportForward", {"has_category": False}, "ALL", "INVALID"),
    ("reportForward", {"has_region": False}, "ALL", "INVALID"),
    ("reportDispose", {"holds_unit": False}, "D", "FORBIDDEN"),
    ("reportStartFollowUp", {"is_assignee": False}, "ALL", "FORBIDDEN"),
    ("reportAddAction", {"is_assignee": False}, "ALL", "FORBIDDEN"),
    ("reportDraftReply", {"is_assignee": False}, "ALL", "FORBIDDEN"),
    ("reportDraftReply", {"has_action": False}, "ALL", "INVALID"),
    ("reportSendReply", {"is_drafter": True}, "ALL", "FORBIDDEN"),
    ("reportUnmerge", {"unmergeable_until": "past"}, "ALL", "ILLEGAL_TRANSITION"),
    ("reportUnmerge", {"unmergeable_until": None}, "ALL", "ILLEGAL_TRANSITION"),
    ("reportReopen", {"reopenable_until": "past"}, "ALL", "ILLEGAL_TRANSITION"),
    ("reportReopen", {"reopenable_until": None}, "ALL", "ILLEGAL_TRANSITION"),
    ("reportReopen", {"is_reporter": False}, "C", "FORBIDDEN"),
    ("reportWithdraw", {"is_reporter": False}, "C", "FORBIDDEN"),
    ("outcomeConfirm", {"is_reporter": False}, "C", "FORBIDDEN"),
    ("outcomeConfirm", {"is_confirmed": True}, "ALL", "ILLEGAL_TRANSITION"),
    ("outcomeVerify", {"handled_here": True}, "ALL", "FORBIDDEN"),
    ("outcomeVerify", {"is_verified": True}, "ALL", "ILLEGAL_TRANSITION"),
)


def letters(act: str, state: str) -> str:
    """Who may do it from there, if nothing else stands against it."""
    cell = _ROWS[act][0][state]
    return "" if cell == "-" else cell


def verdict(act: str, state: str, role: str, *, escalated: bool = False) -> str | None:
    """None if they may; else the code: FORBIDDEN for their role, ILLEGAL_TRANSITION for the state the report is in."""
    names = {role}
    if role == "AGENCY_HEAD" and escalated:
        names.add("TEAM_LEAD")
    here = {ROLES[letter] for letter in letters(act, state)}
    anywhere = {ROLES[letter] for one in STATES for letter in letters(act, one)}
    if names & here:
        return None
    if not names & anywhere:
        return "FORBIDDEN"
    return "FORBIDDEN" if here else "ILLEGAL_TRANSITION"


def leads_to(act: str, state: str, *, before: str, disposed: bool, emergency: bool = False) -> str:
    """Where an allowed act leaves the report."""
    told = _ROWS[act][1]
    if act == "reportWithdraw" and emergency:
        return state
    return {
        "same": state,
        "before": before,
        "further": "DISPOSITIONED" if state == "FORWARDED" else state,
        "again": "DISPOSITIONED" if disposed else "UNDER_VERIFICATION",
    }.get(told, told)
