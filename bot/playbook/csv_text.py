"""The text and the table inside a CSV file as spreadsheets save it.

UTF-8 with or without a byte order mark, and CP932 (Excel in Japan). Comma, tab and semicolon part
the cells; the one that explains the header best is taken.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Final

DELIMITERS: Final = (",", "\t", ";")
_BOM: Final = b"\xef\xbb\xbf"
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_NOT_JAPANESE: Final = re.compile("[\x80-\x9f\uf8f0-\uf8f3]")
"""What the CP932 codec makes of bytes that CP932 does not have."""
_FIRST_LINE: Final = re.compile(r"[^\r\n]+")
_SEPARATOR_LINE: Final = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)


class FileProblem(StrEnum):
    """Why a file as a whole cannot be read."""

    EMPTY = "empty"
    WORKBOOK = "workbook"
    UTF16 = "utf16"
    UNKNOWN_ENCODING = "unknown_encoding"
    NO_CUSTOMER_COLUMN = "no_customer_column"
    DUPLICATE_COLUMN = "duplicate_column"
    TOO_MANY_ROWS = "too_many_rows"


class UnreadableFile(ValueError):
    """A file that cannot be read; `detail` is the column or number that the reason is about."""

    def __init__(self, code: FileProblem, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else str(code))
        self.code = code
        self.detail = detail


class BrokenQuotes(ValueError):
    """A quotation mark that is never closed, text behind a closed one, or a cell longer than any
    file has it (which is what an open mark ends in), at this row."""

    def __init__(self, line_number: int) -> None:
        super().__init__(f"row {line_number}")
        self.line_number = line_number


def decode(raw: bytes) -> str:
    """The text of a file. Raises UnreadableFile."""
    if raw.startswith(_WORKBOOKS):
        raise UnreadableFile(FileProblem.WORKBOOK)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or _every_other_byte_is_zero(raw):
        raise UnreadableFile(FileProblem.UTF16)
    try:
        return raw.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError:
        if raw.startswith(_BOM):
            raise UnreadableFile(FileProblem.UNKNOWN_ENCODING) from None
    try:
        text = raw.decode("cp932")
    except UnicodeDecodeError:
        raise UnreadableFile(FileProblem.UNKNOWN_ENCODING) from None
    if _NOT_JAPANESE.search(text):
        raise UnreadableFile(FileProblem.UNKNOWN_ENCODING)
    return text


def records(text: str, fits: Callable[[Sequence[str]], int]) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows with the numbers that a spreadsheet shows: from 1, empty ones counted, a row with
    line breaks in a cell counted once. Empty rows are left out.

    `fits` says how many cells of a first row are known column names, to find the delimiter. Raises
    BrokenQuotes at the row where it happens.
    """
    separator = _SEPARATOR_LINE.match(text)
    if separator:
        text = text[separator.end() :]
        delimiter = separator[1]
    else:
        first = _FIRST_LINE.search(text)
        cells = first[0].replace('"', "") if first else ""
        delimiter = max(DELIMITERS, key=lambda mark: fits(cells.split(mark)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise BrokenQuotes(number) from None
        if any(map(str.strip, row)):
            yield number, row


def _every_other_byte_is_zero(raw: bytes) -> bool:
    head = raw[:64]
    return len(head) > 3 and head.count(0) >= len(head) // 3
