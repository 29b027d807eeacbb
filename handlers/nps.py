"""Logging, correcting and deleting an NPS score (M2 M3)."""

from bot.messages.rewrite import rewrite
from bot.playbook.contact_facts import NpsRecord
from bot.playbook.contact_state import TagChange, tag_change
from bot.playbook.lines import HIGHEST_SCORE, NpsLine, nps_readings, parse_nps
from bot.playbook.rights import Action
from bot.views import ids
from bot.views import nps as views
from bot.views.nps import Prefill
from bot.views.problems import say_problems
from handlers import customer_card, finding
from handlers.answers import Answer, Invalid, OpenView, Say
from handlers.asking import at_once
from handlers.reading import number, record_id
from handlers.request import Entry
from handlers.routes import Routes
from handlers.turn import Turn
from storage import customers, nps, upkeep
from storage.customers import Contact
from storage.upkeep import Kept


def register(routes: Routes) -> None:
    routes.add(Entry.COMMAND, ids.NPS_COMMAND, from_line)
    routes.add(Entry.ACTION, ids.LOG_NPS, open_form, reads=True)
    routes.add(Entry.SUBMISSION, ids.NPS_FORM, from_form)
    routes.add(Entry.ACTION, ids.CORRECT_NPS, open_correction, reads=True)
    routes.add(Entry.ACTION, ids.DELETE_NPS, delete)


def from_line(turn: Turn) -> Answer:
    """`/nps 山田製作所 9 対応が早い`: recorded at once, or the form with what was understood."""
    line, contact = _understand(turn)
    if contact and line.score is not None and not line.problems:
        return _log(turn, contact, line.score, line.comment)
    known = finding.understood(turn, line.head)
    return OpenView(
        views.form(
            turn.voice,
            Prefill(
                contact=known.option,
                new_contact=known.new_contact,
                score=line.score,
                comment=line.comment,
                note=say_problems(turn.voice, line.problems, line.typed, known.unclear),
            ),
        )
    )


def open_form(turn: Turn) -> Answer:
    """A button that asks for the score of one contact, whose id it carries."""
    contact = customers.get_contact(turn.conn, turn.team_id, record_id(turn.request.value))
    if contact is None or contact.deleted_at:
        raise turn.sorry("who.gone")
    turn.allow(Action.LOG_NPS, contact.owner_id)
    return OpenView(views.form(turn.voice, Prefill(contact=finding.option_of(turn, contact))))


def from_form(turn: Turn) -> Answer:
    chosen = turn.request.answer(ids.SCORE)
    if chosen is None:
        raise Invalid({ids.SCORE: turn.voice.plain("nps.score_missing")})
    score = number(chosen, HIGHEST_SCORE)
    comment = turn.request.written(ids.COMMENT)
    if turn.request.private_metadata:
        return _correct(turn, record_id(turn.request.private_metadata), score, comment)
    contact = finding.chosen_contact(turn, Action.LOG_NPS)
    return _log(turn, contact, score, comment)


def open_correction(turn: Turn) -> Answer:
    found, _ = _find(turn, record_id(turn.request.value), Action.CORRECT)
    return OpenView(
        views.form(turn.voice, Prefill(score=found.score, comment=found.comment, nps_id=found.id))
    )


def delete(turn: Turn) -> Answer:
    found, contact = _find(turn, record_id(turn.request.value), Action.DELETE)
    nps.change(turn.conn, turn.team_id, found.id, deleted_at=turn.now)
    turn.audit(Action.DELETE, "nps", found.id, contact_id=contact.id)
    _keep_up(turn, contact.id)
    said = views.deleted(turn.voice, customer=contact.customer_name, score=found.score)
    return customer_card.in_place(turn, said)


def _log(turn: Turn, contact: Contact, score: int, comment: str) -> Answer:
    """Record a score and bring the contact's state and follow-ups in line."""
    turn.allow(Action.LOG_NPS, contact.owner_id)
    nps_id = nps.add(
        turn.conn,
        turn.team_id,
        contact_id=contact.id,
        score=score,
        comment=comment,
        answered_at=turn.now,
        created_by=turn.me.user_id,
        created_at=turn.now,
    )
    turn.audit(Action.LOG_NPS, "nps", nps_id, contact_id=contact.id)
    added = NpsRecord(nps_id, score, at=turn.now, by=turn.me.user_id)
    kept = _keep_up(turn, contact.id, added)
    return _answer(turn, contact, nps_id, score, kept)


def _correct(turn: Turn, nps_id: int, score: int, comment: str) -> Answer:
    found, contact = _find(turn, nps_id, Action.CORRECT)
    nps.change(turn.conn, turn.team_id, found.id, score=score, comment=comment)
    turn.audit(Action.CORRECT, "nps", found.id, contact_id=contact.id)
    return _answer(turn, contact, found.id, score, _keep_up(turn, contact.id))


def _answer(turn: Turn, contact: Contact, nps_id: int, score: int, kept: Kept) -> Answer:
    tag = TagChange.UNCHANGED
    if kept.state:
        tag = tag_change(kept.before, kept.state, turn.now, turn.policy)
    return Say(
        views.logged(
            turn.voice,
            nps_id=nps_id,
            customer=contact.customer_name,
            contact=contact.name,
            score=score,
            tag=tag,
            at_once=at_once(turn, contact, kept.state),
        )
    )


def _keep_up(turn: Turn, contact_id: int, added: NpsRecord | None = None) -> Kept:
    kept = upkeep.contact_changed(
        turn.conn, turn.workspace, contact_id, turn.now, added=added, by=turn.me
    )
    rewrite(turn.conn, turn.workspace, kept.changed, turn.now, turn.request.key)
    return kept


def _find(turn: Turn, nps_id: int, action: Action) -> tuple[nps.Nps, Contact]:
    found = nps.get(turn.conn, turn.team_id, nps_id)
    if found is None or found.deleted_at:
        raise turn.sorry("nps.gone")
    contact = customers.get_contact(turn.conn, turn.team_id, found.contact_id)
    if contact is None or contact.deleted_at:
        raise turn.sorry("who.gone")
    turn.allow(action, contact.owner_id)
    return found, contact


def _understand(turn: Turn) -> tuple[NpsLine, Contact | None]:
    """The first reading of the line whose customer exists."""
    for line in nps_readings(turn.request.text):
        contact = finding.the_contact(turn, line.head)
        if contact:
            return line, contact
    return parse_nps(turn.request.text), None
