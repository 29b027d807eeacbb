"""`doctor`: each thing that can be wrong with settings, databases and messages, made to happen."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text, update
from sqlalchemy.engine import make_url

from bot.doctor import Finding, examine
from bot.doctor.database import LEAST_POSTGRESQL, on_network, room_in, version
from bot.sandbox import Sandbox
from bot.settings import Settings
from storage import deliveries, errands
from storage.deliveries import NewDelivery
from storage.engine import Store
from storage.migrate import migrate
from storage.states import DeliveryState, ErrandKind
from storage.tables import delivery
from tests.cli.terminal import by_socket, call, said
from tests.house import SATO, SIGNING_SECRET, TEAM, Stage
from tests.mail.postbox import open_postbox
from tests.scheduler.stand import enter

NOW = datetime.now(UTC)
LONG = timedelta(days=3_650)


def found(address: str, now: datetime | None = None) -> dict[str, Finding]:
    """What the doctor says of a database, without asking Slack."""
    told = Settings(_env_file=None, database_url=address)
    return {one.code: one for one in examine(told, now or datetime.now(UTC))}


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("env", "mend"),
    [
        ({"SLACK_SIGNING_SECRET": SIGNING_SECRET}, "32 hexadecimal digits"),
        ({"GOEN_PUBLIC_URL": "http://goen.example/"}, "not https"),
        ({"GOEN_METRICS_TOKEN": "secret"}, "16 random characters"),
        ({"SLACK_CLIENT_ID": "1.2"}, "SLACK_CLIENT_SECRET"),
    ],
    ids=["signing secret", "public address", "metrics token", "half a client"],
)
def test_a_setting_that_is_weak_or_halfway_is_named(env: dict[str, str], mend: str) -> None:
    result = call("doctor", SLACK_BOT_TOKEN="" if "SLACK_CLIENT_ID" in env else "xoxb-x", **env)

    assert result.exit_code == 1
    assert mend in said(result)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("env", "warned"),
    [
        ({"SLACK_SIGNING_SECRET": "0123456789abcdef" * 2}, "32 hexadecimal"),
        ({"GOEN_PUBLIC_URL": "https://goen.example/"}, "not https"),
        ({"GOEN_PUBLIC_URL": "http://localhost:3000/"}, "not https"),
        ({"GOEN_METRICS_TOKEN": "x" * 16}, "random characters"),
    ],
    ids=["signing secret", "https", "this machine", "metrics token"],
)
def test_a_setting_that_is_sound_is_not_complained_of(env: dict[str, str], warned: str) -> None:
    assert warned not in said(call("doctor", SLACK_BOT_TOKEN="xoxb-x", **env))


@pytest.mark.parametrize("command", ["doctor", "run", "migrate"])
def test_a_file_of_settings_that_cannot_be_read_is_said(home: Path, command: str) -> None:
    (home / ".env").write_bytes("GOEN_CHANNEL=営業".encode("cp932"))

    result = call(command)

    assert result.exit_code == 2
    assert ".env can’t be read" in said(result)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(address: str) -> None:
    result = call("doctor", DATABASE_URL=address)

    assert result.exit_code == 2
    assert "must name a file" in said(result)


def test_a_database_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/goen.db"
    migrate(address)
    with create_engine(address).connect() as held:
        held.execute(text("SELECT 1 FROM workspace"))
        codes = found(f"sqlite:///file:{tmp_path}/goen.db?mode=ro&uri=true")

    assert codes["sqlite_readonly"].is_wrong
    assert "readonly" in str(codes["sqlite_readonly"].values["error"])


def test_a_journal_that_blocks_readers_is_named(tmp_path: Path) -> None:
    # This one has no shared memory, as on the disks of other machines.
    address = f"sqlite:///file:{tmp_path}/goen.db?vfs=unix-dotfile&uri=true"

    assert found(address)["journal_mode"].values == {"mode": "delete"}


def test_a_sound_database_file_is_not_complained_of(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/goen.db"
    migrate(address)

    codes = found(address)

    assert {code for code, one in codes.items() if one.is_wrong} == {"no_bot_token"}


def test_a_disk_that_is_nearly_full_is_named(tmp_path: Path) -> None:
    assert [one.code for one in room_in(tmp_path, least_free=10**18)] == ["disk_full"]
    assert list(room_in(tmp_path, least_free=0)) == []


@pytest.mark.parametrize(
    ("mounts", "kind"),
    [
        ("/dev/sda1 / ext4 rw 0 0\nserver:/x /srv nfs4 rw 0 0", "nfs4"),
        ("server:/x / nfs4 rw 0 0\n/dev/sda1 /srv ext4 rw 0 0", None),
        ("x / ext4 rw 0 0\nsshfs /srv/goen fuse.sshfs rw 0 0", "fuse.sshfs"),
        ("x / ext4 rw 0 0\n//server/x /srv/other cifs rw 0 0", None),
        ("x / ext4 rw 0 0\ny /srv/goen\\040data 9p rw 0 0", None),
        ("overlay / overlay rw 0 0\n/dev/sdb /srv/goen xfs rw 0 0", None),
        ("", None),
    ],
    ids=["nfs", "a disk in nfs", "sshfs", "elsewhere", "another name", "local", "not linux"],
)
def test_a_network_file_system_is_named(mounts: str, kind: str | None) -> None:
    place = Path("/srv/goen/goen.db")
    wrong = [] if kind is None else [{"file": str(place), "kind": kind}]

    assert [one.values for one in on_network(place, mounts)] == wrong


def test_a_schema_of_a_newer_goen_is_not_to_be_migrated(store: Store, database_url: str) -> None:
    with store.write() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    codes = found(database_url)

    assert codes["schema_newer"].values == {"version": "9999"}
    assert "schema_other" not in codes


def test_an_older_schema_is_to_be_migrated(store: Store, database_url: str) -> None:
    with store.write() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '0001'"))

    assert found(database_url)["schema_other"].values["version"] == "0001"


@pytest.mark.parametrize("minutes", [-5, 0, 5])
def test_a_clock_that_differs_from_the_databases_is_named(
    store: Store, database_url: str, minutes: int
) -> None:
    codes = found(database_url, datetime.now(UTC) + timedelta(minutes=minutes))

    if store.is_sqlite:
        assert "database_clock" not in codes
    elif minutes:
        assert abs(int(codes["database_clock"].values["seconds"]) - minutes * 60) <= 2
    else:
        assert not codes["database_clock_right"].is_wrong


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (LEAST_POSTGRESQL * 10_000 - 1, "postgresql_old"),
        (LEAST_POSTGRESQL * 10_000, "postgresql"),
        (180_004, "postgresql"),
        (90_624, "postgresql_old"),
    ],
)
def test_a_postgresql_that_is_too_old_is_named(number: int, code: str) -> None:
    assert version(number).code == code


@pytest.fixture
def as_reader(store: Store, database_url: str) -> Iterator[str]:
    """The address of a database for a role that may not do everything there."""
    role = "goen_reader"
    with store.write() as conn:
        conn.execute(text(f"CREATE ROLE {role} LOGIN"))
        conn.execute(text(f"GRANT USAGE ON SCHEMA public TO {role}"))
        conn.execute(text(f"GRANT SELECT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"))
    yield make_url(database_url).set(username=role).render_as_string(hide_password=False)
    with store.write() as conn:
        conn.execute(text(f"DROP OWNED BY {role}"))
        conn.execute(text(f"DROP ROLE {role}"))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_rights_that_are_missing_on_postgresql_are_named(as_reader: str) -> None:
    lacking = found(as_reader)["postgresql_rights"].values

    assert lacking["user"] == "goen_reader"
    assert str(lacking["missing"]).startswith("CREATE, INSERT ask, ")
    assert "UPDATE" not in str(lacking["missing"])


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_bot_that_lacks_rights_says_so_and_does_not_start(as_reader: str, slack: Sandbox) -> None:
    result = call("run", **by_socket(slack, DATABASE_URL=as_reader))

    assert result.exit_code == 1
    assert "permission denied" in said(result)
    assert "Traceback" not in result.output


@pytest.mark.usefixtures("home")
def test_a_database_that_cannot_be_reached_is_said_without_its_password() -> None:
    result = call("doctor", DATABASE_URL="postgresql://goen:s3cret@127.0.0.1:9/goen")

    assert result.exit_code == 1
    assert "can’t be opened" in said(result)
    assert "s3cret" not in result.output


def test_messages_that_need_somebody_are_named_with_the_way_out(
    store: Store, database_url: str
) -> None:
    enter(store, NOW)
    for number in range(8):
        state = DeliveryState.NEEDS_HUMAN if number % 2 else DeliveryState.DEAD
        _owe(store, f"stuck-{number}", state=state, last_error="is_archived")
    _owe(store, "late", due_at=NOW - timedelta(minutes=6))

    codes = found(database_url)

    assert codes["in_doubt"].values["to"] == SATO
    assert codes["refused"].values["error"] == "is_archived"
    assert codes["more_stuck"].values == {"n": 3}
    assert codes["late"].values == {"n": 1}


def test_work_that_was_given_up_lately_is_named(store: Store, database_url: str) -> None:
    enter(store, NOW)
    for days in (1, 8):
        _give_up(store, NOW - timedelta(days=days), f"of {days} days ago")

    wrong = [one for one in examine(_told(database_url), NOW) if one.code == "errand"]

    assert [one.values["error"] for one in wrong] == ["OSError"]


def test_the_ways_out_are_said_in_both_languages(lived_in: Stage) -> None:
    _owe(lived_in.bot.store, "stuck", state=DeliveryState.NEEDS_HUMAN, last_error="timed out")
    env = by_socket(lived_in.sandbox)

    assert "Send it again, or Drop it" in said(call("doctor", **env))
    assert "「もう一度送る」" in said(call("doctor", **env, LANG="ja_JP.UTF-8"))


def _told(address: str) -> Settings:
    return Settings(_env_file=None, database_url=address)


def _owe(
    store: Store,
    key: str,
    *,
    state: DeliveryState = DeliveryState.PENDING,
    due_at: datetime = NOW,
    last_error: str | None = None,
) -> None:
    new = NewDelivery(
        team_id=TEAM,
        dedup_key=key,
        kind="digest",
        channel=SATO,
        payload={"text": "x"},
        due_at=due_at,
        expires_at=NOW + LONG,
    )
    with store.write() as conn:
        deliveries.enqueue(conn, new)
        this = update(delivery).where(delivery.c.dedup_key == key)
        conn.execute(this.values(state=state, last_error=last_error))


def _give_up(store: Store, at: datetime, key: str) -> None:
    with store.write() as conn:
        errands.add(conn, TEAM, at, kind=ErrandKind.IMPORT, key=key, asked_by=SATO)
        claimed = errands.claim(conn, at, timedelta(minutes=10))
        assert claimed
        errands.settle(conn, claimed.id, at, failed="OSError('吉野')")


@pytest.mark.usefixtures("home")
def test_a_mail_server_that_answers_is_fine_and_gets_nothing() -> None:
    with open_postbox() as box:
        result = call("doctor", SLACK_BOT_TOKEN="xoxb-x", GOEN_SMTP_URL=box.url)

    assert f"The mail server 127.0.0.1:{box.port} answers" in said(result)
    assert box.received == []


@pytest.mark.usefixtures("home")
def test_a_mail_server_that_refuses_us_is_named_without_the_password() -> None:
    with open_postbox(user="goen") as box:
        box.fail("AUTH", "535 who are you?")
        url = f"smtp://goen:hunter2@127.0.0.1:{box.port}"
        result = call("doctor", SLACK_BOT_TOKEN="xoxb-x", GOEN_SMTP_URL=url)

    assert result.exit_code == 1
    assert "535 who are you?" in said(result)
    assert "hunter2" not in said(result)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "url", ["mail.example:25", "smtp://a:hunter2#x@mail.example"], ids=["no scheme", "half a word"]
)
def test_a_mail_server_that_is_none_is_refused_without_its_password(url: str) -> None:
    result = call("doctor", SLACK_BOT_TOKEN="xoxb-x", GOEN_SMTP_URL=url)

    assert result.exit_code == 2
    assert "GOEN_SMTP_URL" in said(result)
    assert "hunter2" not in said(result)


@pytest.mark.usefixtures("home")
def test_one_mail_server_for_several_workspaces_is_refused() -> None:
    result = call(
        "doctor",
        SLACK_CLIENT_ID="1.2",
        SLACK_CLIENT_SECRET="secret",
        SLACK_SIGNING_SECRET=SIGNING_SECRET,
        GOEN_ENCRYPTION_KEYS="A" * 43 + "=",
        GOEN_PUBLIC_URL="https://goen.example/",
        GOEN_SMTP_URL="smtp://mail.example",
    )

    assert "GOEN_SMTP_URL is for one workspace" in said(result)
