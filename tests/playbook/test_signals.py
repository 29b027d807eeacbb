from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playbook.csv_text import FileProblem, UnreadableFile
from bot.playbook.signal_file import is_signal_file, read_signals
from bot.playbook.signal_schema import FIELDS, read_item
from bot.playbook.signals import Fault, Problem, Signal, SignalKind, trend

TOKYO = ZoneInfo("Asia/Tokyo")
NPS = {
    "source": "survey",
    "id": "r-1",
    "kind": "nps",
    "at": "2026-11-16T10:00:00+09:00",
    "contact_email": "yoshino@yamada.example",
    "score": 9,
}


def faults(raw: object) -> set[tuple[Fault, str]]:
    found = read_item(raw)
    assert isinstance(found, tuple), found
    return {(one.fault, one.field) for one in found}


def test_a_signal_is_read_with_its_time_in_utc() -> None:
    found = read_item(NPS | {"comment": " 対応が早い "})
    assert isinstance(found, Signal)
    assert (found.kind, found.score, found.note) == (SignalKind.NPS, 9, "対応が早い")
    assert found.at == datetime(2026, 11, 16, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({"kind": "thanks"}, {(Fault.UNREADABLE, "kind")}, id="an unknown kind"),
        pytest.param({"score": 11}, {(Fault.UNREADABLE, "score")}, id="above the scale"),
        pytest.param({"score": None}, {(Fault.UNREADABLE, "score")}, id="null"),
        pytest.param({"at": "2026-11-16"}, {(Fault.UNREADABLE, "at")}, id="a day only"),
        pytest.param(
            {"at": "2026-11-16T10:00:00"}, {(Fault.UNREADABLE, "at")}, id="without a time zone"
        ),
        pytest.param(
            {"at": "0001-01-01T00:00:00+14:00"}, {(Fault.UNREADABLE, "at")}, id="before all time"
        ),
        pytest.param({"id": "x" * 129}, {(Fault.TOO_LONG, "id")}, id="a long id"),
        pytest.param({"id": "a\x00b"}, {(Fault.UNREADABLE, "id")}, id="NUL"),
        pytest.param({"id": "\ud800"}, {(Fault.UNREADABLE, "id")}, id="half a character"),
        pytest.param({"id": "　"}, {(Fault.UNREADABLE, "id")}, id="nothing that can be seen"),
        pytest.param({"metric": "seats"}, {(Fault.UNKNOWN_FIELD, "metric")}, id="another kind's"),
        pytest.param(
            {"score": "many", "extra": 1},
            {(Fault.UNREADABLE, "score"), (Fault.UNKNOWN_FIELD, "extra")},
            id="two things at once",
        ),
    ],
)
def test_everything_that_is_wrong_is_named_by_its_field(
    change: dict[str, Any], expected: set[tuple[Fault, str]]
) -> None:
    assert faults(NPS | change) == expected


@pytest.mark.parametrize("name", ["source", "id", "kind", "at", "score"])
def test_what_is_missing_is_named(name: str) -> None:
    assert faults({key: value for key, value in NPS.items() if key != name}) == {
        (Fault.MISSING, name)
    }


@pytest.mark.parametrize("raw", [None, [], "nps", 9])
def test_what_is_no_object_is_said_to_be_none(raw: object) -> None:
    assert faults(raw) == {(Fault.NOT_AN_OBJECT, "")}


@given(
    st.dictionaries(
        st.sampled_from(FIELDS) | st.text(max_size=5),
        st.none()
        | st.booleans()
        | st.integers()
        | st.decimals()
        | st.text(st.characters(), max_size=20)
        | st.lists(st.integers(), max_size=2)
        | st.sampled_from(list(SignalKind)),
    )
)
def test_whatever_comes_is_a_signal_or_is_refused_in_printable_words(raw: dict[str, Any]) -> None:
    found = read_item(NPS | raw)
    if isinstance(found, tuple):
        assert all((one.field + one.value).encode() is not None for one in found)
    else:
        assert found.digest


def test_two_signals_are_told_apart_by_what_they_say() -> None:
    said = [read_item(NPS | {"score": score}) for score in (9, 9, 8)]
    digests = [one.digest for one in said if isinstance(one, Signal)]
    assert digests[0] == digests[1] != digests[2]


@pytest.mark.parametrize(
    ("latest", "before", "percent"),
    [
        ("42", "40", "5.0"),
        ("20", "40", "-50.0"),
        ("0", "40", "-100.0"),
        ("40", "0", None),
        ("40", None, None),
        ("100000", "1", "1000.0"),
    ],
)
def test_usage_is_compared_in_percent(latest: str, before: str | None, percent: str | None) -> None:
    found = trend(Decimal(latest), Decimal(before) if before is not None else None)
    assert found == (Decimal(percent) if percent is not None else None)


# -- files -----------------------------------------------------------------------------------

HEADER = "シグナル,日時,顧客名,担当者メール,指標,値,問い合わせ番号,クレーム,スコア,コメント\n"


def the_rows(text: str) -> list[Signal | tuple[Problem, ...]]:
    return [row.read for row in read_signals(text.encode(), TOKYO).rows]


def test_a_row_is_what_an_item_is_in_the_words_of_a_spreadsheet() -> None:
    [usage, ticket, score] = the_rows(
        HEADER
        + '利用,2026/11/15,山田製作所,,ログイン数,"1,240",,,,\n'
        + "問い合わせ,2026-11-16 9:30,山田製作所,,,,1042,いいえ,,\n"
        + "NPS,2026-11-16T10:00:00+00:00,,ｙ@yamada.example,,,,,１０,よい\n"
    )
    assert isinstance(usage, Signal)
    assert (usage.kind, usage.label, usage.value) == (
        SignalKind.USAGE,
        "ログイン数",
        Decimal(1240),
    )
    assert usage.at == datetime(2026, 11, 15, 3, tzinfo=UTC)
    assert isinstance(ticket, Signal)
    assert (ticket.label, ticket.is_complaint) == ("1042", False)
    assert ticket.at == datetime(2026, 11, 16, 0, 30, tzinfo=UTC)
    assert isinstance(score, Signal)
    assert (score.score, score.who.contact_email) == (10, "y@yamada.example")
    assert score.at == datetime(2026, 11, 16, 10, tzinfo=UTC)


def test_a_row_without_an_id_is_known_by_what_stands_in_it() -> None:
    rows = "".join(f"nps,2026-11-1{day},Acme,,,,,,9,\n" for day in (1, 1, 2))
    ids = [one.id for one in the_rows(HEADER + rows) if isinstance(one, Signal)]
    assert ids[0] == ids[1] != ids[2]


@pytest.mark.parametrize(
    ("row", "fault", "field"),
    [
        pytest.param("nps,昨日,Acme,,,,,,9,", Fault.UNREADABLE, "at", id="no date"),
        pytest.param("nps,2026-02-30,Acme,,,,,,9,", Fault.UNREADABLE, "at", id="no such day"),
        pytest.param("お礼,2026-11-16,Acme,,,,,,9,", Fault.UNREADABLE, "kind", id="no kind"),
        pytest.param("nps,2026-11-16,Acme,,,,,,,", Fault.MISSING, "score", id="no score"),
        pytest.param("受付,2026-11-16,Acme,,,,7,多分,,", Fault.UNREADABLE, "complaint", id="maybe"),
        pytest.param("nps,2026-11-16,Acme,,,,,,9,,x", Fault.EXTRA_CELL, "", id="a cell too many"),
        pytest.param('nps,2026-11-16,"Acme,,,,,,9,', Fault.BROKEN_QUOTES, "", id="open quotes"),
    ],
)
def test_a_wrong_row_is_refused_and_the_others_stand(row: str, fault: Fault, field: str) -> None:
    good, bad = the_rows(f"{HEADER}nps,2026-11-15,Acme,,,,,,9,\n{row}\n")
    assert isinstance(good, Signal)
    assert isinstance(bad, tuple)
    assert (bad[0].fault, bad[0].field) == (fault, field)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(HEADER.encode(), True, id="ours"),
        pytest.param(b"signal;at;customer\n", True, id="semicolons"),
        pytest.param("シグナル\t日時\n".encode("cp932"), True, id="CP932"),
        pytest.param(b"customer,kind,contact\n", False, id="customers"),
        pytest.param(b"PK\x03\x04", False, id="a workbook"),
        pytest.param(b"", False, id="nothing"),
    ],
)
def test_a_file_of_signals_is_known_by_its_column(content: bytes, expected: bool) -> None:
    assert is_signal_file(content) is expected


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param("signal,at,日時\n", FileProblem.DUPLICATE_COLUMN, id="a column twice"),
        pytest.param("signal\n" + "nps\n" * 3, FileProblem.TOO_MANY_ROWS, id="too many rows"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: str, code: FileProblem) -> None:
    with pytest.raises(UnreadableFile) as why:
        read_signals(content.encode(), TOKYO, max_rows=2)
    assert why.value.code is code
