"""The list of signal rules says which are looked at, and why one is not."""

from sqlmodel import select

from integration.db.engine import Database
from integration.policy.codes import SignalKind
from integration.policy.finders import FINDERS
from integration.policy.tables import SignalRuleRow


async def test_each_rule_is_looked_at_or_says_why_not(database: Database) -> None:
    async with database.write() as session:
        rules = (await session.exec(select(SignalRuleRow))).all()
    assert {rule.kind for rule in rules} == set(SignalKind)
    for rule in rules:
        assert (rule.kind in FINDERS) == (rule.inactive is None), rule.code
    [waiting] = [rule for rule in rules if rule.inactive is not None]
    assert waiting.kind is SignalKind.REFERRAL_REFUSALS and "rujukan" in str(waiting.inactive)
