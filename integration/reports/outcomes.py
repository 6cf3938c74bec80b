"""What those outside the handling unit say of an outcome: the reporter that it helped, another unit that it is so."""

from uuid import UUID

from integration.events.log import Act
from integration.reports.moving import Ask, begin, finish


async def confirm(act: Act, ask: Ask) -> UUID:
    """The reporter says that the matter is settled."""
    step = await begin(act, "outcomeConfirm", ask)
    step.report.outcome_confirmed_at = act.at
    return await finish(step, ask.note)


async def verify(act: Act, ask: Ask) -> UUID:
    """Another unit has looked and found the outcome as stated."""
    step = await begin(act, "outcomeVerify", ask)
    step.report.outcome_verified_at = act.at
    return await finish(step, ask.note)
