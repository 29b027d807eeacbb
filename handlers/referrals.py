"""Referrals come in by command, form, message shortcut and button, and end in one record (P5).

What becomes of one afterwards is in `referral_steps` and `referral_care`.
"""

from bot.messages import referral_card
from bot.playbook.names import without_honorific
from bot.playbook.problems import MAX_NOTE
from bot.playbook.referral_line import ReferralLine, parse_referral
from bot.playbook.rights import Action
from bot.playbook.words import plain
from bot.views import ids, who
from bot.views import referral_forms as forms
from bot.views import referrals as views
from bot.views.answers import as_modal
from bot.views.problems import say_problems
from bot.views.referral_forms import Prefill
from handlers import (
    benefits,
    finding,
    referral_care,
    referral_intake,
    referral_joining,
    referral_steps,
)
from handlers.answers import Answer, OpenView, Say
from handlers.reading import record_id
from handlers.referral_care import company_of, email_of
from handlers.referral_record import find, the_card
from handlers.referral_taking import Typed
from handlers.request import Entry
from handlers.routes import Routes
from handlers.turn import Turn
from storage import customers, referrals

_LIST_WORDS = frozenset({"list", "一覧"})


def register(routes: Routes) -> None:
    routes.add(Entry.COMMAND, ids.REFERRAL_COMMAND, from_line)
    routes.add(Entry.SHORTCUT, ids.LOG_REFERRAL_SHORTCUT, from_message, reads=True)
    routes.add(Entry.ACTION, ids.LOG_REFERRAL, from_button, reads=True)
    routes.add(Entry.SUBMISSION, ids.REFERRAL_FORM, from_form)
    routes.add(Entry.SUBMISSION, ids.KNOWN_REFERRAL_FORM, referral_intake.decide)
    routes.add(Entry.ACTION, ids.REFERRAL_SPLIT, referral_intake.split)
    routes.add(Entry.ACTION, ids.REFERRAL_JOIN, referral_joining.join)
    routes.add(Entry.ACTION, ids.SHOW_REFERRALS, list_view, reads=True)
    routes.add(Entry.ACTION, ids.OPEN_REFERRAL, open_card, reads=True)
    referral_steps.register(routes)
    referral_care.register(routes)
    benefits.register(routes)


def from_line(turn: Turn) -> Answer:
    """`/referral 山田製作所 > 鈴木商事 鈴木様 見積を早くしたい`: recorded at once, or the form with
    what was understood. `/referral list` shows what is under way."""
    if turn.request.text.strip().casefold() in _LIST_WORDS:
        return list_view(turn)
    line = parse_referral(turn.request.text)
    contact = finding.the_contact(turn, line.head)
    if contact and not line.problems:
        return referral_intake.receive(
            turn,
            contact,
            Typed(
                contact_id=contact.id,
                company=line.company,
                person=without_honorific(line.person),
                need=line.need,
            ),
        )
    return OpenView(forms.log_form(turn.voice, _understood(turn, line)))


def from_message(turn: Turn) -> Answer:
    """“This message contains a referral”: its text is the need, and the record leads back to it."""
    said = plain(str(turn.request.message.get("text") or ""))
    baggage = Typed(source_link=turn.request.permalink)
    return OpenView(
        forms.log_form(turn.voice, Prefill(need=said[:MAX_NOTE], metadata=baggage.packed()))
    )


def from_button(turn: Turn) -> Answer:
    """A contact said yes: the form with them, and with the ask that they answered if any."""
    contact_id, _, ask_id = turn.request.value.partition(":")
    contact = customers.get_contact(turn.conn, turn.team_id, record_id(contact_id))
    if contact is None or contact.deleted_at:
        raise turn.sorry("who.gone")
    turn.allow(Action.LOG_REFERRAL, contact.owner_id)
    baggage = Typed(ask_id=record_id(ask_id) if ask_id else None)
    known = Prefill(referrer=who.of_contact(turn.voice, contact), metadata=baggage.packed())
    return OpenView(forms.log_form(turn.voice, known))


def from_form(turn: Turn) -> Answer:
    company, email = company_of(turn), email_of(turn)
    contact = finding.chosen_contact(turn, Action.LOG_REFERRAL)
    baggage = Typed.unpacked(turn.request.private_metadata)
    return referral_intake.receive(
        turn,
        contact,
        Typed(
            contact_id=contact.id,
            company=company,
            person=without_honorific(turn.request.written(ids.PERSON)),
            email=email,
            need=turn.request.written(ids.NEED),
            ask_id=baggage.ask_id,
            source_link=baggage.source_link,
        ),
    )


def open_card(turn: Turn) -> Answer:
    """Everything about one referral, on top of whatever is open."""
    row = find(turn, turn.request.value, Action.VIEW)
    card = views.card_message(turn.voice, the_card(turn, row.id))
    return OpenView(as_modal(turn.voice, card, turn.voice.plain("referral.card")))


def list_view(turn: Turn) -> Answer:
    """What is under way: mine, or the whole team's for managers."""
    of_team, me = turn.sees_all, turn.me.user_id
    if of_team:
        rows = referrals.open_of_team(turn.conn, turn.team_id)
    else:
        rows = referrals.open_of_owner(turn.conn, turn.team_id, me)
    shown = rows[: views.LISTED]
    counts = referrals.counts_by_stage(turn.conn, turn.team_id, owner_id=None if of_team else me)
    message = views.list_message(
        turn.voice,
        [referral_card.of_row(turn.conn, turn.workspace, row) for row in shown],
        counts,
        more=len(rows) - len(shown),
        of_team=of_team,
    )
    return Say(message)


def _understood(turn: Turn, line: ReferralLine) -> Prefill:
    known = finding.understood(turn, line.head)
    return Prefill(
        referrer=known.option,
        new_contact=known.new_contact,
        company=line.company,
        person=without_honorific(line.person),
        need=line.need,
        said=say_problems(turn.voice, line.problems, line.typed, known.unclear),
    )
