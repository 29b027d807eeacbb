"""Taking in a referral (P5): as a new one, or with a person's decision on one that is known."""

from dataclasses import replace

from slack_sdk.models.blocks import Block

from bot.playbook import referrals as rules
from bot.playbook.duplicate_choices import Choice, choices
from bot.playbook.duplicates import (
    ExistingCustomer,
    Match,
    SameReferral,
    SecondReferrer,
    SelfReferral,
)
from bot.playbook.referral_facts import OPEN_STAGES
from bot.playbook.rights import Action
from bot.texts.voice import Markup, mention
from bot.views import ids, who
from bot.views import referral_forms as forms
from bot.views.answers import notice
from bot.views.blocks import Message, actions, button, context, section
from bot.views.referral_forms import Prefill
from bot.views.referrals import card_blocks, summary
from handlers.answers import Answer, Invalid, OpenView, Replace, Say
from handlers.reading import record_id
from handlers.referral_record import keep, may, move, show, the_card
from handlers.referral_taking import Typed, add, add_what_was_told, matched, note_ask
from handlers.request import Entry
from handlers.turn import Turn
from storage import customers, referrals
from storage.customers import Contact
from storage.referrals import Referral


def receive(turn: Turn, contact: Contact, typed: Typed) -> Answer:
    """Record a referral, or ask what to do with one that is known.

    Raises:
        Invalid: a form names the referrer's own company.
        Refused: the referrer is somebody else's customer.
    """
    turn.allow(Action.LOG_REFERRAL, contact.owner_id)
    match = matched(turn, contact, typed)
    if isinstance(match, SelfReferral):
        return _own_company(turn, contact, typed)
    offered = _choices(turn, match)
    if not choices(match):
        return record(turn, contact, typed)
    if offered in ((), (Choice.OPEN,)):
        return Say(_on_record(turn, match, typed))
    said = _what_is_known(turn, match, typed)
    view = forms.known_form(turn.voice, said, offered, typed.need, typed.packed())
    return OpenView(view)


def decide(turn: Turn) -> Answer:
    """The answer to "already on record". It is matched again: the world may have moved on."""
    typed = replace(
        Typed.unpacked(turn.request.private_metadata), need=turn.request.written(ids.NEED)
    )
    contact = customers.get_contact(turn.conn, turn.team_id, typed.contact_id)
    if contact is None or contact.deleted_at:
        raise turn.sorry("who.gone")
    turn.allow(Action.LOG_REFERRAL, contact.owner_id)
    match = matched(turn, contact, typed)
    decision = turn.request.answer(ids.DECISION)
    if not choices(match):
        return receive(turn, contact, typed)
    if decision not in _choices(turn, match):
        raise turn.sorry("referral.changed_meanwhile", typed=typed.company)
    if decision in (Choice.ANOTHER, Choice.ANYWAY):
        return record(turn, contact, typed)
    row = _known(turn, match)
    if decision == Choice.MERGE:
        return merge(turn, row, contact, typed)
    if decision == Choice.REOPEN:
        return _take_up_again(turn, row, typed)
    return Say(_on_record(turn, match, typed))


def record(turn: Turn, contact: Contact, typed: Typed) -> Answer:
    """A new referral, with everything that it owes from now on."""
    owner_id = contact.owner_id or turn.me.user_id
    referral_id = add(turn, contact, typed, owner_id)
    return show(turn, referral_id, "referral.said_received", owner=mention(owner_id))


def split(turn: Turn) -> Answer:
    """They are no second referrer after all."""
    referral_id, _, contact_id = turn.request.value.partition(":")
    contact = customers.get_contact(turn.conn, turn.team_id, record_id(contact_id))
    row = referrals.get(turn.conn, turn.team_id, record_id(referral_id))
    if contact is None or row is None:
        raise turn.sorry("referral.gone")
    turn.allow(Action.LOG_REFERRAL, contact.owner_id)
    if referrals.remove_second_referrer(turn.conn, turn.team_id, row.id, contact.id):
        turn.audit("remove_second_referrer", "referral", row.id, contact_id=contact.id)
        keep(turn, row.id)
    return Replace(notice(turn.voice, "referral.said_split", company=row.company))


def _choices(turn: Turn, match: Match) -> tuple[Choice, ...]:
    """What I may choose: what is somebody else's is neither shown to me nor taken up by me."""
    offered = choices(match)
    if not isinstance(match, SameReferral | SecondReferrer):
        return offered
    owner_id = _known(turn, match).owner_id
    needed = {Choice.OPEN: Action.VIEW, Choice.REOPEN: Action.MOVE_REFERRAL}
    return tuple(one for one in offered if one not in needed or may(turn, needed[one], owner_id))


def _known(turn: Turn, match: Match) -> Referral:
    if not isinstance(match, SameReferral | SecondReferrer):
        raise TypeError(f"{match} is no referral on record")
    row = referrals.get(turn.conn, turn.team_id, match.referral_id)
    if row is None:
        raise LookupError(f"no referral {match.referral_id}")
    return row


def _own_company(turn: Turn, contact: Contact, typed: Typed) -> Answer:
    if turn.request.entry is Entry.SUBMISSION:
        raise Invalid({ids.COMPANY: turn.voice.plain("referral.self")})
    return OpenView(
        forms.log_form(
            turn.voice,
            Prefill(
                referrer=who.of_contact(turn.voice, contact),
                company=typed.company,
                person=typed.person,
                need=typed.need,
                said=turn.voice.markup("referral.self"),
            ),
        )
    )


def _what_is_known(turn: Turn, match: Match, typed: Typed) -> Markup:
    if isinstance(match, ExistingCustomer):
        return turn.voice.markup("referral.known_customer", company=typed.company)
    key = "same" if isinstance(match, SameReferral) else "second"
    said = turn.voice.markup(f"referral.known_{key}", company=typed.company)
    card = the_card(turn, _known(turn, match).id)
    return Markup(f"{said}\n{summary(turn.voice, card)}")


def _on_record(turn: Turn, match: Match, typed: Typed) -> Message:
    """Nothing is recorded: the one on record, and what was typed, so that it isn't lost."""
    row = _known(turn, match)
    said = turn.voice.markup(
        "referral.known_open", company=typed.company, owner=mention(row.owner_id)
    )
    blocks: list[Block] = [section(said)]
    if typed.need:
        blocks.append(context(turn.voice.markup("answer.typed", typed=typed.need)))
    if may(turn, Action.VIEW, row.owner_id):
        blocks += card_blocks(turn.voice, the_card(turn, row.id))
    return Message(said, blocks)


def merge(turn: Turn, row: Referral, contact: Contact, typed: Typed) -> Answer:
    """One record with one more referrer; what they told us is added to it."""
    referrals.add_second_referrer(
        turn.conn, turn.team_id, row.id, contact.id, turn.me.user_id, turn.now
    )
    turn.audit("add_second_referrer", "referral", row.id, contact_id=contact.id)
    add_what_was_told(turn, row, typed)
    note_ask(turn, contact, typed.ask_id)
    is_mine = may(turn, Action.MOVE_REFERRAL, row.owner_id)
    if is_mine and row.stage not in OPEN_STAGES:
        move(turn, row, rules.reopen)
    else:
        keep(turn, row.id)
    said = turn.voice.markup(
        "referral.said_merged", company=row.company, owner=mention(row.owner_id)
    )
    undo = button(turn.voice.plain("referral.split"), ids.REFERRAL_SPLIT, f"{row.id}:{contact.id}")
    blocks: list[Block] = [section(said), actions(undo)]
    if is_mine:
        blocks += card_blocks(turn.voice, the_card(turn, row.id))
    return Say(Message(said, blocks))


def _take_up_again(turn: Turn, row: Referral, typed: Typed) -> Answer:
    add_what_was_told(turn, row, typed)
    move(turn, row, rules.reopen)
    turn.audit("reopen_referral", "referral", row.id)
    return show(turn, row.id, "referral.said_reopened")
