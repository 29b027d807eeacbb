"""A workspace of hundreds of people, so that no channel's pace is what is measured."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import yaml

from bot.playbook.effects import Open
from bot.playbook.policy import Policy
from bot.playbook.terms import FollowUpKind
from bot.sandbox import Channel, Sandbox, User, Workspace
from storage import contact_states, customers, deliveries, follow_ups, people
from storage.customers import NewContact, NewCustomer
from storage.deliveries import NewDelivery
from storage.engine import Store
from storage.follow_ups import Subject
from storage.seed import SEEDED_BY
from tests import house
from tests.house import CHANNEL, ROOT, TEAM
from tests.scheduler.stand import enter, somebody

WEDNESDAY_NOON = datetime(2026, 11, 18, 3, 0, tzinfo=UTC)
"""12:00 in Tokyo on a day without a message of the weekly routine."""
_LIVES = timedelta(days=30)


def crowd(size: int) -> list[str]:
    """The user ids of so many people."""
    return [f"U0CROWD{number:04}" for number in range(size)]


def big_slack(size: int, clock: Callable[[], float]) -> Sandbox:
    """A local Slack with so many people, each with a direct message of their own."""
    team = house.people()
    users = tuple(User(one, one.lower(), one, f"{one}@crowd.example") for one in crowd(size))
    channels = (Channel(CHANNEL, "referrals", tuple(user.id for user in users)),)
    workspace = Workspace(team.team_id, team.name, team.domain, (*team.users, *users), channels)
    return Sandbox(
        workspace,
        yaml.safe_load((ROOT / "manifest.yml").read_text()),
        house.BOT_TOKEN,
        house.APP_TOKEN,
        house.SIGNING_SECRET,
        clock=clock,
    )


def enter_crowd(store: Store, who: Sequence[str], now: datetime) -> None:
    """All of them as reps of the team."""
    enter(store, now)
    with store.write() as conn:
        for user_id in who:
            people.save(conn, somebody(user_id, user_id, now))


def owe_messages(
    store: Store,
    who: Sequence[str],
    count: int,
    since: datetime,
    within: timedelta = timedelta(),
    name: str = "reminder",
) -> None:
    """So many messages to these people in turn, due one after the other."""
    with store.write() as conn:
        for number in range(count):
            due_at = since + within * number / count
            deliveries.enqueue(
                conn,
                NewDelivery(
                    team_id=TEAM,
                    dedup_key=f"{name}:{number}",
                    kind="reminder",
                    channel=who[number % len(who)],
                    payload={"text": f"{name} {number}"},
                    due_at=due_at,
                    expires_at=due_at + _LIVES,
                ),
            )


def owe_follow_ups(
    store: Store,
    who: Sequence[str],
    count: int,
    since: datetime,
    within: timedelta = timedelta(),
    due_in: timedelta = _LIVES,
) -> None:
    """So many follow-ups of these people, whose time to be spoken of comes one after the other."""
    with store.write() as conn:
        new = [NewCustomer(f"会社 {number}") for number in range(count)]
        accounts = customers.create_all(conn, TEAM, since, new, SEEDED_BY)
        persons = [NewContact(account, "吉野") for account in accounts]
        contacts = customers.add_contacts(conn, TEAM, since, persons, SEEDED_BY)
        for number, contact_id in enumerate(contacts):
            contact_states.refresh(conn, TEAM, contact_id, Policy())
            thanks = Open(FollowUpKind.THANKS_REFERRAL, who[number % len(who)], since + due_in)
            about = Subject(contact_id=contact_id)
            (opened,) = follow_ups.apply(conn, TEAM, about, [thanks], since)
            at = since + within * number / count
            follow_ups.change(conn, TEAM, opened, announce_at=at)
