"""One thing that can be done to Goen, who may do it, and the payload that does it.

The rights are those of the playbook in words: reps act on their own customers and on what the team
shares, managers on all of the team's, admins on the settings too; whoever owes a follow-up may tick
it off. Nobody else acts at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from handlers.request import Entry
from tests.faults.rights_books import Book
from tests.faults.rights_world import INSIDERS, Who, World

Element = Mapping[str, Any]


class Right(StrEnum):
    """Who may, in the playbook's words."""

    MEMBER = "everybody of the team"
    OWNER = "the owner, everybody for what is shared, managers"
    OWES = "the same and whoever owes it"
    MANAGER = "managers"
    ADMIN = "admins"
    SLACK = "nobody: Slack tells us of a person, and only that person's row may change"


class Whose(StrEnum):
    """Whose record the id in a payload names."""

    SATO = "Sato's"
    TANAKA = "Tanaka's"
    SHARED = "the team's"
    FOREIGN = "another workspace's"


JUNK = {
    "unknown": "999999",
    "letters": "abc",
    "negative": "-1",
    "huge": "9" * 40,
    "sql": "1 OR 1=1; DROP TABLE nps; --",
    "json": '{"$ne": 1}',
    "parts": "1:2:3:4:5",
    "missing": "",
}


@dataclass(frozen=True)
class Case:
    """A payload with `<id>` where it names the record, `<offer>` and so on for others of its book.

    `about` is the kind of record, empty for what is about none. `kept` is a form's private
    metadata. `blank_is_new`: without an id the form adds a record.
    """

    entry: Entry
    name: str
    right: Right
    about: str = ""
    value: str = ""
    kept: str = ""
    answers: Mapping[str, Element] = field(default_factory=dict)
    variant: str = ""
    blank_is_new: bool = False
    only_shows: bool = False
    on: str = ""
    """The surface of a button that stands on one only."""
    touches: str = ""
    """The only table that may change, where Slack itself speaks."""

    def __str__(self) -> str:
        return " ".join(part for part in (self.entry, self.name, self.variant) if part)


def may(who: Who, case: Case, whose: Whose | None) -> bool:
    """Whether the playbook lets this person do this to that record (None: it names no record)."""
    if case.right is Right.SLACK:
        return True
    if who is Who.OTHER_WORKSPACE:
        return whose in (None, Whose.FOREIGN)
    if who not in INSIDERS or whose is Whose.FOREIGN:
        return False
    rank = {Who.MANAGER: 1, Who.ADMIN: 2}.get(who, 0)
    if case.right in (Right.MANAGER, Right.ADMIN):
        return rank >= (2 if case.right is Right.ADMIN else 1)
    own = {Who.OWNER: Whose.SATO, Who.OTHER_REP: Whose.TANAKA}.get(who)
    owes = case.right is Right.OWES and case.about == "lent" and _lent_to(whose) is who
    return case.right is Right.MEMBER or rank > 0 or whose in (own, Whose.SHARED, None) or owes


def _lent_to(whose: Whose | None) -> Who:
    return Who.OTHER_REP if whose is Whose.SATO else Who.OWNER


def book_of(world: World, whose: Whose) -> Book:
    books = {
        Whose.SATO: world.sato,
        Whose.TANAKA: world.tanaka,
        Whose.SHARED: world.shared,
        Whose.FOREIGN: world.foreign,
    }
    return books[whose]


def secrets_hidden_from(who: Who, world: World) -> set[str]:
    """The words of records that this person may not even see."""
    hidden = {book_of(world, whose).secret for whose in Whose}
    if who is Who.OTHER_WORKSPACE:
        return hidden - {world.foreign.secret}
    if who not in INSIDERS:
        return hidden
    seen = {
        Who.OWNER: (Whose.SATO, Whose.SHARED),
        Who.OTHER_REP: (Whose.TANAKA, Whose.SHARED),
    }.get(who, (Whose.SATO, Whose.TANAKA, Whose.SHARED))
    return hidden - {book_of(world, whose).secret for whose in seen}


def filled(template: Any, named: str, book: Book) -> Any:
    """A payload's part with the record's id and the names of the book in it."""
    if isinstance(template, str):
        text = template.replace("<id>", named)
        for name in ("idle_name", "contact", "email", "offer", "template", "referral"):
            text = text.replace(f"<{name}>", str(getattr(book, name)))
        return text
    if isinstance(template, Mapping):
        return {name: filled(part, named, book) for name, part in template.items()}
    if isinstance(template, list):
        return [filled(part, named, book) for part in template]
    return template


def typed(text: str) -> Element:
    return {"type": "plain_text_input", "value": text}


def chosen(value: str) -> Element:
    return {"type": "static_select", "selected_option": {"value": value}}


def ticked(*values: str) -> Element:
    return {"type": "checkboxes", "selected_options": [{"value": value} for value in values]}


def user(user_id: str) -> Element:
    return {"type": "users_select", "selected_user": user_id}


def channel(channel_id: str) -> Element:
    return {"type": "channels_select", "selected_channel": channel_id}


def day(date: str | None) -> Element:
    return {"type": "datepicker", "selected_date": date}


def hour(time: str) -> Element:
    return {"type": "timepicker", "selected_time": time}


def file(file_id: str) -> Element:
    found = {"id": file_id, "name": "customers.csv", "size": 100}
    return {"type": "file_input", "files": [found]}


_FORGED: Mapping[str, Any] = {
    "selected_option": {"value": "1 OR 1=1"},
    "selected_user": "U0NOBODY",
    "selected_date": "yesterday",
    "selected_time": "25:61",
}
"""What no menu, list of people or picker of Slack gives, by what it stands in."""


def forgeable(case: Case) -> list[str]:
    """The questions of a form that are answered by choosing."""
    if case.entry is not Entry.SUBMISSION:
        return []
    return [block for block, one in case.answers.items() if _FORGED.keys() & one.keys()]


def forgery(element: Element) -> Element:
    """An answer that was never offered, in the shape of this one."""
    return {name: _FORGED.get(name, value) for name, value in element.items()}
