"""Who may do what to a proposal from where: the office's decisions, written down a second time by hand.

Nothing here is taken from the program; where the two differ, one is wrong. A letter is a role, `-` says that the act
does not go from there. It is the procedure as both profiles have it; whoever proposed it is a proposer.
"""

ROLES = {
    "A": "ADMIN", "L": "TEAM_LEAD", "S": "SECRETARY", "H": "AGENCY_HEAD", "D": "DIVISION_HEAD", "M": "TEAM_MEMBER",
    "T": "TKSK", "O": "VILLAGE_OPERATOR", "V": "VERIFIER",
}  # fmt: skip
WITHOUT = ("CITIZEN", "OPD_CLIENT", "ANALYST", "AUDITOR", "SYSTEM_CLIENT")
STATES = (
    "DRAFT", "PROPOSED", "DELIBERATED", "FIELD_VERIFIED", "DINSOS_VERIFIED", "ENDORSED", "SUBMITTED", "ACCEPTED",
    "REJECTED_CENTRAL", "RETURNED", "WITHDRAWN",
)  # fmt: skip

_GRID = """
                   DRAFT    PROP     DELI     FIEL     DINS     ENDO     SUBM ACCE REJE RETU     WITH leads to
vervalRevise       ALSDMTOV -        -        -        -        -        -    -    -    ALSDMTOV -    PROPOSED
vervalDeliberate   -        O        -        -        -        -        -    -    -    -        -    DELIBERATED
vervalAssess       -        -        TV       -        -        -        -    -    -    -        -    FIELD_VERIFIED
vervalVerify       -        -        -        VD       -        -        -    -    -    -        -    DINSOS_VERIFIED
vervalEndorse      -        -        -        -        H        -        -    -    -    -        -    ENDORSED
vervalBatchCreate  -        -        -        -        -        AV       -    -    -    -        -    SUBMITTED
vervalReturn       -        O        TV       VD       H        AV       -    -    -    -        -    RETURNED
vervalWithdraw     ALSDMTOV ALSDMTOV ALSDMTOV ALSDMTOV ALSDMTOV ALSDMTOV -    -    -    ALSDMTOV -    WITHDRAWN
"""


def _read() -> dict[str, tuple[dict[str, str], str]]:
    rows = {}
    for line in _GRID.strip().splitlines()[1:]:
        act, *cells, leads_to = line.split()
        rows[act] = dict(zip(STATES, cells, strict=True)), leads_to
    return rows


_ROWS = _read()
ACTS = tuple(_ROWS)

# One thing not as it should be, and what it costs whom (ALL: whoever could else). As named in the facts.
CONDITIONS = (
    ("vervalRevise", {"is_proposer": False}, "LSDMTOV", "FORBIDDEN"),
    ("vervalWithdraw", {"is_proposer": False}, "LSDMTOV", "FORBIDDEN"),
    ("vervalVerify", {"is_assessor": True}, "ALL", "FORBIDDEN"),
    ("vervalEndorse", {"has_minutes": False}, "ALL", "INVALID"),
)


def letters(act: str, state: str) -> str:
    """Who may do it from there, if nothing else stands against it."""
    cell = _ROWS[act][0][state]
    return "" if cell == "-" else cell


def leads_to(act: str) -> str:
    """Where an allowed act leaves the proposal."""
    return _ROWS[act][1]


def verdict(act: str, state: str, role: str) -> str | None:
    """None if they may; else the code: FORBIDDEN for their role, ILLEGAL_TRANSITION for the state it is in."""
    here = {ROLES[letter] for letter in letters(act, state)}
    anywhere = {ROLES[letter] for one in STATES for letter in letters(act, one)}
    if role in here:
        return None
    if role not in anywhere:
        return "FORBIDDEN"
    return "FORBIDDEN" if here else "ILLEGAL_TRANSITION"
