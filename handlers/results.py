"""Logging, correcting and deleting a result, and the ask that is ready at once (M1 A2)."""

from dataclasses import dataclass
from decimal import Decimal

from bot.messages.rewrite import rewrite
from bot.playbook.contact_facts import ResultRecord
from bot.playbook.measures import (
    Change,
    Measure,
    NotAMeasure,
    UnlikeUnits,
    compare,
    guess_direction,
    parse_measure,
    rounded_percent,
)
from bot.playbook.names import MAX_NAME
from bot.playbook.problems import Field, Problem, ProblemCode
from bot.playbook.result_line import ResultLine, ResultReading, parse_result
from bot.playbook.rights import Action
from bot.playbook.terms import Direction
from bot.playbook.words import Head
from bot.views import ids, who
from bot.views import results as views
from bot.views.problems import say_problems
from bot.views.results import GUESS, Logged, Prefill
from handlers import asking, customer_card, finding
from handlers.answers import Answer, Invalid, OpenView, Say
from handlers.reading import record_id, word
from handlers.request import Entry
from handlers.routes import Routes
from handlers.turn import Turn
from storage import customers, results, upkeep
from storage.customers import Contact, Customer
from storage.results import Result


@dataclass(frozen=True)
class NewResult:
    """A result that is complete and not recorded yet. `contact` None speaks for the account."""

    customer: Customer
    contact: Contact | None
    kpi: str
    before: Measure
    after: Measure
    direction: Direction
    period: str
    note: str

    @property
    def change(self) -> Change:
        return compare(self.before, self.after, self.direction)


def register(routes: Routes) -> None:
    routes.add(Entry.COMMAND, ids.RESULT_COMMAND, from_line)
    routes.add(Entry.ACTION, ids.LOG_RESULT, open_form, reads=True)
    routes.add(Entry.SUBMISSION, ids.RESULT_FORM, from_form)
    routes.add(Entry.ACTION, ids.CORRECT_RESULT, open_correction, reads=True)
    routes.add(Entry.ACTION, ids.DELETE_RESULT, delete)


def from_line(turn: Turn) -> Answer:
    """`/result 山田製作所 見積作成時間 4.2h 2.2h`: recorded at once, or the form with what was
    understood."""
    line = parse_result(turn.request.text)
    new = _complete(turn, line)
    return _log(turn, new) if new else OpenView(views.form(turn.voice, _understood(turn, line)))


def open_form(turn: Turn) -> Answer:
    """A button that asks for a result of one contact, or of anybody when it carries no id."""
    if not turn.request.value:
        return OpenView(views.form(turn.voice, Prefill()))
    contact = customers.get_contact(turn.conn, turn.team_id, record_id(turn.request.value))
    if contact is None or contact.deleted_at:
        raise turn.sorry("who.gone")
    turn.allow(Action.LOG_RESULT, contact.owner_id)
    return OpenView(views.form(turn.voice, Prefill(account=finding.option_of(turn, contact))))


def from_form(turn: Turn) -> Answer:
    kpi = turn.request.written(ids.KPI)
    if not kpi or len(kpi) > MAX_NAME:
        raise Invalid({ids.KPI: turn.voice.plain("problem.kpi.missing")})
    before, after = _measures(turn)
    chosen = turn.request.answer(ids.DIRECTION)
    unit = before.unit or after.unit
    direction = guess_direction(kpi, unit) if chosen in (None, GUESS) else word(Direction, chosen)
    period, note = turn.request.written(ids.PERIOD), turn.request.written(ids.NOTE)
    if turn.request.private_metadata:
        found, customer, contact = _find(
            turn, record_id(turn.request.private_metadata), Action.CORRECT
        )
        return _correct(
            turn, found, NewResult(customer, contact, kpi, before, after, direction, period, note)
        )
    customer, contact = _account(turn)
    return _log(turn, NewResult(customer, contact, kpi, before, after, direction, period, note))


def open_correction(turn: Turn) -> Answer:
    found, _, _ = _find(turn, record_id(turn.request.value), Action.CORRECT)
    known = Prefill(
        kpi=found.kpi,
        before=_typed(found.before, found.before_unit),
        after=_typed(found.after, found.after_unit),
        direction=found.direction,
        period=found.period,
        note=found.note,
        result_id=found.id,
    )
    return OpenView(views.form(turn.voice, known))


def delete(turn: Turn) -> Answer:
    found, customer, _ = _find(turn, record_id(turn.request.value), Action.DELETE)
    results.change(turn.conn, turn.team_id, found.id, deleted_at=turn.now)
    turn.audit(Action.DELETE, "result", found.id, customer_id=customer.id)
    last = upkeep.reported_at(turn.conn, turn.team_id, customer.id)
    customers.change(turn.conn, turn.team_id, customer.id, reported_at=last)
    _keep_up(turn, customer.id)
    said = views.deleted(turn.voice, customer=customer.name, kpi=found.kpi)
    return customer_card.in_place(turn, said)


def log_result(turn: Turn, new: NewResult) -> int:
    """Record a result, and that the customer heard of it, and bring everything in line; its id."""
    turn.allow(Action.LOG_RESULT, new.customer.owner_id)
    result_id = results.add(
        turn.conn,
        turn.team_id,
        customer_id=new.customer.id,
        contact_id=new.contact.id if new.contact else None,
        measured_at=turn.now,
        created_by=turn.me.user_id,
        created_at=turn.now,
        **_columns(new),
    )
    turn.audit(Action.LOG_RESULT, "result", result_id, customer_id=new.customer.id)
    customers.change(turn.conn, turn.team_id, new.customer.id, reported_at=turn.now)
    # One person's result says nothing of the others there: then all of them are folded again.
    _keep_up(turn, new.customer.id, None if new.contact else _record(turn, result_id, new))
    return result_id


def _log(turn: Turn, new: NewResult) -> Answer:
    return _answer(turn, log_result(turn, new), new)


def _correct(turn: Turn, found: Result, new: NewResult) -> Answer:
    results.change(turn.conn, turn.team_id, found.id, **_columns(new))
    turn.audit(Action.CORRECT, "result", found.id, customer_id=new.customer.id)
    _keep_up(turn, new.customer.id)
    return _answer(turn, found.id, new)


def _answer(turn: Turn, result_id: int, new: NewResult) -> Answer:
    shown = Logged(
        result_id=result_id,
        customer=new.customer.name,
        contact=new.contact.name if new.contact else None,
        kpi=new.kpi,
        typed=(new.before, new.after),
        change=new.change,
        period=new.period,
    )
    record = _record(turn, result_id, new)
    at_once = asking.after_result(turn, new.customer, new.contact, record)
    return Say(views.logged(turn.voice, shown, at_once))


def _record(turn: Turn, result_id: int, new: NewResult) -> ResultRecord:
    """As the rules see it."""
    return ResultRecord(
        id=result_id,
        kpi=new.kpi,
        percent=_percent(new.change),
        improved=bool(new.change.improved),
        at=turn.now,
    )


def _columns(new: NewResult) -> dict[str, object]:
    change = new.change
    return {
        "kpi": new.kpi,
        "before": new.before.value,
        "after": new.after.value,
        "before_unit": new.before.unit,
        "after_unit": new.after.unit,
        "direction": new.direction,
        "period": new.period,
        "note": new.note,
        "percent": _percent(change),
        "improved": change.improved,
    }


def _percent(change: Change) -> Decimal | None:
    """The change as people say it, by which the score counts too."""
    percent = rounded_percent(change)
    return None if percent is None else Decimal(percent)


def _keep_up(turn: Turn, customer_id: int, added: ResultRecord | None = None) -> None:
    changed = upkeep.customer_changed(turn.conn, turn.workspace, customer_id, turn.now, added=added)
    rewrite(turn.conn, turn.workspace, changed, turn.now, turn.request.key)


def _find(turn: Turn, result_id: int, action: Action) -> tuple[Result, Customer, Contact | None]:
    found = results.get(turn.conn, turn.team_id, result_id)
    if found is None or found.deleted_at:
        raise turn.sorry("result.gone")
    customer = customers.get(turn.conn, turn.team_id, found.customer_id)
    if customer is None or customer.deleted_at:
        raise turn.sorry("who.gone")
    turn.allow(action, customer.owner_id)
    contact = None
    if found.contact_id is not None:
        contact = customers.get_contact(turn.conn, turn.team_id, found.contact_id)
    return found, customer, contact


def _account(turn: Turn) -> tuple[Customer, Contact | None]:
    """Whose result it is: an account, and the person there when one was chosen or named."""
    customer = finding.chosen_customer(turn, Action.LOG_RESULT)
    new_name = turn.request.written(ids.NEW_CONTACT)
    if new_name:
        known = customers.contacts_named(turn.conn, turn.team_id, customer.id, new_name)
        if len(known) == 1:
            return customer, known[0]
        return customer, finding.add_contact(turn, customer, new_name)
    chosen = who.read(turn.request.answer(ids.CUSTOMER))
    if chosen is None or chosen.contact_id is None:
        return customer, None
    contact = customers.get_contact(turn.conn, turn.team_id, chosen.contact_id)
    return customer, None if contact is None or contact.deleted_at else contact


def _measures(turn: Turn) -> tuple[Measure, Measure]:
    """The two values of the form. Raises Invalid with each one's own complaint."""
    read: dict[str, Measure] = {}
    wrong: dict[str, str] = {}
    for block_id in (ids.BEFORE, ids.AFTER):
        written = turn.request.written(block_id)
        try:
            read[block_id] = parse_measure(written)
        except NotAMeasure:
            code = ProblemCode.NOT_A_MEASURE if written else ProblemCode.MISSING
            wrong[block_id] = turn.voice.plain(f"problem.{block_id}.{code}", text=written)
    if wrong:
        raise Invalid(wrong)
    before, after = read[ids.BEFORE], read[ids.AFTER]
    try:
        compare(before, after, Direction.HIGHER)
    except UnlikeUnits:
        key = f"problem.{Field.AFTER}.{ProblemCode.UNLIKE_UNITS}"
        text = turn.request.written(ids.AFTER)
        raise Invalid({ids.AFTER: turn.voice.plain(key, text=text)}) from None
    return before, after


def _complete(turn: Turn, line: ResultLine) -> NewResult | None:
    """The result that a line states, when nothing in it is missing, wrong or ambiguous."""
    if line.problems or line.before is None or line.after is None:
        return None
    for reading in line.splits():
        found = customers.named(turn.conn, turn.team_id, reading.customer)
        if not found:
            continue
        contacts = _named(turn, found[0], reading) if len(found) == 1 else []
        is_certain = len(found) == 1 and (not reading.contact or len(contacts) == 1)
        if not is_certain or not 0 < len(reading.kpi) <= MAX_NAME:
            return None
        return NewResult(
            customer=found[0],
            contact=contacts[0] if contacts else None,
            kpi=reading.kpi,
            before=line.before,
            after=line.after,
            direction=guess_direction(reading.kpi, line.before.unit or line.after.unit),
            period=line.period or "",
            note=line.note,
        )
    return None


def _understood(turn: Turn, line: ResultLine) -> Prefill:
    """The form with everything that the line said."""
    existing = (
        reading
        for reading in line.splits()
        if customers.named(turn.conn, turn.team_id, reading.customer)
    )
    reading = next(existing, line.likely())
    head = Head(tuple(part for part in (reading.customer, reading.contact) if part), 1)
    problems = line.problems
    if len(reading.kpi) > MAX_NAME:
        problems = (*problems, Problem(Field.KPI, ProblemCode.TOO_LONG))
    known = finding.understood(turn, head, needs_person=False)
    return Prefill(
        account=known.option,
        new_contact=known.new_contact,
        kpi=reading.kpi,
        before=line.before_text,
        after=line.after_text,
        period=line.period or "",
        note=line.note,
        said=say_problems(turn.voice, problems, line.typed, known.unclear),
    )


def _named(turn: Turn, customer: Customer, reading: ResultReading) -> list[Contact]:
    if not reading.contact:
        return []
    return customers.contacts_named(turn.conn, turn.team_id, customer.id, reading.contact)


def _typed(value: Decimal, unit: str) -> str:
    """A stored value as the form's field takes it again, digit by digit."""
    return f"{value.normalize():f} {unit}".strip()
