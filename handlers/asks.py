"""Sending an ask, and what the contact said to it (A3 A6 A7)."""

from collections.abc import Callable

from bot.messages.rewrite import rewrite
from bot.playbook import asks as rules
from bot.playbook.asking import NotNow, Override, ReadyAsk
from bot.playbook.asks import AskMoved
from bot.playbook.contact_state import ask_window
from bot.playbook.reasons import ReasonCode, Refusal, reason
from bot.playbook.rights import Action
from bot.playbook.terms import AskAnswer, AskState, FollowUpKind, FollowUpState
from bot.playbook.working_time import PersonTime
from bot.texts.voice import Markup
from bot.views import asks as views
from bot.views import ids
from bot.views.answers import refusal
from bot.views.ask_choice import AskChoice, read_choice
from bot.views.asks import Sent
from bot.views.blocks import Message
from bot.views.mails import status
from handlers import asking
from handlers.answers import Answer, Nothing, Replace, Say, Sorry
from handlers.doer import Doer
from handlers.reading import record_id
from handlers.request import Entry, Surface
from handlers.routes import Routes
from handlers.turn import Turn
from storage import asks, customers, deliveries, follow_ups, mails, upkeep
from storage.asks import Ask
from storage.clocks import person_time
from storage.customers import Contact
from storage.follow_ups import Subject
from storage.mails import Outgoing
from storage.states import DeliveryState

Move = Callable[[rules.Ask], AskMoved | Refusal]


def register(routes: Routes) -> None:
    routes.add(Entry.ACTION, ids.SEND_ASK, send)
    routes.add(Entry.ACTION, ids.PUT_OFF_ASK, put_off)
    routes.add(Entry.ACTION, ids.ASK_LATER, later)
    routes.add(Entry.ACTION, ids.ASK_DECLINED, declined)
    routes.add(Entry.ACTION, ids.CANCEL_ASK, cancel)
    routes.add(Entry.ACTION, ids.UNDO_ASK, undo)


def send(turn: Turn) -> Answer:
    """Mark a prepared ask as sent; everything is checked again, for a button may be a year old."""
    choice = the_choice(turn)
    contact = the_contact(turn, choice.contact_id, Action.ASK)
    decision = mark_sent(turn, contact, choice)
    if isinstance(decision, NotNow):
        hurdle = asking.hurdle_of(turn, contact, decision)
        return Say(Message(turn.voice.plain("ask.title"), views.not_now(turn.voice, hurdle)))
    return show(turn, decision)


def put_off(turn: Turn) -> Answer:
    """Not now: the way back stays, and nothing counts against the contact."""
    choice = the_choice(turn)
    contact = the_contact(turn, choice.contact_id, Action.ASK)
    turn.audit("put_off_ask", "contact", contact.id)
    message = views.put_off(
        turn.voice, choice, customer=contact.customer_name, contact=contact.name
    )
    return Replace(message)


def later(turn: Turn) -> Answer:
    return show(turn, record_answer(turn, record_id(turn.request.value), AskAnswer.LATER))


def declined(turn: Turn) -> Answer:
    return show(turn, record_answer(turn, record_id(turn.request.value), AskAnswer.DECLINED))


def cancel(turn: Turn) -> Answer:
    """It was not sent after all. A mail that waits stays here; one that is out can't come back."""
    found, contact = find(turn, record_id(turn.request.value))
    _keep_back_mail(turn, found)
    return show(turn, _move(turn, found, contact, rules.cancel, "cancel_ask"))


def take_back(turn: Turn, ask_id: int) -> None:
    """Its mail did not arrive: the contact was not asked. What was answered stays as it is."""
    found, contact = find(turn, ask_id)
    if found.state is AskState.SENT:
        _move(turn, found, contact, rules.cancel, "cancel_ask")


def undo(turn: Turn) -> Answer:
    """Take back an answer, a rest or a cancellation, whichever came last."""
    found, contact = find(turn, record_id(turn.request.value))
    person = person_time(turn.conn, turn.workspace, found.sent_by)
    if found.state is AskState.CANCELLED:
        _check_budget(turn, contact)
        return show(turn, _move(turn, found, contact, _restore(turn, person), "restore_ask"))
    return show(turn, _move(turn, found, contact, _wait_again(turn, person), "reopen_ask"))


def mark_sent(
    turn: Turn, contact: Contact, choice: AskChoice, override: Override | None = None
) -> Ask | NotNow:
    """Record an ask and its two-week follow-up, or say why not.

    The contact is locked first, so that of two reps who ask at once the second reads what the first
    one did (A1).
    """
    asks.lock_contact(turn.conn, turn.team_id, contact.id)
    ready = asking.prepare(turn, contact, choice, override)
    if isinstance(ready, NotNow):
        return ready
    person = person_time(turn.conn, turn.workspace, turn.me.user_id)
    moved = rules.send(turn.me.user_id, turn.now, turn.policy, person)
    ask_id = asks.add(
        turn.conn,
        turn.team_id,
        contact_id=contact.id,
        state=moved.ask.state,
        sent_by=moved.ask.sent_by,
        sent_at=moved.ask.sent_at,
        moment=ready.moment.kind,
        override_reason=override.reason if override and ready.overridden else None,
        created_by=turn.me.user_id,
        created_at=turn.now,
        **_contents(turn, contact, ready, choice),
    )
    action = Action.OVERRIDE_ASK if ready.overridden else Action.ASK
    turn.audit(action, "ask", ask_id, contact_id=contact.id)
    _carry_out(turn, ask_id, contact, moved)
    return _the_ask(turn, ask_id)


def record_answer(turn: Turn, ask_id: int, said: AskAnswer) -> Ask:
    """What the contact said, recorded and its follow-up closed; the ask as it is now.

    Raises:
        Sorry: it is cancelled, answered so already, or led to a referral.
    """
    found, contact = find(turn, ask_id)
    return _move(turn, found, contact, lambda ask: rules.answer(ask, said), f"answer_{said}")


def note_referral(doer: Doer, contact: Contact, ask_id: int) -> None:
    """A referral came from this ask: that is its answer. Nothing happens when it is known."""
    _lock(doer, contact, ask_id)
    found = _the_ask(doer, ask_id)
    has_referral = asks.has_referral(doer.conn, doer.workspace.team_id, ask_id)
    moved = rules.answer(found.facts(has_referral=has_referral), AskAnswer.REFERRED)
    if not isinstance(moved, Refusal):
        _save(doer, found, contact, moved, f"answer_{AskAnswer.REFERRED}")


def find(turn: Turn, ask_id: int) -> tuple[Ask, Contact]:
    """An ask and its contact, locked. Raises Sorry when one is gone, Refused without the right."""
    found = asks.get(turn.conn, turn.team_id, ask_id)
    if found is None or found.deleted_at:
        raise turn.sorry("ask.gone")
    contact = the_contact(turn, found.contact_id, Action.ASK)
    _lock(turn, contact, ask_id)
    return _the_ask(turn, ask_id), contact


def the_contact(turn: Turn, contact_id: int, action: Action) -> Contact:
    """A live contact that I may do this to. Raises Sorry or Refused."""
    contact = customers.get_contact(turn.conn, turn.team_id, contact_id)
    if contact is None or contact.deleted_at:
        raise turn.sorry("who.gone")
    turn.allow(action, contact.owner_id)
    return contact


def the_choice(turn: Turn) -> AskChoice:
    """What the clicked button is about."""
    choice = read_choice(turn.request.value)
    if choice is None:
        raise turn.sorry("answer.outdated")
    return choice


def show(turn: Turn, found: Ask) -> Answer:
    """The ask as it is now, in the place of what was clicked.

    A message that shows its follow-up changes by itself, as `rewrite` has it.
    """
    if turn.request.surface is Surface.MESSAGE and _changes_by_itself(turn, found):
        return Nothing()
    return Replace(views.sent(turn.voice, sent_view(turn, found)))


def _changes_by_itself(turn: Turn, found: Ask) -> bool:
    """Whether the clicked message shows the follow-up of the ask."""
    return any(
        message.slack_ts == turn.request.message_ts
        for row in follow_ups.about(turn.conn, turn.team_id, Subject(ask_id=found.id))
        for message in deliveries.showing(turn.conn, turn.team_id, row.id)
    )


def waiting_ask(turn: Turn, contact: Contact) -> Ask | None:
    """The ask to this contact whose answer can still come in; a reload loses its message."""
    known = asks.of_contact(turn.conn, turn.team_id, contact.id)
    return next((one for one in known if one.state in (AskState.SENT, AskState.RESTED)), None)


def sent_view(turn: Turn, found: Ask) -> Sent:
    """An ask as its message shows it."""
    contact = customers.get_contact(turn.conn, turn.team_id, found.contact_id)
    if contact is None:
        raise turn.sorry("who.gone")
    waiting = (
        row.due_at
        for row in follow_ups.about(turn.conn, turn.team_id, Subject(ask_id=found.id))
        if row.kind is FollowUpKind.ASK_ANSWER and row.state is FollowUpState.OPEN
    )
    return Sent(
        ask_id=found.id,
        contact_id=contact.id,
        result_id=found.result_id,
        customer=contact.customer_name,
        contact=contact.name,
        state=found.state,
        answer=found.answer,
        follow_up_at=next(waiting, None),
        has_referral=asks.has_referral(turn.conn, turn.team_id, found.id),
        mail=_mail_status(turn, found),
        may_cancel=not _is_out(_mail_of(turn, found)),
    )


def _mail_of(turn: Turn, found: Ask) -> Outgoing | None:
    return mails.of_ask(turn.conn, turn.team_id, found.id, found.sent_by, found.sent_at)


def _is_out(mail: Outgoing | None) -> bool:
    return mail is not None and mail.may_be_there


def _keep_back_mail(turn: Turn, found: Ask) -> None:
    """Raises Sorry when the mail of an ask has gone out, or is going out this moment."""
    mail = _mail_of(turn, found)
    waits = mail is not None and mail.state is DeliveryState.PENDING
    if _is_out(mail) or (
        mail
        and waits
        and not deliveries.withdraw_unsent(turn.conn, turn.team_id, mail.id, turn.now)
    ):
        raise turn.sorry("mail.is_out")


def _mail_status(turn: Turn, found: Ask) -> Markup | None:
    """How it stands with the mail by which it goes out; None for one that was sent without Goen."""
    one = _mail_of(turn, found)
    mail = one.mail if one else None
    return status(turn.voice, one.state, mail.sender) if one and mail else None


def _contents(
    turn: Turn, contact: Contact, ready: ReadyAsk, choice: AskChoice
) -> dict[str, int | None]:
    """What was in the text that went out: what the rep saw, where it still stands."""
    shown = asking.draft_of(turn, contact, ready, choice).choice
    return {
        "result_id": shown.result_id,
        "offer_id": shown.offer_id,
        "template_id": shown.template_id,
    }


def _move(turn: Turn, found: Ask, contact: Contact, rule: Move, action: str) -> Ask:
    has_referral = asks.has_referral(turn.conn, turn.team_id, found.id)
    moved = rule(found.facts(has_referral=has_referral))
    if isinstance(moved, Refusal):
        raise Sorry(refusal(turn.voice, moved.reasons[0]))
    _save(turn, found, contact, moved, action)
    return _the_ask(turn, found.id)


def _lock(doer: Doer, contact: Contact, ask_id: int) -> None:
    team_id = doer.workspace.team_id
    asks.lock_contact(doer.conn, team_id, contact.id)
    # A click on the follow-up locks it before the ask; in the same order nobody waits for ever.
    for row in follow_ups.about(doer.conn, team_id, Subject(ask_id=ask_id)):
        follow_ups.locked(doer.conn, team_id, row.id)


def _save(doer: Doer, found: Ask, contact: Contact, moved: AskMoved, action: str) -> None:
    asks.change(
        doer.conn,
        doer.workspace.team_id,
        found.id,
        state=moved.ask.state,
        answer=moved.ask.answer,
        answered_at=doer.now if moved.ask.answer else None,
    )
    doer.audit(action, "ask", found.id, contact_id=contact.id)
    _carry_out(doer, found.id, contact, moved)


def _carry_out(doer: Doer, ask_id: int, contact: Contact, moved: AskMoved) -> None:
    """The follow-up of the ask, the contact's state, and the messages that show either."""
    conn, workspace, now = doer.conn, doer.workspace, doer.now
    subject = Subject(customer_id=contact.customer_id, contact_id=contact.id, ask_id=ask_id)
    changed = follow_ups.apply(conn, workspace.team_id, subject, moved.effects, now, doer.by)
    kept = upkeep.contact_changed(conn, workspace, contact.id, now)
    rewrite(conn, workspace, (*changed, *kept.changed), now, doer.key)


def _check_budget(turn: Turn, contact: Contact) -> None:
    """A cancelled ask may come back only while nobody asked in its place (A1)."""
    state = asking.state_of(turn, contact)
    at = state.last_asked_at
    if at is None or at <= ask_window(turn.now, turn.policy).asked_until:
        return
    until = at + turn.policy.ask_again_after
    asked = reason(ReasonCode.ASKED_RECENTLY, by=state.last_asked_by or "", at=at, until=until)
    raise Sorry(refusal(turn.voice, asked))


def _restore(turn: Turn, person: PersonTime) -> Move:
    return lambda ask: rules.restore(ask, turn.policy, person)


def _wait_again(turn: Turn, person: PersonTime) -> Move:
    return lambda ask: rules.wait_again(ask, turn.policy, person)


def _the_ask(doer: Doer, ask_id: int) -> Ask:
    found = asks.get(doer.conn, doer.workspace.team_id, ask_id)
    if found is None:
        raise LookupError(f"ask {ask_id} is not on record")
    return found
