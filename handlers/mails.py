"""Sending an ask by mail: shown whole first, sent by the click below that (A4).

The ask counts from the click on, so that nobody else asks meanwhile; when the mail does not go out
it is taken back (`scheduler.mail_endings`).
"""

import json

from slack_sdk.models.views import View

from bot.mail.letter import in_one_line
from bot.messages import mails as messages
from bot.playbook.asking import NotNow
from bot.playbook.rights import Action
from bot.texts.templates import Placeholder
from bot.texts.voice import Voice
from bot.views import asks as ask_views
from bot.views import ids
from bot.views import mails as views
from bot.views.answers import as_modal
from bot.views.ask_choice import read_choice
from bot.views.asks import Draft
from bot.views.blocks import Message
from bot.views.mails import Preview
from handlers import asking, asks, summary_page
from handlers.answers import Answer, Invalid, OpenView, Replace, Say, UpdateView
from handlers.reading import carried
from handlers.request import Entry, Surface
from handlers.routes import Routes
from handlers.turn import Turn
from storage import mails, summaries
from storage.customers import Contact
from storage.mails import Mail, Outgoing
from storage.stuck import drop, mark_arrived


def register(routes: Routes) -> None:
    routes.add(Entry.ACTION, ids.REVIEW_MAIL, review, reads=True)
    routes.add(Entry.SUBMISSION, ids.MAIL_FORM, send)


def review(turn: Turn) -> Answer:
    """Show the mail as it would go out."""
    choice = asks.the_choice(turn)
    contact = asks.the_contact(turn, choice.contact_id, Action.ASK)
    decision = asking.prepare(turn, contact, choice)
    if isinstance(decision, NotNow):
        # Nothing is recorded here, and so no message can be owed.
        message = _not_now(turn, contact, decision)
        return OpenView(as_modal(turn.voice, message, turn.voice.plain("ask.title")))
    view = _preview(turn, contact, asking.draft_of(turn, contact, decision, choice))
    return UpdateView(view) if turn.request.surface is Surface.MODAL else OpenView(view)


def send(turn: Turn) -> Answer:
    """Have exactly what was shown sent, and count the ask; both or neither."""
    kept = carried(turn.request.private_metadata)
    choice = read_choice(str(kept.get("choice", "")))
    if choice is None:
        raise turn.sorry("answer.outdated")
    contact = asks.the_contact(turn, choice.contact_id, Action.ASK)
    if not asking.may_mail(turn, contact):
        raise turn.sorry("mail.closed")
    if contact.email != kept.get("to"):
        raise turn.sorry("mail.changed")
    subject, body = _written(turn, contact)
    decision = asks.mark_sent(turn, contact, choice)
    if isinstance(decision, NotNow):
        return Say(_not_now(turn, contact, decision))
    mail = Mail(
        ask_id=decision.id,
        contact_id=contact.id,
        sender=turn.me.email or "",
        sender_name=turn.me.name,
        to=contact.email or "",
        to_name=contact.name,
        subject=subject,
        body=body,
        has_summary=bool(turn.request.answer(ids.MAIL_SUMMARY)),
    )
    mails.owe(turn.conn, turn.team_id, mail, turn.me.user_id, decision.sent_at)
    turn.audit("mail_ask", "ask", decision.id, contact_id=contact.id)
    return asks.show(turn, decision)


def settle(turn: Turn, one: Outgoing, choice: str) -> Answer | None:
    """What its sender, or a manager, says of a mail in doubt; None where Home shows what is left.

    Raises:
        Sorry: somebody has said it already.
        Refused: it is somebody else's.
    """
    if one.channel != turn.me.user_id:
        turn.allow(Action.SETTLE_DELIVERY)
    how = mark_arrived if choice == "arrived" else drop
    if choice == "again" or not how(turn.conn, turn.team_id, one.id, turn.now):
        raise turn.sorry("stuck.settled")
    turn.audit(Action.SETTLE_DELIVERY, "delivery", one.id, choice=choice)
    mail = one.mail
    if mail and choice == "drop":
        asks.take_back(turn, mail.ask_id)
    if turn.request.surface is Surface.HOME:
        return None
    message = messages.settled(
        turn.conn, turn.workspace, turn.voice, one, arrived=how is mark_arrived
    )
    return Replace(message) if message else None


def _preview(turn: Turn, contact: Contact, draft: Draft) -> View:
    letter = draft.letter
    if not (letter and asking.may_mail(turn, contact)):
        raise turn.sorry("mail.closed")
    kept = {"choice": str(draft.choice), "to": contact.email}
    return views.preview(
        turn.voice,
        Preview(
            sender=turn.me.email or "",
            sender_name=turn.me.name,
            to=contact.email or "",
            to_name=contact.name,
            subject=letter.subject,
            body=letter.body,
            kept=json.dumps(kept, ensure_ascii=False),
            has_summary=_has_summary(turn, contact),
        ),
    )


def _has_summary(turn: Turn, contact: Contact) -> bool:
    """Whether somebody wrote the page for this contact's superior, and there is something on it."""
    if summaries.of_contact(turn.conn, turn.team_id, contact.id) is None:
        return False
    return bool(summary_page.shown_of(turn.conn, turn.workspace, contact.customer_id).figures)


def _written(turn: Turn, contact: Contact) -> tuple[str, str]:
    """Subject and body as they stand in the form. Raises Invalid while something is missing."""
    texts = {one: turn.request.written(one) for one in (ids.SUBJECT, ids.BODY)}
    customers = Voice(asking.language_for(turn, contact), turn.me.timezone)
    gaps = [customers.plain(key) for name in Placeholder if customers.has(key := f"ask_gap.{name}")]
    errors = {}
    for block, text in texts.items():
        left = next((gap for gap in gaps if gap in text), None)
        if not text:
            errors[block] = turn.voice.plain("mail.empty")
        elif left:
            errors[block] = turn.voice.plain("mail.gap", gap=left)
    if errors:
        raise Invalid(errors)
    return in_one_line(texts[ids.SUBJECT]), texts[ids.BODY]


def _not_now(turn: Turn, contact: Contact, decision: NotNow) -> Message:
    hurdle = asking.hurdle_of(turn, contact, decision)
    return Message(turn.voice.plain("ask.title"), ask_views.not_now(turn.voice, hurdle))
