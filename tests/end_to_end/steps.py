"""What several conversations begin with: people at accounts, and a click with all that follows."""

from bot.playbook.terms import Role
from bot.sandbox.messages import Message, words_in
from bot.sandbox.modals import View
from bot.sandbox.person import Person, Reply
from storage import asks, customers, people
from storage.asks import Ask
from storage.customers import Contact
from tests.house import SATO, TEAM, Stage

YAMADA, YOSHINO = "山田製作所", "吉野 真理"
LINE = f"{YAMADA} 見積作成時間 4.2h 2.2h"
"""Of `/result`."""


def promoter(
    live: Stage, user: str, company: str = YAMADA, person: str = YOSHINO, score: int = 9
) -> Contact:
    """A contact of `user` whose first score has just been logged, by the form."""
    who = live.sandbox.act_as(user)
    view = who.command("/nps", f"「{company}」 「{person}」様 {score}").view
    assert view
    assert who.submit(view).ok
    who.close(shown(who))
    return contact(live, company, person)


def contact(live: Stage, company: str = YAMADA, person: str = YOSHINO) -> Contact:
    with live.bot.store.read() as conn:
        customer = customers.named(conn, TEAM, company)[0]
        return customers.contacts_named(conn, TEAM, customer.id, person)[0]


def ready_ask(live: Stage) -> Message:
    """The answer to a result of Sato's customer, with the ready ask in it."""
    promoter(live, SATO)
    reply = live.sandbox.act_as(SATO).command("/result", LINE)
    assert reply.message
    return reply.message


def the_asks(live: Stage) -> list[Ask]:
    """Everything that 吉野 was asked, the latest first."""
    with live.bot.store.read() as conn:
        return asks.of_contact(conn, TEAM, contact(live).id)


def give_role(live: Stage, user: str, role: Role) -> None:
    """Make somebody who has used Goen before a manager or an admin."""
    with live.bot.store.write() as conn:
        people.set_role(conn, TEAM, user, role)


def shown(who: Person) -> View:
    """The form that is open."""
    view = who.view()
    assert view
    return view


def words(place: Message | View) -> str:
    """Everything that can be read there."""
    return "\n".join(words_in(place.blocks))


def click(live: Stage, who: Person, place: Message | Reply, action_id: str) -> Message:
    """Click in a message and wait for what that brings: the message changed in its place, or the
    one that was said below."""
    clicked = place if isinstance(place, Message) else place.message
    assert clicked
    before = _at(who, clicked)
    who.click(clicked, action_id)
    live.settle()
    after = _at(who, clicked)
    return who.dm()[-1] if after is None or after == before else after


def _at(who: Person, message: Message) -> Message | None:
    return next((one for one in who.dm() if one.ts == message.ts), None)
