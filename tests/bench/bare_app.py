"""The floor of a command: a bare Bolt app on the same server, in a process of its own.

It runs the statements that a real command ran, by the database's raw driver, in one transaction of
the same durability, and answers with what the bot answered.
"""

import itertools
import pickle
import sqlite3
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psycopg
from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers.web.server import WebServer
from handlers.web.slack_events import route

_LINE = threading.Lock()
_LOCAL = threading.local()


def main(recorded: Path) -> None:
    known = pickle.loads(recorded.read_bytes())
    app = App(
        client=WebClient(known["token"], base_url=known["api_url"]),
        signing_secret=known["signing_secret"],
        process_before_response=True,
        token_verification_enabled=False,
    )
    write = _sqlite if known["database"].startswith("sqlite") else _postgresql
    numbers = itertools.count()
    started = time.time_ns()

    @app.command("/nps")
    def log(ack: Ack) -> None:
        key = f"command:{started}.{next(numbers)}"
        write(known["database"], _with_key(known["statements"], known["key"], key))
        ack(**known["answer"])

    server = WebServer([route(app)], "127.0.0.1", 0)
    server.start()
    print(server.port, flush=True)  # noqa: T201 - how the benchmark learns of it
    sys.stdin.read()
    server.stop()


def _with_key(statements: list[list[Any]], known: str, key: str) -> list[tuple[str, Any]]:
    """The same statements for another request."""
    return [(sql, _replaced(params, known, key)) for sql, params in statements]


def _replaced(params: Any, known: str, key: str) -> Any:
    if isinstance(params, dict):
        return {name: key if value == known else value for name, value in params.items()}
    return tuple(key if value == known else value for value in params)


def _sqlite(database: str, statements: list[tuple[str, Any]]) -> None:
    connection = getattr(_LOCAL, "connection", None)
    if connection is None:
        path = database.removeprefix("sqlite:///")
        connection = _LOCAL.connection = sqlite3.connect(path, isolation_level=None, timeout=10)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
    # Within a process writers stand in line, as the bot's do.
    with _LINE:
        connection.execute("BEGIN IMMEDIATE")
        for sql, params in statements:
            connection.execute(sql, params).fetchall()
        connection.execute("COMMIT")


def _postgresql(database: str, statements: list[tuple[str, Any]]) -> None:
    connection = getattr(_LOCAL, "connection", None)
    if connection is None:
        connection = _LOCAL.connection = psycopg.connect(
            database.replace("postgresql+psycopg", "postgresql")
        )
    with connection.transaction():
        for sql, params in statements:
            found = connection.execute(sql, params)
            if found.description:
                found.fetchall()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
