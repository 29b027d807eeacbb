"""A team on record, and a mailroom in front of a local Slack: for the tests of the scheduler."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import yaml
from slack_sdk import WebClient
from sqlalchemy import select

from bot.playbook.effects import Open
from bot.playbook.policy import Policy
from bot.playbook.terms import FollowUpKind, Role
from bot.sandbox import Sandbox
from bot.sandbox.messages import Message
from scheduler.delivery import Deliverer
from scheduler.pace import Pace
from storage import customers, deliveries, follow_ups, people, workspaces
from storage.deliveries import NewDelivery
from storage.engine import Store
from storage.follow_ups import Subject
from storage.people import Person
from storage.states import DeliveryState
from storage.tables import delivery
from storage.workspaces import Workspace
from tests import house
from tests.house import CHANNEL, EMMA, MORI, ROOT, SATO, TEAM, Clock

FAR = timedelta(days=30)


def enter(store: Store, now: datetime, *, timezone: str = "Asia/Tokyo") -> Workspace:
    """A workspace with Sato in Tokyo, Emma in London and the manager Mori."""
    with store.write() as conn:
        workspaces.create(
            conn,
            Workspace(
                team_id=TEAM,
                name="株式会社ハルカゼ",
                bot_user_id="U0GOEN",
                channel_id=CHANNEL,
                locale="ja",
                timezone=timezone,
                country="JP",
                currency="JPY",
                policy=Policy(),
                ideal_customer="",
                offers_reviewed_at=None,
            ),
            now,
        )
        workspaces.change(conn, TEAM, offers_reviewed_at=now + timedelta(days=1000))
        for person in (
            somebody(SATO, "佐藤 美咲", now),
            somebody(EMMA, "Emma Clarke", now, locale="en", timezone="Europe/London"),
            somebody(MORI, "森 由紀", now, role=Role.MANAGER),
        ):
            people.save(conn, person)
        found = workspaces.get(conn, TEAM)
    assert found
    return found


def somebody(
    user_id: str,
    name: str,
    now: datetime,
    *,
    locale: str = "ja",
    timezone: str = "Asia/Tokyo",
    role: Role = Role.REP,
) -> Person:
    return Person(
        team_id=TEAM,
        user_id=user_id,
        name=name,
        email=None,
        locale=locale,
        timezone=timezone,
        role=role,
        is_member=True,
        is_active=True,
        is_guest=False,
        is_bot=False,
        is_stranger=False,
        dm_channel_id=None,
        refreshed_at=now,
    )


def owe(
    store: Store,
    kind: FollowUpKind,
    due_at: datetime,
    now: datetime,
    *,
    by: str | None = SATO,
    customer: str = "山田製作所",
) -> int:
    """Open a follow-up about a new customer's person; its id."""
    with store.write() as conn:
        customer_id = customers.create(conn, TEAM, now, name=customer, owner_id=by, created_by=SATO)
        contact_id = customers.add_contact(
            conn, TEAM, now, customer_id=customer_id, name="吉野", created_by=SATO
        )
        effects = [Open(kind, by, due_at)]
        (opened,) = follow_ups.apply(conn, TEAM, Subject(contact_id=contact_id), effects, now)
    return opened


@dataclass
class Mailroom:
    """A worker with the local Slack in front of it. Time stands still until it is moved."""

    sandbox: Sandbox
    store: Store
    clock: Clock
    worker: Deliverer

    def owe(self, key: str, channel: str = CHANNEL, *, lives: timedelta = FAR, **more: Any) -> None:
        with self.store.write() as conn:
            deliveries.enqueue(
                conn,
                NewDelivery(
                    team_id=TEAM,
                    dedup_key=key,
                    kind="reminder",
                    channel=channel,
                    payload={"text": key},
                    due_at=self.clock.now,
                    expires_at=self.clock.now + lives,
                    **more,
                ),
            )

    def posted(self, channel: str = CHANNEL) -> list[str]:
        return [message.text for message in self.messages(channel)]

    def messages(self, channel: str = CHANNEL) -> list[Message]:
        return self.sandbox.act_as(MORI).messages(channel)

    def row(self, key: str) -> Any:
        with self.store.read() as conn:
            return conn.execute(select(delivery).where(delivery.c.dedup_key == key)).one()

    def state(self, key: str) -> DeliveryState:
        found: DeliveryState = self.row(key).state
        return found

    def another_worker(self) -> Deliverer:
        client = web_client(self.sandbox)
        return Deliverer(
            self.store, lambda _: client, "another", self.clock, Pace(0), seconds=self.clock.seconds
        )


def mailroom(store: Store, sandbox: Sandbox, clock: Clock) -> Mailroom:
    enter(store, clock.now)
    client = web_client(sandbox)
    worker = Deliverer(store, lambda _: client, "worker", clock, Pace(0), seconds=clock.seconds)
    return Mailroom(sandbox, store, clock, worker)


def local_slack(clock: Clock) -> Sandbox:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text())
    return Sandbox(
        house.people(),
        manifest,
        house.BOT_TOKEN,
        house.APP_TOKEN,
        house.SIGNING_SECRET,
        clock=clock.seconds,
    )


def web_client(sandbox: Sandbox, timeout: int = 1) -> WebClient:
    """As the bot's own, but less patient."""
    return WebClient(house.BOT_TOKEN, base_url=sandbox.api_url, timeout=timeout, retry_handlers=[])


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


START = utc(2026, 10, 1)


def rows(store: Store) -> list[Any]:
    with store.read() as conn:
        return list(conn.execute(select(delivery).order_by(delivery.c.id)))


def planned(store: Store, kind: str) -> list[tuple[str, str]]:
    """To whom and for which local day."""
    return [(row.channel, row.dedup_key.split(":")[3]) for row in rows(store) if row.kind == kind]


def nobody_new(_: Workspace, __: datetime) -> None:
    """The team as it is on record."""
