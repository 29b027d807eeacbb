"""What every step of a referral has in common: find it, move it by a rule, show what it is now."""

from collections.abc import Callable, Iterable
from datetime import datetime
from types import MappingProxyType

from bot.messages import referral_card, wins
from bot.messages.rewrite import rewrite
from bot.playbook.policy import Policy
from bot.playbook.reasons import ReasonCode, Refusal, Refused
from bot.playbook.referral_facts import ReferralFacts
from bot.playbook.referrals import Moved
from bot.playbook.rights import Action
from bot.playbook.working_time import PersonTime
from bot.texts.voice import Markup
from bot.views import ids, reasons
from bot.views.blocks import Message, section
from bot.views.referrals import CardFacts, card_blocks, card_message, title
from handlers.answers import Answer, Invalid, Nothing, Replace, Say, Sorry
from handlers.doer import Doer
from handlers.reading import record_id
from handlers.request import Entry, Surface
from handlers.turn import Turn
from storage import follow_ups, referrals
from storage.clocks import person_time
from storage.follow_ups import Subject
from storage.referrals import Referral

Rule = Callable[[ReferralFacts, datetime, Policy, PersonTime], Moved | Refusal]

_FIELD_OF = MappingProxyType(
    {
        ReasonCode.CLOSE_REASON_MISSING: ids.WHY,
        ReasonCode.WOULD_FIT_MISSING: ids.WOULD_FIT,
        ReasonCode.AMOUNT_NEGATIVE: ids.AMOUNT,
    }
)
"""Reasons that a form can show beside the field that has to be mended."""


def find(turn: Turn, referral_id: int | str, action: Action) -> Referral:
    """A referral that I may do this to.

    Raises:
        Sorry: there is none, or it is deleted; then its card offers to restore it.
        Refused: it is somebody else's.
    """
    row = referrals.get(turn.conn, turn.team_id, record_id(str(referral_id)))
    if row is None:
        raise turn.sorry("referral.gone")
    turn.allow(action, row.owner_id)
    if row.deleted_at:
        raise _sorry(turn, row.id, turn.voice.markup("referral.gone"))
    return row


def may(turn: Turn, action: Action, owner_id: str) -> bool:
    """Whether I have this right, for offering only what will be taken."""
    try:
        turn.allow(action, owner_id)
    except Refused:
        return False
    return True


def the_card(turn: Turn, referral_id: int) -> CardFacts:
    """The card of a referral that exists."""
    card = referral_card.load(turn.conn, turn.workspace, referral_id)
    if card is None:
        raise LookupError(f"no referral {referral_id}")
    return card


def would_refuse(turn: Turn, row: Referral, rule: Rule) -> None:
    """Say no before somebody fills in a form for it. Raises Sorry."""
    owed = follow_ups.about(turn.conn, turn.team_id, Subject(referral_id=row.id))
    person = person_time(turn.conn, turn.workspace, row.owner_id)
    outcome = rule(referrals.facts_of(row, owed), turn.now, turn.policy, person)
    if isinstance(outcome, Refusal):
        raise _sorry(turn, row.id, reasons.say_all(turn.voice, outcome.reasons))


def move(turn: Turn, row: Referral, rule: Rule, *, owner_id: str | None = None) -> None:
    """Carry out a rule, and bring messages and the team's channel in line.

    `owner_id` is whose days count, when that is not the present owner.

    Raises:
        Invalid: a form has to be mended.
        Sorry: the rule refuses; the reason, and the referral as it is now.
    """
    facts = referrals.facts(turn.conn, turn.team_id, row.id)
    person = person_time(turn.conn, turn.workspace, owner_id or facts.owner_id)
    outcome = rule(facts, turn.now, turn.policy, person)
    if isinstance(outcome, Refusal):
        raise _refused(turn, row.id, outcome)
    keep(
        turn,
        row.id,
        referrals.save_moved(turn.conn, turn.workspace, row.id, outcome, turn.now, turn.me.user_id),
    )


def keep(doer: Doer, referral_id: int, changed: Iterable[int] = ()) -> None:
    """Rewrite every message that shows the referral, and what was said of it in the channel."""
    about = follow_ups.about(doer.conn, doer.workspace.team_id, Subject(referral_id=referral_id))
    shown = dict.fromkeys((*changed, *(one.id for one in about)))
    rewrite(doer.conn, doer.workspace, shown, doer.now, doer.key)
    wins.announce(doer.conn, doer.workspace, referral_id, doer.now, doer.key)


def show(turn: Turn, referral_id: int, key: str, **values: object) -> Answer:
    """What was done, and the card as it is now, in the place where it was done.

    A message of ours that was clicked is rewritten by `keep` and needs no other answer.
    """
    said = turn.voice.markup(key, **values)
    card = the_card(turn, referral_id)
    message = card_message(turn.voice, card, said)
    if turn.request.entry is Entry.ACTION:
        if turn.request.surface is Surface.MESSAGE:
            return Nothing()
        if turn.request.surface in {Surface.EPHEMERAL, Surface.MODAL}:
            return Replace(message)
    return Say(message, turn.voice.plain("referral.card"))


def _refused(turn: Turn, referral_id: int, refusal: Refusal) -> Exception:
    if turn.request.entry is Entry.SUBMISSION:
        errors = {
            _FIELD_OF[one.code]: reasons.say(turn.voice, one)
            for one in refusal.reasons
            if one.code in _FIELD_OF
        }
        if errors:
            return Invalid(errors)
    return _sorry(turn, referral_id, reasons.say_all(turn.voice, refusal.reasons))


def _sorry(turn: Turn, referral_id: int, said: Markup) -> Sorry:
    card = the_card(turn, referral_id)
    text = f"{title(turn.voice, card)}\n{said}"
    return Sorry(Message(text, [section(said), *card_blocks(turn.voice, card)]))
