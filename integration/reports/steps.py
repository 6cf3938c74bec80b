"""Where each state stands in the nine steps of the procedure."""

from integration.codes import ReportStatus

S = ReportStatus
# The step a report has reached. One that leaves the procedure stays at the step where that is decided.
SOP_STEP = {
    S.RECEIVED: 1, S.UNDER_VERIFICATION: 2, S.NEEDS_INFO: 2, S.REJECTED: 2, S.MERGED: 2, S.WITHDRAWN: 2,
    S.ACKNOWLEDGED: 3, S.FORWARDED: 4, S.DISPOSITIONED: 5, S.IN_FOLLOW_UP: 6, S.REPLY_DRAFTED: 7, S.REPLY_SENT: 8,
    S.ARCHIVED: 9,
}  # fmt: skip
# No clock runs any more.
CLOSED = (S.REPLY_SENT, S.ARCHIVED, S.REJECTED, S.MERGED, S.WITHDRAWN)
