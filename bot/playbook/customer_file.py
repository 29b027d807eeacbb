"""Customers and contacts from a CSV file: each row a customer, or a problem with its number.

Columns in either language, any order, width and case; only the customer is required:

    customer 顧客名 · kind 種別 · owner_email 担当営業メール · contact 担当者名 ·
    contact_email 担当者メール · contact_role 役職 · contract_date 契約日 · locale 言語

A customer may stand on several rows with different contacts. Two rows contradict each other when
they give one customer (by `names.company_key`) a different kind, owner, date or language, or one of
its people (by `names.person_key`) a different e-mail or role; an empty cell never contradicts.
Names and roles have at most `names.MAX_NAME` characters: a longer one is a problem, not cut,
because a cut name is another name.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from bot.playbook.cells import cell_text, looks_like_formula
from bot.playbook.csv_text import BrokenQuotes, FileProblem, UnreadableFile, decode, records
from bot.playbook.names import MAX_NAME, company_key, person_key
from bot.playbook.terms import CustomerKind

MAX_ROWS: Final = 200_000
MAX_EMAIL: Final = 254
"""RFC 5321's longest path without its brackets."""


class Column(StrEnum):
    """The columns that are understood."""

    CUSTOMER = "customer"
    KIND = "kind"
    OWNER_EMAIL = "owner_email"
    CONTACT = "contact"
    CONTACT_EMAIL = "contact_email"
    CONTACT_ROLE = "contact_role"
    CONTRACT_DATE = "contract_date"
    LOCALE = "locale"


class RowCode(StrEnum):
    """Why a row cannot be taken."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    FORMULA = "formula"
    BAD_KIND = "bad_kind"
    BAD_EMAIL = "bad_email"
    BAD_DATE = "bad_date"
    BAD_LOCALE = "bad_locale"
    EXTRA_CELL = "extra_cell"
    BROKEN_QUOTES = "broken_quotes"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One row, cleaned. None means that the file says nothing about it."""

    line_number: int
    customer: str
    kind: CustomerKind | None = None
    owner_email: str | None = None
    contact: str | None = None
    contact_email: str | None = None
    contact_role: str | None = None
    contract_date: date | None = None
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a cell. The line number is the row that a spreadsheet shows; `other_line`
    is the earlier row that this one contradicts."""

    line_number: int
    column: Column | None
    code: RowCode
    value: str = ""
    other_line: int | None = None


@dataclass(frozen=True)
class CustomerFile:
    """A file that could be read. It is good for import when there are no problems."""

    rows: tuple[CustomerRow, ...]
    problems: tuple[RowProblem, ...]
    ignored_columns: tuple[str, ...]


_HEADERS: Final = {
    Column.CUSTOMER: "customer customername company companyname 顧客名 顧客 会社名 企業名 取引先名",
    Column.KIND: "kind type 種別 区分",
    Column.OWNER_EMAIL: "owneremail owner 担当営業メール 担当営業メールアドレス 営業担当メール",
    Column.CONTACT: "contact contactname 担当者名 担当者 氏名",
    Column.CONTACT_EMAIL: "contactemail email 担当者メール 担当者メールアドレス メールアドレス",
    Column.CONTACT_ROLE: "contactrole role title 役職",
    Column.CONTRACT_DATE: "contractdate 契約日 契約開始日",
    Column.LOCALE: "locale language 言語",
}
_COLUMN_OF: Final = {word: col for col, words in _HEADERS.items() for word in words.split()}
_KINDS: Final = {
    CustomerKind.CUSTOMER: "customer client 顧客 取引先 お客様",
    CustomerKind.PARTNER: "partner reseller パートナー 代理店 協力会社",
    CustomerKind.ASSOCIATION: "association 協会 団体 業界団体 組合",
    CustomerKind.COMMUNITY: "community コミュニティ コミュニティー",
}
_KIND_OF: Final = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_LOCALES: Final = {
    "ja": "ja jp ja-jp japanese 日本語",
    "en": "en en-us en-gb english 英語",
}
_LOCALE_OF: Final = {word: code for code, words in _LOCALES.items() for word in words.split()}
_DATE: Final = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?: 0?0:00(?::00)?)?", re.ASCII
)
_EMAIL: Final = re.compile(
    r"(?!\.)(?!.*\.\.)[^\s@<>(),;:\"\[\]\\]{1,64}(?<!\.)@"
    r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w-]{0,61}[^\W_])"
)
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f]")


class _BadCell(Exception):
    """A cell that its column refuses; never leaves this module."""

    def __init__(self, code: RowCode) -> None:
        super().__init__(code)
        self.code = code


def read_customers(raw: bytes, max_rows: int = MAX_ROWS) -> CustomerFile:
    """Read a whole file. Raises UnreadableFile when it is not a table with a customer column, or
    has more than `max_rows` rows below its header."""
    table = records(decode(raw), _known_headers)
    rows: list[CustomerRow] = []
    problems: list[RowProblem] = []
    columns: Sequence[Column | None] = ()
    ignored: tuple[str, ...] = ()
    count = 0
    try:
        for line_number, cells in table:
            if not columns:
                columns, ignored = _columns(cells)
                continue
            count += 1
            if count > max_rows:
                raise UnreadableFile(FileProblem.TOO_MANY_ROWS, str(max_rows))
            row, wrong = _row(line_number, cells, columns)
            if row:
                rows.append(row)
            problems.extend(wrong)
    except BrokenQuotes as broken:
        problems.append(RowProblem(broken.line_number, None, RowCode.BROKEN_QUOTES))
    else:
        if not columns:
            raise UnreadableFile(FileProblem.EMPTY)
    problems.extend(_contradictions(rows))
    problems.sort(key=lambda problem: problem.line_number)
    return CustomerFile(tuple(rows), tuple(problems), ignored)


def _columns(header: Sequence[str]) -> tuple[tuple[Column | None, ...], tuple[str, ...]]:
    columns = tuple(_COLUMN_OF.get(_header_key(name)) for name in header)
    if Column.CUSTOMER not in columns:
        raise UnreadableFile(FileProblem.NO_CUSTOMER_COLUMN)
    for column in Column:
        if columns.count(column) > 1:
            raise UnreadableFile(FileProblem.DUPLICATE_COLUMN, column)
    names = zip(header, columns, strict=True)
    return columns, tuple(name.strip() for name, column in names if not column and name.strip())


def _known_headers(header: Sequence[str]) -> int:
    return sum(_header_key(name) in _COLUMN_OF for name in header)


def _header_key(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "", folded)


def _row(
    line_number: int, cells: Sequence[str], columns: Sequence[Column | None]
) -> tuple[CustomerRow | None, list[RowProblem]]:
    values: dict[str, Any] = {}
    problems: list[RowProblem] = []
    for column, raw in zip(columns, cells, strict=False):
        text = cell_text(raw) if column else ""
        if column and text:
            try:
                values[column] = _READERS[column](text)
            except _BadCell as bad:
                problems.append(RowProblem(line_number, column, bad.code, text))
    for extra in cells[len(columns) :]:
        if extra.strip():
            problems.append(RowProblem(line_number, None, RowCode.EXTRA_CELL, extra.strip()))
    problems.extend(_missing(line_number, values, {problem.column for problem in problems}))
    if problems:
        return None, problems
    return CustomerRow(line_number, **values), []


def _missing(
    line_number: int, values: Mapping[str, object], refused: Collection[Column | None]
) -> Iterator[RowProblem]:
    """A row needs its customer, and a contact's e-mail or role needs the contact's name."""
    needed = {Column.CUSTOMER}
    if Column.CONTACT_EMAIL in values or Column.CONTACT_ROLE in values:
        needed.add(Column.CONTACT)
    for column in sorted(needed - values.keys() - set(refused)):
        yield RowProblem(line_number, column, RowCode.MISSING)


def _name(text: str) -> str:
    if len(text) > MAX_NAME:
        raise _BadCell(RowCode.TOO_LONG)
    if _CONTROL.search(text):
        raise _BadCell(RowCode.CONTROL_CHARACTER)
    if looks_like_formula(text):
        raise _BadCell(RowCode.FORMULA)
    return text


def _email(text: str) -> str:
    address = unicodedata.normalize("NFKC", text)
    if len(address) > MAX_EMAIL or not _EMAIL.fullmatch(address):
        raise _BadCell(RowCode.BAD_EMAIL)
    return address


@lru_cache(maxsize=1024)
def _owner_email(text: str) -> str:
    return _email(text).lower()


@lru_cache(maxsize=1024)
def _date(text: str) -> date:
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text))
    if found is None:
        raise _BadCell(RowCode.BAD_DATE)
    try:
        return date(int(found[1]), int(found[3] or found[5]), int(found[4] or found[6]))
    except ValueError:
        raise _BadCell(RowCode.BAD_DATE) from None


@lru_cache(maxsize=1024)
def _kind(text: str) -> CustomerKind:
    kind = _KIND_OF.get(unicodedata.normalize("NFKC", text).casefold())
    if kind is None:
        raise _BadCell(RowCode.BAD_KIND)
    return kind


@lru_cache(maxsize=1024)
def _locale(text: str) -> str:
    locale = _LOCALE_OF.get(unicodedata.normalize("NFKC", text).casefold().replace("_", "-"))
    if locale is None:
        raise _BadCell(RowCode.BAD_LOCALE)
    return locale


_READERS: Final[Mapping[Column, Callable[[str], CustomerKind | date | str]]] = {
    Column.CUSTOMER: _name,
    Column.KIND: _kind,
    Column.OWNER_EMAIL: _owner_email,
    Column.CONTACT: _name,
    Column.CONTACT_EMAIL: _email,
    Column.CONTACT_ROLE: _name,
    Column.CONTRACT_DATE: _date,
    Column.LOCALE: _locale,
}


def _contradictions(rows: Sequence[CustomerRow]) -> Iterator[RowProblem]:
    """What a later row says differently about a customer, or one of its people, of an earlier."""
    company = lru_cache(maxsize=1024)(company_key)
    said: dict[tuple[str, str, Column], tuple[object, int]] = {}
    for row in rows:
        key = company(row.customer)
        person = person_key(row.contact) if row.contact else ""
        for whom, column, value in (
            ("", Column.KIND, row.kind),
            ("", Column.OWNER_EMAIL, row.owner_email),
            ("", Column.CONTRACT_DATE, row.contract_date),
            ("", Column.LOCALE, row.locale),
            (person, Column.CONTACT_EMAIL, row.contact_email),
            (person, Column.CONTACT_ROLE, row.contact_role),
        ):
            if value is None:
                continue
            first, line_number = said.setdefault((key, whom, column), (value, row.line_number))
            if first != value:
                yield RowProblem(
                    row.line_number, column, RowCode.CONTRADICTS, str(value), line_number
                )
