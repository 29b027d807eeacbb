"""A signed slash command that writes, over HTTP: `/nps 顧客21 9 対応が早い`.

Floor: a bare Bolt app on the same server that runs the very statements of such a command by the raw
driver, in one transaction of the same durability, and answers with the same words.
"""

import hashlib
import hmac
import itertools
import json
import pickle
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import psutil
from slack_bolt import BoltRequest
from sqlalchemy import func, select

from bot.texts.voice import Voice
from storage.engine import Store, open_engine
from storage.migrate import migrate
from storage.tables import nps
from tests.bench import books
from tests.bench.load import Answers, Plan
from tests.bench.measure import Compared, Spread, compared, recorded, spread
from tests.bench.servers import resident_megabytes, running_bot, running_floor
from tests.house import BOT_TOKEN, CHANNEL, ROOT, SATO, SIGNING_SECRET, TEAM, Stage, stage

_NUMBERS = itertools.count(1)
_REFUSAL = json.dumps(Voice("ja", "UTC").plain("answer.failure"))[1:-1]


class Kind(Enum):
    """What the command comes to: a score that is recorded, with the reason why nobody is to be
    asked yet, or one that is answered with a whole letter to send."""

    RECORDED = "recorded"
    ANSWERED = "answered"

    def customer(self, number: int, contacts: int) -> int:
        """An account of Sato's whose person was never asked, see `books`: of ten of his the first
        has no result to ask for."""
        ten = 10 * books.REPS
        tenth = 0 if self is Kind.RECORDED else 1 + number % 9
        found = number % (contacts // ten - 1) * ten + tenth * books.REPS + 1
        return found if found % books.ASKED else found + ten


@dataclass(frozen=True)
class Size:
    """`requests` a round from connections that never rest, and `paced` at a fixed pace."""

    contacts: int = 10_000
    requests: int = 500
    rounds: int = 7
    connections: int = 8
    paced: int = 1_000
    paced_rounds: int = 3
    per_second: float = 200.0
    paced_connections: int = 32


@dataclass(frozen=True)
class Found:
    """Requests a second, and the processor's seconds for each of them; at the fixed pace the
    seconds within which half and 99 of 100 answers came, and how many commands were `refused` on a
    machine that is too busy for it; the bot's memory; how many statements a command runs."""

    throughput: Compared
    processor: Compared
    floor_p99: Spread
    p50: Spread
    p99: Spread
    refused: int
    megabytes: float
    statements: int


@dataclass(frozen=True)
class _Server:
    port: int
    process_id: int

    @property
    def processor_seconds(self) -> float:
        used = psutil.Process(self.process_id).cpu_times()
        return float(used.user + used.system)


@dataclass(frozen=True)
class _Round:
    """Requests a second, the processor's seconds for each, and how many were refused."""

    per_second: float
    processor: float
    wrong: int


def measure(kind: Kind, database_url: str, floor_url: str, folder: Path, size: Size) -> Found:
    """Measures on two empty databases of the same kind, one for the floor."""
    with stage(floor_url, by_socket=False) as stand:
        statements = _prepare(kind, stand, floor_url, database_url, folder, size)
        with (
            running_floor("tests.bench.bare_app", str(folder / "recorded")) as floor,
            running_bot(database_url, stand.sandbox.api_url, folder) as ours,
        ):
            servers = _Server(*floor), _Server(*ours)
            rounds = [
                [_round(kind, server, size) for server in servers] for _ in range(size.rounds + 1)
            ]
            paced = [
                [_paced(kind, server, size) for server in servers] for _ in range(size.paced_rounds)
            ]
            megabytes = resident_megabytes(servers[1].process_id)
    refused = sum(ours.wrong for _, ours in (*rounds, *paced))
    sent = (size.rounds + 1) * size.requests + size.paced_rounds * size.paced
    _check_written(database_url, sent - refused)
    return Found(
        throughput=compared(*_columns(rounds, lambda one: one.per_second)),
        processor=compared(*_columns(rounds, lambda one: one.processor)),
        floor_p99=spread([_within(floor, 0.99) for floor, _ in paced]),
        p50=spread([_within(ours, 0.5) for _, ours in paced]),
        p99=spread([_within(ours, 0.99) for _, ours in paced]),
        refused=refused,
        megabytes=megabytes,
        statements=statements,
    )


def measure_beside(
    database_url: str, floor_url: str, folder: Path, size: Size, work: Callable[[Store], None]
) -> Spread:
    """The seconds within which 99 of 100 commands at the fixed pace are answered, while the bot is
    at `work`, which is put into its database when it has met who asks for it."""
    kind = Kind.RECORDED
    with stage(floor_url, by_socket=False) as stand:
        _prepare(kind, stand, floor_url, database_url, folder, size)
        with running_bot(database_url, stand.sandbox.api_url, folder) as ours:
            server = _Server(*ours)
            _send(Plan(server.port, _requests(kind, 1, size.contacts), 1))
            with _opened(database_url) as store:
                work(store)
            taken = [_paced(kind, server, size) for _ in range(size.paced_rounds)]
    return spread([_within(one, 0.99) for one in taken])


def _prepare(
    kind: Kind, stand: Stage, floor_url: str, database_url: str, folder: Path, size: Size
) -> int:
    """Fill both databases, and record for the floor what a command does; its statements."""
    stand.clock.now = now = datetime.now(UTC)
    with stand.bot.store.write() as conn:
        books.fill(conn, size.contacts, now)
    known = _record(stand, kind.customer(1, size.contacts))
    (folder / "recorded").write_bytes(pickle.dumps(known | {"database": floor_url}))
    migrate(database_url)
    with _opened(database_url) as store, store.write() as conn:
        books.fill(conn, size.contacts, now)
    return len(known["statements"])


def _record(stand: Stage, customer: int) -> dict[str, Any]:
    """The statements of one real command with their parameters, its inbox key, its answer."""
    bolt, engine = stand.bot.bolt, stand.bot.store.engine
    answers: list[str] = []

    def dispatch(trigger: str) -> None:
        body = _body(trigger, customer)
        answers.append(bolt.dispatch(BoltRequest(body=body, headers=_signed(body))).body)

    dispatch("met")
    statements = recorded(engine, lambda: dispatch("recorded"))
    return {
        "token": BOT_TOKEN,
        "api_url": stand.sandbox.api_url,
        "signing_secret": SIGNING_SECRET,
        "statements": statements,
        "key": "command:recorded",
        "answer": json.loads(answers[-1]),
    }


def _check_written(database_url: str, sent: int) -> None:
    with _opened(database_url) as store, store.read() as conn:
        written = conn.execute(select(func.count()).select_from(nps)).scalar_one()
    if written != sent:
        raise RuntimeError(f"{written} scores were written instead of {sent}")


@contextmanager
def _opened(database_url: str) -> Iterator[Store]:
    store = Store(open_engine(database_url))
    try:
        yield store
    finally:
        store.close()


def _round(kind: Kind, server: _Server, size: Size) -> _Round:
    """As many requests as come from connections that never rest."""
    requests = _requests(kind, size.requests, size.contacts)
    used = server.processor_seconds
    answers = _send(Plan(server.port, requests, size.connections, refusal=_REFUSAL))
    processor = (server.processor_seconds - used) / size.requests
    return _Round(size.requests / answers.seconds, processor, answers.wrong)


def _columns(
    rounds: list[list[_Round]], figure: Callable[[_Round], float]
) -> tuple[list[float], list[float]]:
    """A figure of the floor and ours, in each round but the first, which warms both up."""
    floor, ours = ([figure(one) for one in side] for side in zip(*rounds[1:], strict=True))
    return floor, ours


def _paced(kind: Kind, server: _Server, size: Size) -> Answers:
    requests = _requests(kind, size.paced, size.contacts)
    plan = Plan(server.port, requests, size.paced_connections, size.per_second, _REFUSAL)
    return _send(plan)


def _send(plan: Plan) -> Answers:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.load"],
        cwd=ROOT,
        input=json.dumps(asdict(plan)),
        capture_output=True,
        text=True,
        check=True,
    )
    return Answers(**json.loads(done.stdout))


def _within(answers: Answers, share: float) -> float:
    """The seconds within which that share of the answers came."""
    return sorted(answers.taken)[int(len(answers.taken) * share)]


def _requests(kind: Kind, many: int, contacts: int) -> list[str]:
    """Signed requests about accounts all over the books."""
    numbers = itertools.islice(_NUMBERS, many)
    return [_request(number, kind.customer(number, contacts)) for number in numbers]


def _request(number: int, customer: int) -> str:
    body = _body(f"{time.time_ns()}.{number}", customer)
    head = "".join(f"{name}: {value}\r\n" for name, value in _signed(body).items())
    length = len(body.encode())
    return (
        f"POST /slack/events HTTP/1.1\r\nhost: goen\r\n{head}content-length: {length}\r\n\r\n{body}"
    )


def _body(trigger: str, customer: int) -> str:
    """As Slack sends a slash command."""
    return urllib.parse.urlencode(
        {
            "token": "verification",
            "team_id": TEAM,
            "team_domain": "harukaze",
            "channel_id": CHANNEL,
            "channel_name": "referrals",
            "user_id": SATO,
            "user_name": "sato",
            "command": "/nps",
            "text": f"顧客{customer} {8 + customer % 3} 対応が早い",
            "api_app_id": "A0GOEN",
            "is_enterprise_install": "false",
            "response_url": "http://127.0.0.1/commands/1/2/3",
            "trigger_id": trigger,
        }
    )


def _signed(body: str) -> dict[str, str | Sequence[str]]:
    """Slack's signature, https://docs.slack.dev/authentication/verifying-requests-from-slack."""
    now = int(time.time())
    base = f"v0:{now}:{body}".encode()
    signature = hmac.new(SIGNING_SECRET.encode(), base, hashlib.sha256).hexdigest()
    return {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": str(now),
        "x-slack-signature": f"v0={signature}",
    }
