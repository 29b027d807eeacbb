"""What makes asking natural, logged in one step: thanks, an upsell, a renewal, a contract (M5)."""

import json
from datetime import date, datetime, time
from typing import TypedDict
from zoneinfo import ZoneInfo

from bot.messages.rewrite import rewrite
from bot.playbook.lines import MomentLine, moment_readings, parse_moment
from bot.playbook.rights import Action
from bot.playbook.terms import MomentKind
from bot.playbook.words import plain
from bot.playbook.working_time import local_date, local_instant
from bot.views import ids
from bot.views import moments as views
from bot.views.moments import Prefill
from bot.views.problems import say_problems
from handlers import customer_card, finding
from handlers.answers import Answer, Invalid, OpenView, Say
from handlers.asking import at_once
from handlers.reading import carried, day, record_id, word
from handlers.request import Entry
from handlers.routes import Routes
from handlers.turn import Turn
from storage import customers, moments, upkeep
from storage.customers import Contact
from storage.moments import Moment

_NOON = time(12)


class Kept(TypedDict, total=False):
    """What a form carries through to its submission."""

    moment_id: int
    source_link: str


def register(routes: Routes) -> None:
    routes.add(Entry.SHORTCUT, ids.LOG_THANKS_SHORTCUT, from_message, reads=True)
    routes.add(Entry.ACTION, ids.LOG_MOMENT, open_form, reads=True)
    routes.add(Entry.SUBMISSION, ids.MOMENT_FORM, from_form)
    routes.add(Entry.ACTION, ids.CORRECT_MOMENT, open_correction, reads=True)
    routes.add(Entry.ACTION, ids.DELETE_MOMENT, delete)


def from_line(turn: Turn, kind: MomentKind) -> Answer:
    """`/goen thanks 山田製作所 吉野様 喜ばれた`: recorded at once, or the form with what was
    understood."""
    line, contact = _understand(turn)
    if contact and not line.problems:
        return answer(turn, contact, log_moment(turn, contact, kind, line.note, turn.now))
    known = finding.understood(turn, line.head)
    return OpenView(
        views.form(
            turn.voice,
            Prefill(
                day=_today(turn),
                contact=known.option,
                new_contact=known.new_contact,
                kind=kind,
                note=line.note,
                said=say_problems(turn.voice, line.problems, line.typed, known.unclear),
            ),
        )
    )


def from_message(turn: Turn) -> Answer:
    """ "They thanked us" on a message: its words are the note, and the record leads back to it."""
    link = turn.request.permalink
    kept = Kept(source_link=link) if link else Kept()
    known = Prefill(day=_today(turn), note=plain(turn.request.message.get("text") or ""))
    return OpenView(views.form(turn.voice, known, json.dumps(kept)))


def open_form(turn: Turn) -> Answer:
    """A button that asks for a moment with one contact, or with anybody when it carries no id."""
    if not turn.request.value:
        return OpenView(views.form(turn.voice, Prefill(day=_today(turn))))
    contact = customers.get_contact(turn.conn, turn.team_id, record_id(turn.request.value))
    if contact is None or contact.deleted_at:
        raise turn.sorry("who.gone")
    turn.allow(Action.LOG_MOMENT, contact.owner_id)
    known = Prefill(day=_today(turn), contact=finding.option_of(turn, contact))
    return OpenView(views.form(turn.voice, known))


def from_form(turn: Turn) -> Answer:
    kept = carried(turn.request.private_metadata)
    kind = word(MomentKind, turn.request.answer(ids.MOMENT))
    note = turn.request.written(ids.NOTE)
    happened_at = _happened_at(turn)
    if "moment_id" in kept:
        found, contact = _find(turn, record_id(str(kept["moment_id"])), Action.CORRECT)
        moments.change(
            turn.conn, turn.team_id, found.id, kind=kind, note=note, happened_at=happened_at
        )
        turn.audit(Action.CORRECT, "moment", found.id, contact_id=contact.id)
        return answer(turn, contact, found.id)
    contact = finding.chosen_contact(turn, Action.LOG_MOMENT)
    moment_id = log_moment(
        turn, contact, kind, note, happened_at, source_link=kept.get("source_link")
    )
    return answer(turn, contact, moment_id)


def open_correction(turn: Turn) -> Answer:
    found, _ = _find(turn, record_id(turn.request.value), Action.CORRECT)
    known = Prefill(
        day=local_date(found.happened_at, ZoneInfo(turn.me.timezone)),
        kind=found.kind,
        note=found.note,
        asks_who=False,
    )
    return OpenView(views.form(turn.voice, known, json.dumps(Kept(moment_id=found.id))))


def delete(turn: Turn) -> Answer:
    found, contact = _find(turn, record_id(turn.request.value), Action.DELETE)
    moments.change(turn.conn, turn.team_id, found.id, deleted_at=turn.now)
    turn.audit(Action.DELETE, "moment", found.id, contact_id=contact.id)
    _keep_up(turn, contact.id)
    said = views.deleted(turn.voice, customer=contact.customer_name, kind=found.kind)
    return customer_card.in_place(turn, said)


def log_moment(
    turn: Turn,
    contact: Contact,
    kind: MomentKind,
    note: str,
    happened_at: datetime,
    source_link: str | None = None,
) -> int:
    """Record a moment; its id."""
    turn.allow(Action.LOG_MOMENT, contact.owner_id)
    moment_id = moments.add(
        turn.conn,
        turn.team_id,
        contact_id=contact.id,
        kind=kind,
        note=note,
        happened_at=happened_at,
        source_link=source_link,
        created_by=turn.me.user_id,
        created_at=turn.now,
    )
    turn.audit(Action.LOG_MOMENT, "moment", moment_id, contact_id=contact.id)
    return moment_id


def answer(turn: Turn, contact: Contact, moment_id: int) -> Answer:
    """What was logged, what it changed, and what to do now."""
    _keep_up(turn, contact.id)
    found, _ = _find(turn, moment_id, Action.LOG_MOMENT)
    return Say(
        views.logged(
            turn.voice,
            moment_id=moment_id,
            contact_id=contact.id,
            customer=contact.customer_name,
            contact=contact.name,
            kind=found.kind,
            source_link=found.source_link,
            at_once=at_once(turn, contact),
        )
    )


def _keep_up(turn: Turn, contact_id: int) -> None:
    kept = upkeep.contact_changed(turn.conn, turn.workspace, contact_id, turn.now)
    rewrite(turn.conn, turn.workspace, kept.changed, turn.now, turn.request.key)


def _happened_at(turn: Turn) -> datetime:
    """The instant of the chosen day: now for today, the noon of an earlier one."""
    chosen = turn.request.answer(ids.DAY)
    today = _today(turn)
    on = day(chosen) if chosen else today
    if on > today:
        raise Invalid({ids.DAY: turn.voice.plain("moment_form.day_ahead")})
    zone = ZoneInfo(turn.me.timezone)
    return turn.now if on == today else local_instant(on, _NOON, zone)


def _understand(turn: Turn) -> tuple[MomentLine, Contact | None]:
    """The first reading of the line that means a contact who exists."""
    for line in moment_readings(turn.request.text):
        contact = finding.the_contact(turn, line.head)
        if contact:
            return line, contact
    return parse_moment(turn.request.text), None


def _today(turn: Turn) -> date:
    """My own local date: the day that I would write into a diary."""
    return local_date(turn.now, ZoneInfo(turn.me.timezone))


def _find(turn: Turn, moment_id: int, action: Action) -> tuple[Moment, Contact]:
    found = moments.get(turn.conn, turn.team_id, moment_id)
    if found is None or found.deleted_at:
        raise turn.sorry("moment_form.gone")
    contact = customers.get_contact(turn.conn, turn.team_id, found.contact_id)
    if contact is None or contact.deleted_at:
        raise turn.sorry("who.gone")
    turn.allow(action, contact.owner_id)
    return found, contact
