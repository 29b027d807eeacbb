"""Signals from a CSV file: each row what `POST /signals` takes as one item (I2).

Columns in either language, any order, width and case; it is the column `signal` シグナル, the kind,
that makes a file one of signals:

    signal シグナル · at 日時 · source 送信元 · id ID · customer 顧客名 · customer_id 顧客ID ·
    contact 担当者名 · contact_email 担当者メール · contact_id 担当者ID · metric 指標 · value 値 ·
    ticket 問い合わせ番号 · complaint クレーム · event イベント · score スコア · comment コメント

A row without an id is known by what stands in it, so the same file takes effect once. A time
without a zone is the team's, and a date alone is its noon.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.playbook.cells import cell_text
from bot.playbook.csv_text import BrokenQuotes, FileProblem, UnreadableFile, decode, records
from bot.playbook.signal_schema import FIELDS, read_item
from bot.playbook.signals import Fault, Problem, Signal, SignalKind

MAX_ROWS: Final = 100_000
_SOURCE: Final = "csv"
_ID_LENGTH: Final = 32

_HEADERS: Final[Mapping[str, str]] = {
    "kind": "signal signalkind シグナル シグナル種別",
    "at": "at date datetime 日時 日付 発生日時",
    "source": "source system 送信元 システム",
    "id": "id signalid シグナルid",
    "customer": "customer customername company companyname 顧客名 顧客 会社名 企業名 取引先名",
    "customer_id": "customerid accountid 顧客id 顧客番号",
    "contact": "contact contactname 担当者名 担当者 氏名",
    "contact_email": "contactemail email 担当者メール 担当者メールアドレス メールアドレス",
    "contact_id": "contactid 担当者id 担当者番号",
    "metric": "metric 指標",
    "value": "value 値 利用量",
    "ticket": "ticket ticketid 問い合わせ番号 チケット番号",
    "complaint": "complaint クレーム 苦情",
    "event": "event イベント 行事",
    "score": "score nps スコア 点数",
    "comment": "comment note コメント 備考",
}
_FIELD_OF: Final = {word: name for name, words in _HEADERS.items() for word in words.split()}
_KINDS: Final[Mapping[SignalKind, str]] = {
    SignalKind.USAGE: "usage 利用 利用状況",
    SignalKind.TICKET_OPENED: "ticketopened opened 問い合わせ 問い合わせ受付 受付",
    SignalKind.TICKET_CLOSED: "ticketclosed closed 問い合わせ解決 解決 完了",
    SignalKind.PARTICIPATION: "participation 参加 イベント参加",
    SignalKind.RENEWAL: "renewal 更新 契約更新",
    SignalKind.UPSELL: "upsell アップセル 追加契約",
    SignalKind.NPS: "nps",
}
_KIND_OF: Final = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_YES: Final = frozenset({"true", "yes", "y", "1", "はい", "○", "◯", "有"})
_NO: Final = frozenset({"false", "no", "n", "0", "いいえ", "×", "✕", "無"})
_DATE: Final = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日)"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?",
    re.ASCII,
)
_NOON: Final = 12


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet shows it, and the signal, or what is wrong with it."""

    line_number: int
    read: Signal | tuple[Problem, ...]


@dataclass(frozen=True)
class SignalFile:
    """A file that could be read; each of its rows stands for itself."""

    rows: tuple[Row, ...]
    ignored_columns: tuple[str, ...]


def is_signal_file(raw: bytes) -> bool:
    """Whether a file says by its header that it holds signals, and not customers."""
    try:
        for _, header in records(decode(raw), _known_headers):
            return "kind" in _fields(header)
    except (UnreadableFile, BrokenQuotes):
        pass
    return False


def read_signals(raw: bytes, zone: ZoneInfo, max_rows: int = MAX_ROWS) -> SignalFile:
    """Read a whole file. Raises UnreadableFile when it has a column twice, or too many rows."""
    rows: list[Row] = []
    fields: Sequence[str | None] = ()
    ignored: tuple[str, ...] = ()
    try:
        for line_number, cells in records(decode(raw), _known_headers):
            if not fields:
                fields = _fields(cells)
                ignored = tuple(
                    name.strip()
                    for name, known in zip(cells, fields, strict=True)
                    if not known and name.strip()
                )
                continue
            if len(rows) == max_rows:
                raise UnreadableFile(FileProblem.TOO_MANY_ROWS, str(max_rows))
            rows.append(Row(line_number, _row(cells, fields, zone)))
    except BrokenQuotes as broken:
        rows.append(Row(broken.line_number, (Problem(Fault.BROKEN_QUOTES),)))
    return SignalFile(tuple(rows), ignored)


def _known_headers(header: Sequence[str]) -> int:
    return sum(_key(name) in _FIELD_OF for name in header)


def _fields(header: Sequence[str]) -> tuple[str | None, ...]:
    """Raises UnreadableFile."""
    fields = tuple(_FIELD_OF.get(_key(name)) for name in header)
    for name in FIELDS:
        if fields.count(name) > 1:
            raise UnreadableFile(FileProblem.DUPLICATE_COLUMN, name)
    return fields


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def _row(
    cells: Sequence[str], fields: Sequence[str | None], zone: ZoneInfo
) -> Signal | tuple[Problem, ...]:
    extra = [cell.strip() for cell in cells[len(fields) :] if cell.strip()]
    if extra:
        return (Problem(Fault.EXTRA_CELL, value=extra[0]),)
    given = dict(_given(cells, fields, zone))
    given.setdefault("source", _SOURCE)
    given.setdefault("id", _id(cells))
    return read_item(given)


def _given(
    cells: Sequence[str], fields: Sequence[str | None], zone: ZoneInfo
) -> Iterator[tuple[str, object]]:
    """What the cells say, in the words of an item; an empty one says nothing."""
    for name, raw in zip(fields, cells, strict=False):
        text = cell_text(raw) if name else ""
        if name and text:
            yield name, _value(name, text, zone)


def _value(name: str, text: str, zone: ZoneInfo) -> object:
    """The value of a cell; what can't be understood stays as it is, and is refused as such."""
    plain = unicodedata.normalize("NFKC", text)
    if name == "kind":
        return _KIND_OF.get(_key(plain), text)
    if name == "at":
        return _instant(plain, zone) or text
    if name == "complaint":
        folded = plain.casefold()
        return True if folded in _YES else False if folded in _NO else text
    if name in ("value", "score"):
        return plain.replace(",", "")
    return plain if name == "contact_email" else text


def _instant(text: str, zone: ZoneInfo) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo:
            return found
    except ValueError:
        pass
    parts = _DATE.fullmatch(text)
    if parts is None:
        return None
    year, _, m1, d1, m2, d2, hour, minute, second = parts.groups()
    clock = (int(hour), int(minute), int(second or 0)) if hour else (_NOON, 0, 0)
    try:
        return datetime(int(year), int(m1 or m2), int(d1 or d2), *clock, tzinfo=zone)
    except ValueError:
        return None


def _id(cells: Sequence[str]) -> str:
    said = "\x1f".join(map(cell_text, cells))
    return hashlib.sha256(said.encode()).hexdigest()[:_ID_LENGTH]
