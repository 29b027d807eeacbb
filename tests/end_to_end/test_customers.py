"""The card of a customer: opened, and everything on it put right."""

from datetime import date

import pytest
from sqlalchemy import select

from bot.playbook.terms import CustomerKind, FollowUpKind, FollowUpState, Role
from bot.sandbox.modals import View
from bot.sandbox.person import Person
from bot.views import ids
from storage import customers, follow_ups, nps, people, results, tables
from storage.customers import Contact, Customer
from storage.follow_ups import Row, Subject
from tests.end_to_end.referral_steps import has_customer
from tests.end_to_end.steps import YAMADA, YOSHINO, contact, give_role, promoter, shown
from tests.house import EMMA, MORI, OUTSIDER, SATO, TANAKA, TEAM, Stage

LOUD = "<!channel> *山田* & \u202e=HYPERLINK(1) 🎉" + "あ" * 150


def account(live: Stage, name: str = YAMADA) -> Customer:
    with live.bot.store.read() as conn:
        (found,) = customers.named(conn, TEAM, name)
    return found


def card(who: Person, name: str = YAMADA) -> View:
    view = who.command("/goen", f"customer {name}").view
    assert view, name
    return view


def owed_to(live: Stage, of: Contact) -> list[Row]:
    with live.bot.store.read() as conn:
        return follow_ups.about(conn, TEAM, Subject(contact_id=of.id))


def edited(who: Person, view: View, **values: object) -> str:
    """What is said when the form was saved, or the errors."""
    form = who.click(view, ids.EDIT_CUSTOMER).view
    assert form
    submission = who.submit(form, values)
    assert submission.ok, submission
    return shown(who).words


@pytest.mark.parametrize(
    ("user", "line", "said"),
    [
        pytest.param(SATO, "customer ㈱山田製作所", "担当者を追加", id="in Japanese"),
        pytest.param(SATO, "顧客 山田", "担当者を追加", id="by a part of the name"),
        pytest.param(EMMA, "customer 山田製作所", "Add contact", id="in English"),
    ],
)
def test_a_customer_is_opened_by_its_name(live: Stage, user: str, line: str, said: str) -> None:
    has_customer(live, YAMADA, YOSHINO, owner=None)

    view = live.sandbox.act_as(user).command("/goen", line).view

    assert view
    assert said in view.words
    assert YOSHINO in view.words
