"""`/healthz`, `/readyz` and `/metrics`: what machines are told of a running bot, and which ones."""

import json
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from bot.app import Bot, build, running
from bot.sandbox import Sandbox
from bot.settings import Settings
from bot.telemetry.cached import Cached
from scheduler.ticker import TICK_SECONDS
from storage.migrate import migrate
from tests.house import APP_TOKEN, BOT_TOKEN, CHANNEL, SATO, SIGNING_SECRET, Clock
from tests.scheduler.stand import local_slack

TOKEN = "metrics-token-of-the-test"
LINE = "山田製作所 「吉野」様 9 対応が早い"


@dataclass(frozen=True)
class Answer:
    status: int
    body: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Operated:
    """A running bot, and the address at which it is asked how it does."""

    sandbox: Sandbox
    bot: Bot
    address: str

    def get(self, path: str, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(f"{self.address}{path}", headers=named)
        try:
            with urllib.request.urlopen(request, timeout=10) as found:
                return Answer(found.status, found.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.read().decode())

    def wait_for(self, path: str, body: str) -> Answer:
        until = time.monotonic() + 10
        while body not in (found := self.get(path)).body:
            assert time.monotonic() < until, found
            time.sleep(0.05)
        return found

    def forget_what_was_found(self) -> None:
        """As if the seconds had passed for which an answer counts."""
        for one in (self.bot.health._database, self.bot.health._slack):
            one._answer = None


@contextmanager
def operated(url: str, *, by_socket: bool = True, **settings: Any) -> Iterator[Operated]:
    clock = Clock()
    with local_slack(clock) as sandbox:
        configured = Settings(
            _env_file=None,
            slack_bot_token=SecretStr(BOT_TOKEN),
            slack_app_token=SecretStr(APP_TOKEN) if by_socket else None,
            slack_signing_secret=SecretStr(SIGNING_SECRET),
            slack_api_url=sandbox.api_url,
            database_url=url,
            channel=CHANNEL,
            port=0,
            **settings,
        )
        migrate(url)
        bot = build(configured, clock, seconds_between_posts=0)
        with running(bot) as port:
            address = f"http://127.0.0.1:{port}"
            if not by_socket:
                sandbox.events_url = f"{address}/slack/events"
            sandbox.wait_for(lambda: sandbox.connected)
            yield Operated(sandbox, bot, address)


@pytest.fixture
def goen(tmp_path: Path) -> Iterator[Operated]:
    with operated(f"sqlite:///{tmp_path}/goen.db") as found:
        yield found


@pytest.mark.parametrize("by_socket", [True, False], ids=["socket mode", "http"])
def test_a_running_bot_lives_and_is_ready_on_both_databases(
    database_url: str, by_socket: bool
) -> None:
    with operated(database_url, by_socket=by_socket) as goen:
        assert goen.get("/healthz") == Answer(200, "ok")
        ready = goen.get("/readyz")
        assert ready.status == 200, ready
        assert ready.json == {"ready": True, "missing": []}
        offset = "goen_clock_offset_seconds" in goen.get("/metrics").body
        assert offset == database_url.startswith("postgresql")


def test_a_bot_that_does_not_tick_or_deliver_does_not_live(goen: Operated) -> None:
    goen.bot.ticker._last_tick -= 4 * TICK_SECONDS + 1
    assert goen.get("/healthz") == Answer(503, "ticker")
    assert goen.get("/readyz").json["missing"] == ["ticker"]

    goen.bot.ticker.tick()
    assert goen.get("/healthz").status == 200
    goen.bot.errands.stop()
    goen.bot.ticker.stop()
    assert goen.get("/healthz") == Answer(503, "delivery, errands")


def test_a_bot_without_its_link_to_slack_is_not_ready(goen: Operated) -> None:
    assert goen.get("/readyz").status == 200
    goen.sandbox.faults.add("apps.connections.open", "error:internal_error", times=1_000)

    goen.sandbox.drop_links()

    goen.wait_for("/readyz", '"slack"')
    assert goen.get("/healthz").status == 200


@pytest.mark.parametrize("fault", ["error:token_revoked", "reset"])
def test_a_bot_whose_token_slack_does_not_take_is_not_ready(tmp_path: Path, fault: str) -> None:
    with operated(f"sqlite:///{tmp_path}/goen.db", by_socket=False) as goen:
        goen.sandbox.faults.add("auth.test", fault, times=10)

        assert goen.get("/readyz").json == {"ready": False, "missing": ["slack"]}


def test_a_bot_with_another_schema_is_not_ready(goen: Operated) -> None:
    with goen.bot.store.write() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    assert goen.get("/readyz").json == {"ready": False, "missing": ["schema"]}
    assert goen.get("/metrics").status == 200


def test_a_database_that_hangs_makes_no_answer_wait_for_long(goen: Operated) -> None:
    may_answer = threading.Event()
    asked = goen.bot.health._database.ask

    def hang() -> Any:
        may_answer.wait(30)
        return asked()

    goen.bot.health._database = Cached("database", hang, fresh_for=5.0, patience=0.3)
    try:
        begun = time.monotonic()
        answers = [goen.get("/readyz") for _ in range(10)]
        assert {answer.status for answer in answers} == {503}
        assert answers[-1].json["missing"] == ["database", "schema"]
        assert goen.get("/healthz").status == 200
        assert 'goen_ready{part="database"} 0.0' in goen.get("/metrics").body
        assert time.monotonic() - begun < 3
    finally:
        may_answer.set()
    goen.wait_for("/readyz", "true")


def test_no_answer_names_anything_secret(goen: Operated) -> None:
    goen.sandbox.faults.add("auth.test", "error:token_revoked", times=1_000)
    goen.forget_what_was_found()
    said = "".join(goen.get(path).body for path in ("/healthz", "/readyz", "/metrics"))

    for secret in (BOT_TOKEN, APP_TOKEN, SIGNING_SECRET, "goen.db", "T0HARUKAZE"):
        assert secret not in said


def test_the_metrics_tell_what_happened(goen: Operated) -> None:
    sato = goen.sandbox.act_as(SATO)
    view = sato.command("/nps", LINE).view
    assert view
    goen.sandbox.faults.add("views.open", "429", times=1)
    sato.command("/nps")
    goen.forget_what_was_found()

    page = goen.get("/metrics").body

    for line in (
        'goen_handled_total{entry="command",outcome="done",route="/nps"} 2.0',
        'goen_handler_seconds_count{entry="command",route="/nps"} 2.0',
        'goen_slack_errors_total{error="ratelimited",method="views.open"} 1.0',
        'goen_slack_rate_limited_total{method="views.open"} 1.0',
        'goen_deliveries{state="pending"}',
        'goen_deliveries{state="needs_human"} 0.0',
        "goen_delivery_lag_seconds",
        "goen_tick_seconds_count",
        'goen_ready{part="slack"} 1.0',
        "process_resident_memory_bytes",
    ):
        assert line in page, page
    for personal in ("T0HARUKAZE", SATO, "山田"):
        assert personal not in page


def test_without_a_token_the_metrics_are_for_this_machine_alone(goen: Operated) -> None:
    assert goen.get("/metrics").status == 200
    for header in ("X_Forwarded_For", "Forwarded", "X_Real_IP", "Via", "X_Forwarded_Host"):
        assert goen.get("/metrics", **{header: "127.0.0.1"}).status == 403
    assert goen.get("/metrics", Host="goen.example").status == 403
    assert goen.get("/metrics", Host="localhost").status == 200


def test_a_client_from_elsewhere_gets_no_metrics(tmp_path: Path) -> None:
    elsewhere = _own_address()
    if elsewhere is None:
        pytest.skip("this machine has no address but its own")
    with operated(f"sqlite:///{tmp_path}/goen.db", host="0.0.0.0") as goen:
        port = goen.address.rpartition(":")[2]
        outside = Operated(goen.sandbox, goen.bot, f"http://{elsewhere}:{port}")
        assert outside.get("/metrics").status == 403
        assert outside.get("/metrics", Host="localhost").status == 403
        assert outside.get("/healthz").status == 200


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        (f"Bearer {TOKEN}", 200),
        (f"bearer {TOKEN}", 200),
        (f"Bearer {TOKEN}x", 401),
        (f"Basic {TOKEN}", 401),
        ("Bearer ", 401),
        ("", 401),
    ],
    ids=["right", "lower case", "wrong", "another scheme", "empty", "missing"],
)
def test_with_a_token_the_metrics_are_for_whoever_knows_it(
    tmp_path: Path, authorization: str, status: int
) -> None:
    token = SecretStr(TOKEN)
    with operated(f"sqlite:///{tmp_path}/goen.db", metrics_token=token) as goen:
        assert goen.get("/metrics", Authorization=authorization).status == status
        forwarded = goen.get("/metrics", Authorization=authorization, X_Forwarded_For="8.8.8.8")
        assert forwarded.status == status


def _own_address() -> str | None:
    """An address of this machine that is not its loopback."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        found: str = probe.getsockname()[0]
    return None if found.startswith("127.") else found
