"""Lines for the log: JSON for machines, plain for a terminal, and nothing personal in either.

A line is made of what cannot be personal rather than cleaned of what is. Of our own loggers it
takes the text as it stands in the code, filled in with ids, words and numbers; of other people's
the beginning of their sentence, because libraries quote what they were sent behind a colon or in
brackets; of an exception its type and code (see `errors`) and the places in the code.

The stdlib does that in this one file. python-json-logger would save the ten lines that write JSON,
and structlog those that carry the ids; both leave the rest, which is the point, to be written.
"""

import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from bot.telemetry.about import current
from bot.telemetry.errors import chain, named

FIELDS = (
    "request",
    "team_id",
    "user_id",
    "entry",
    "route",
    "outcome",
    "delivery_id",
    "errand_id",
    "kind",
    "method",
    "error",
    "seconds",
)
"""What a line may carry beside its text, in the order in which it is written."""
OURS = ("bot", "handlers", "scheduler", "storage")
_ROOT = Path(__file__).parent.parent.parent
_SAFE = re.compile(r"[A-Za-z0-9_./:-]{1,80}(, [A-Za-z0-9_-]{1,80})*")
"""An id, a word, a number, an address; several ids in one."""
_QUOTES = re.compile(r"[(:{\[\n]")
"""Where other people's log lines begin to quote."""
_QUIET = ("alembic", "apscheduler")
_encode = json.JSONEncoder(ensure_ascii=False).encode
_log = logging.getLogger(__name__)


class LogFormat(StrEnum):
    JSON = "json"
    PLAIN = "plain"


class LogLevel(StrEnum):
    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@contextmanager
def logging_to(
    stream: TextIO,
    level: LogLevel = LogLevel.INFO,
    log_format: LogFormat | None = None,
) -> Iterator[None]:
    """While the block runs everything that is logged goes to `stream`, in JSON unless a person
    reads it.

    `level` is that of our own loggers; libraries speak from INFO on, and the chatty ones from
    WARNING on. What ends a thread or the process is logged as well, not printed with its message.
    """
    handler = logging.StreamHandler(stream)
    chosen = log_format or (LogFormat.PLAIN if stream.isatty() else LogFormat.JSON)
    handler.setFormatter(Json() if chosen is LogFormat.JSON else Plain())
    wanted = {"": logging.INFO} | dict.fromkeys(_QUIET, logging.WARNING)
    wanted |= {name: getattr(logging, level.name) for name in OURS}
    before = {name: logging.getLogger(name).level for name in wanted}
    hooks = sys.excepthook, threading.excepthook
    for name, number in wanted.items():
        logging.getLogger(name).setLevel(number)
    logging.getLogger().addHandler(handler)
    logging.captureWarnings(True)
    sys.excepthook, threading.excepthook = _ended, _thread_ended
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = hooks
        logging.captureWarnings(False)
        logging.getLogger().removeHandler(handler)
        for name, number in before.items():
            logging.getLogger(name).setLevel(number)


class Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": _time(record).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": text_of(record),
            **fields_of(record),
        }
        error = _error_of(record)
        if error is not None:
            line["exception"] = [named(one) for one in chain(error)]
            line["traceback"] = list(places(error))
        return _encode(line)


class Plain(logging.Formatter):
    """The same for whoever watches a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        about = " ".join(f"{name}={value}" for name, value in fields_of(record).items())
        lines = [
            f"{_time(record).astimezone():%H:%M:%S} {record.levelname} {record.name}: "
            f"{text_of(record)} {about}".rstrip()
        ]
        error = _error_of(record)
        if error is not None:
            lines.append("  " + " from ".join(named(one) for one in chain(error)))
            lines.extend(f"    {place}" for place in places(error))
        return "\n".join(lines)


def text_of(record: logging.LogRecord) -> str:
    """What a record says without what it may quote."""
    if is_ours(record.name):
        return str(record.msg) % _arguments(record.args) if record.args else str(record.msg)
    return _QUOTES.split(record.getMessage(), maxsplit=1)[0].strip()


def fields_of(record: logging.LogRecord) -> dict[str, object]:
    """The ids of the context and of the line itself; anything else hung on a record is ignored."""
    about, own = current(), record.__dict__
    given = ((name, own.get(name, about.get(name))) for name in FIELDS)
    return {name: _safe(value) for name, value in given if value is not None}


def places(error: BaseException) -> Iterator[str]:
    """Where an error went through, the outermost first: file, line, function."""
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        shown = path.relative_to(_ROOT) if path.is_relative_to(_ROOT) else Path(*path.parts[-2:])
        yield f"{shown}:{frame.lineno} {frame.name}"


def is_ours(logger: str) -> bool:
    return logger.partition(".")[0] in OURS


def _time(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _arguments(args: object) -> object:
    if isinstance(args, Mapping):
        return {name: _safe(value) for name, value in args.items()}
    return tuple(_safe(one) for one in args) if isinstance(args, tuple) else _safe(args)


def _safe(value: object) -> object:
    """Ids, words and numbers as they are; an error by its name; `?` for any other text."""
    if isinstance(value, BaseException):
        return named(value)
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, int):
        return value
    text = str(value)
    return text if _SAFE.fullmatch(text) else "?"


def _error_of(record: logging.LogRecord) -> BaseException | None:
    return record.exc_info[1] if isinstance(record.exc_info, tuple) else None


def _ended(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _log.critical("the process ended", exc_info=(kind, error, trace))


def _thread_ended(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        _log.critical("a thread ended", exc_info=args.exc_value)
