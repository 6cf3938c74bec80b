"""What Meta's error codes mean for a message: give it up, try it again, let everybody wait, or send it as a template.

Codes and their meaning: developers.facebook.com, WhatsApp Business Platform, Error codes (May 2026). What concerns our
account and not the message (an expired token, an unpaid bill, a lock) passes: somebody sets it right, and the message
is still wanted then.
"""

from integration.connectors.whatsapp.port import Failure, Nature

# 24 hours have passed since the person last wrote.
_WINDOW = frozenset({131047})
_PERMANENT = frozenset({
    33,  # the sending number is gone
    100,  # invalid parameter
    130472,  # the person is part of an experiment
    130497,  # no messages to this country
    131008, 131009,  # a parameter is missing or wrong
    131021,  # to ourselves
    131026,  # not on WhatsApp, or does not take messages
    131030,  # not among the allowed recipients of a test number
    131049, 131050,  # held back by Meta; not wanted by the person
    131051, 131052, 131053,  # kinds and media that can't be sent
    131062,  # can't be sent to a user id
    135000,
})  # fmt: skip
# The same would happen to every other message now: rate limits of the account, rights, bills, locks, registration.
_EVERYBODY = frozenset(
    {0, 3, 4, 10, 190, 368, 80007, 130429, 131005, 131031, 131037, 131042, 131045, 131048, 131057, 133010}
)
# 131056 is the limit for this one recipient.
_PASSING = frozenset({1, 2, 131000, 131016, 131056, 133004})
_TEMPLATES = range(132000, 133000)
_RIGHTS = range(200, 300)
# An answer without Meta's code, by the HTTP status alone: what says that the request itself is wrong.
_WRONG_REQUEST = frozenset({400, 405, 406, 410, 411, 413, 414, 415, 422})
_OUR_RIGHTS = frozenset({401, 403, 429})


def told_later(code: int | None) -> Failure:
    """A failure of a message that had been taken over, as its delivery report tells it."""
    if code is None:
        return Failure("UNKNOWN", Nature.PERMANENT)
    return Failure(str(code), _known(code) or Nature.PERMANENT)


def answered(code: int | None, status: int, *, transient: bool) -> Failure:
    """A failure of a request: by Meta's code if it is known, else by what Meta says of it, else by the HTTP status."""
    known = None if code is None else _known(code)
    reason = f"HTTP_{status}" if code is None else str(code)
    if known is not None and known is not Nature.PERMANENT:
        return Failure(reason, known)
    if transient:
        return Failure(reason, Nature.PASSING)
    if known is not None:
        return Failure(reason, known)
    if status in _OUR_RIGHTS:
        return Failure(reason, Nature.EVERYBODY)
    client_error = 400 <= status < 500 and status not in (408, 425)
    permanent = status in _WRONG_REQUEST if code is None else client_error
    return Failure(reason, Nature.PERMANENT if permanent else Nature.PASSING)


def _known(code: int) -> Nature | None:
    if code in _WINDOW:
        return Nature.WINDOW
    if code in _PERMANENT or code in _TEMPLATES:
        return Nature.PERMANENT
    if code in _EVERYBODY or code in _RIGHTS:
        return Nature.EVERYBODY
    return Nature.PASSING if code in _PASSING else None
