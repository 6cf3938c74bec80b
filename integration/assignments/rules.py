"""What the states of an assignment mean."""

from integration.codes import AssignmentState

# Somebody is asked to act and has not finished.
OPEN_STATES = (AssignmentState.ASSIGNED, AssignmentState.ACKNOWLEDGED)
# Whoever holds such an assignment works or worked on the report and may see it; a returned or moved one gives nothing.
HOLDING_STATES = (*OPEN_STATES, AssignmentState.COMPLETED)
