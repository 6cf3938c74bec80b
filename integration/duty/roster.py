"""Who is called when a report must be handed on: by the roster where there is one, else whoever holds the role."""

from dataclasses import replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from integration.clocks.escalation import Recipient
from integration.routing import people, rules


async def called(session: AsyncSession, to: Recipient, at: datetime) -> rules.Choice | None:
    """Who is next for a hand-over, if anybody holds the role. Being full does not excuse from being told."""
    if to is Recipient.BACKUP:
        backups = await people.holding(session, to.role, at, backup=True)
        return rules.choose(backups, is_emergency=True)
    if to is Recipient.ADMIN:
        first = rules.choose(await people.holding(session, to.role, at, backup=False), is_emergency=True)
        if first is not None:
            return first
    holders = await people.holding(session, to.role, at)
    on_duty = rules.choose(holders, is_emergency=True)
    # Leads and heads answer for what is late whether they have a turn of duty or not.
    return on_duty or rules.choose([replace(one, on_duty=True) for one in holders], is_emergency=True)
