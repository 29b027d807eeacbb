"""Lines of the log: ids and places, and nothing that could be anybody's."""

import io
import json
import logging
import sqlite3
import threading
import warnings
from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.telemetry.about import about, id_of, request_id
from bot.telemetry.logs import LogFormat, LogLevel, logging_to

ours = logging.getLogger("handlers.test")
theirs = logging.getLogger("slack_bolt.App")
NAME = "吉野 真理"


def written(
    log: Callable[[], object],
    *,
    level: LogLevel = LogLevel.DEBUG,
    log_format: LogFormat | None = LogFormat.JSON,
) -> str:
    stream = io.StringIO()
    with logging_to(stream, level, log_format):
        log()
    return stream.getvalue()


def line(log: Callable[[], object]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written(log))
    return found


def failing(error: Exception) -> None:
    try:
        raise error
    except type(error):
        ours.exception("it failed")


def test_a_line_has_time_level_logger_message_and_the_ids_of_its_context() -> None:
    def log() -> None:
        with about(request=id_of("command:1.2.secret"), team_id="T1"), about(user_id="U1"):
            ours.info("handled", extra={"seconds": 0.01234567, "outcome": "done"})

    found = line(log)

    assert found.pop("time").endswith("+00:00")
    assert found == {
        "level": "info",
        "logger": "handlers.test",
        "message": "handled",
        "request": id_of("command:1.2.secret"),
        "team_id": "T1",
        "user_id": "U1",
        "outcome": "done",
        "seconds": 0.0123,
    }


def test_ids_of_a_context_end_with_it_and_give_way_to_inner_ones() -> None:
    with about(request="outer"):
        with about(request="inner"):
            assert request_id() == "inner"
        assert request_id() == "outer"
    assert request_id() is None


def test_the_id_of_a_request_is_always_the_same_and_tells_nothing_of_its_key() -> None:
    key = "command:13345224609.738474920.8088930838d88f008e0"

    assert id_of(key) == id_of(key) != id_of(f"{key}1")
    assert len(id_of(key)) == 16
    assert id_of(key) not in key


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("T0HARUKAZE", "T0HARUKAZE"),
        (12, "12"),
        ("127.0.0.1:3000", "127.0.0.1:3000"),
        (NAME, "?"),
        ("sato@harukaze.example", "?"),
        ("two words", "?"),
        ("x" * 81, "?"),
        (ValueError(NAME), "ValueError"),
    ],
    ids=["an id", "a number", "an address", "a name", "a mail", "a text", "long", "an error"],
)
def test_our_lines_are_filled_in_with_ids_and_words_only(value: object, shown: str) -> None:
    assert line(lambda: ours.warning("of %s", value))["message"] == f"of {shown}"


def test_only_known_fields_are_written_and_only_ids_in_them() -> None:
    found = line(lambda: ours.info("x", extra={"name_of_contact": NAME, "route": NAME}))

    assert "name_of_contact" not in found
    assert found["route"] == "?"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Unhandled request ({'user': '吉野'})\n---\n[Suggestion] …", "Unhandled request"),
        ("Request body: {'text': '吉野'}", "Request body"),
        ("Going to retry: POST https://hooks.slack.com/x", "Going to retry"),
        (
            "A new session has been established (session id: 1)",
            "A new session has been established",
        ),
        ("Running upgrade 0001 -> 0002", "Running upgrade 0001 -> 0002"),
    ],
    ids=["brackets", "colon", "address", "session", "plain"],
)
def test_of_libraries_only_the_beginning_of_the_sentence_is_kept(said: str, shown: str) -> None:
    assert line(lambda: theirs.warning(said))["message"] == shown


def a_slack_error() -> SlackApiError:
    return SlackApiError(f"refused {NAME}", {"ok": False, "error": "is_archived", "text": NAME})


def a_database_error() -> sqlite3.IntegrityError:
    conn = sqlite3.connect(":memory:")
    try:
        conn.execute("CREATE TABLE t (name UNIQUE)")
        conn.executemany("INSERT INTO t VALUES (?)", [(NAME,), (NAME,)])
    except sqlite3.IntegrityError as error:
        return error.with_traceback(None)
    finally:
        conn.close()
    raise AssertionError


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (ValueError(NAME), "ValueError"),
        (a_slack_error(), "SlackApiError is_archived"),
        (a_database_error(), "IntegrityError SQLITE_CONSTRAINT_UNIQUE"),
        (FileNotFoundError(2, "No such file", NAME), "FileNotFoundError ENOENT"),
    ],
    ids=["any", "slack", "database", "system"],
)
def test_an_error_is_named_by_type_and_code_with_its_places(error: Exception, shown: str) -> None:
    text = written(lambda: failing(error))
    found = json.loads(text)

    assert NAME not in text
    assert found["exception"][0] == shown
    assert found["traceback"][-1].startswith("tests/telemetry/test_logs.py:")
    assert found["traceback"][-1].endswith(" failing")


def test_what_an_error_came_from_is_named_too() -> None:
    def log() -> None:
        try:
            try:
                raise KeyError(NAME)
            except KeyError as error:
                raise LookupError(NAME) from error
        except LookupError:
            ours.exception("it failed")

    assert line(log)["exception"] == ["LookupError", "KeyError"]


def test_a_terminal_gets_the_same_in_plain_lines() -> None:
    def log() -> None:
        with about(request="abc"):
            failing(ValueError(NAME))

    first, second, *places = written(log, log_format=LogFormat.PLAIN).splitlines()

    assert first.endswith("ERROR handlers.test: it failed request=abc")
    assert second.strip() == "ValueError"
    assert "test_logs.py" in places[-1]
    assert NAME not in "".join(places)


def test_without_a_terminal_the_format_is_json() -> None:
    assert json.loads(written(lambda: ours.info("x"), log_format=None))["message"] == "x"


@pytest.mark.parametrize(
    ("level", "count"), [(LogLevel.DEBUG, 3), (LogLevel.INFO, 2), (LogLevel.WARNING, 1)]
)
def test_the_level_is_that_of_our_own_lines(level: LogLevel, count: int) -> None:
    def log() -> None:
        ours.debug("x")
        ours.info("x")
        theirs.info("Request body: x")

    before = logging.getLogger("slack_bolt.App").level
    theirs.setLevel(logging.INFO)
    try:
        assert len(written(log, level=level).splitlines()) == count
    finally:
        theirs.setLevel(before)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_ends_a_thread_and_what_python_warns_of_are_logged_without_their_texts() -> None:
    def fail() -> None:
        raise ValueError(NAME)

    def log() -> None:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn(NAME, stacklevel=1)

    text = written(log)

    assert NAME not in text
    assert "a thread ended" in text


def test_the_surroundings_are_as_before_afterwards() -> None:
    before = (logging.getLogger().handlers[:], logging.getLogger("bot").level, threading.excepthook)

    written(lambda: None)

    after = (logging.getLogger().handlers[:], logging.getLogger("bot").level, threading.excepthook)
    assert after == before
