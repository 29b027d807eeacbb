"""Deleting a referral and bringing it back (P2 F1): what it owed goes and comes with it."""

from dataclasses import replace
from datetime import datetime

from bot.playbook.effects import Cancel
from bot.playbook.policy import Policy
from bot.playbook.referral_facts import ReferralFacts
from bot.playbook.referrals import Moved, Newcomer, receive
from bot.playbook.terms import FollowUpKind, Stage
from bot.playbook.working_time import PersonTime


def remove(facts: ReferralFacts) -> Moved:
    """Nothing is owed because of it any more. The facts stay as they are, to be brought back."""
    effects = tuple(Cancel(kind) for kind in FollowUpKind if facts.has_open(kind))
    return Moved(facts, effects, withdraws_newcomer=facts.stage is Stage.WON)


def restore(facts: ReferralFacts, now: datetime, policy: Policy, person: PersonTime) -> Moved:
    """It owes again what its facts ask for, as if it had just come in at its stage."""
    moved = receive(facts, now, policy, person)
    if facts.stage is not Stage.WON:
        return moved
    return replace(moved, newcomer=Newcomer(facts.referral_id, facts.generation))
