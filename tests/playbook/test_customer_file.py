import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playbook.cells import cell, cell_text, looks_like_formula
from bot.playbook.csv_text import FileProblem, UnreadableFile, decode
from bot.playbook.customer_file import (
    Column,
    CustomerRow,
    RowCode,
    RowProblem,
    read_customers,
)
from bot.playbook.terms import CustomerKind

JAPANESE = """顧客名,種別,担当営業メール,担当者名,担当者メール,役職,契約日,言語
（株）山田製作所,顧客,Sato@example.com,吉野様,yoshino@yamada.example,部長,2026/4/1,日本語
鈴木商事,パートナー,,,,,,
"""
YAMADA = CustomerRow(
    line_number=2,
    customer="（株）山田製作所",
    kind=CustomerKind.CUSTOMER,
    owner_email="sato@example.com",
    contact="吉野様",
    contact_email="yoshino@yamada.example",
    contact_role="部長",
    contract_date=date(2026, 4, 1),
    locale="ja",
)
SUZUKI = CustomerRow(line_number=3, customer="鈴木商事", kind=CustomerKind.PARTNER)


def only_problem(text: str) -> RowProblem:
    found = read_customers(text.encode())
    assert len(found.problems) == 1
    return found.problems[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_a_file_is_read_as_spreadsheets_save_it(
    encoding: str, delimiter: str, line_break: str
) -> None:
    text = JAPANESE.replace(",", delimiter).replace("\n", line_break)
    found = read_customers(text.encode(encoding))
    assert found.rows == (YAMADA, SUZUKI)
    assert (found.problems, found.ignored_columns) == ((), ())


@pytest.mark.parametrize(
    "header",
    [
        "customer,contact,contract_date",
        "Customer,Contact Name,Contract Date",
        "ＣＵＳＴＯＭＥＲ,contact,contract-date",
        "会社名,担当者,契約日",
        " 顧客名 ,氏名,契約開始日",
    ],
)
def test_headers_are_known_in_both_languages_and_any_width(header: str) -> None:
    found = read_customers(f"{header}\nAcme,Jane,2026-04-01\n".encode())
    assert found.rows == (CustomerRow(2, "Acme", contact="Jane", contract_date=date(2026, 4, 1)),)


def test_columns_may_stand_in_any_order_and_unknown_ones_are_named() -> None:
    found = read_customers("備考,contact,customer,\nx,Jane,Acme,\n".encode())
    assert found.rows == (CustomerRow(2, "Acme", contact="Jane"),)
    assert found.ignored_columns == ("備考",)


@pytest.mark.parametrize(
    ("raw", "code", "detail"),
    [
        pytest.param(b"", FileProblem.EMPTY, "", id="nothing"),
        pytest.param(b"\r\n \r\n", FileProblem.EMPTY, "", id="only empty lines"),
        pytest.param("顧客名\n".encode("utf-16"), FileProblem.UTF16, "", id="UTF-16"),
        pytest.param("customer\n".encode("utf-16-le"), FileProblem.UTF16, "", id="no mark"),
        pytest.param(b"PK\x03\x04xl/", FileProblem.WORKBOOK, "", id="a workbook"),
        pytest.param(b"customer\n\xff\xff", FileProblem.UNKNOWN_ENCODING, "", id="no text"),
        pytest.param(b"customer\n\x80\x81", FileProblem.UNKNOWN_ENCODING, "", id="not CP932"),
        pytest.param(b"name\nAcme\n", FileProblem.NO_CUSTOMER_COLUMN, "", id="no customer"),
        pytest.param(
            "顧客名,会社名\nA,B\n".encode(), FileProblem.DUPLICATE_COLUMN, "customer", id="twice"
        ),
        pytest.param(b"customer\nA\nB\nC\n", FileProblem.TOO_MANY_ROWS, "2", id="too many"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(raw: bytes, code: FileProblem, detail: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_customers(raw, max_rows=2)
    assert (refused.value.code, refused.value.detail) == (code, detail)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("kind", "友人", RowCode.BAD_KIND),
        ("locale", "fr", RowCode.BAD_LOCALE),
        ("owner_email", "sato", RowCode.BAD_EMAIL),
        ("owner_email", "a@b", RowCode.BAD_EMAIL),
        ("owner_email", "a..b@example.com", RowCode.BAD_EMAIL),
        ("owner_email", "a b@example.com", RowCode.BAD_EMAIL),
        ("owner_email", "<a@example.com>", RowCode.BAD_EMAIL),
        ("owner_email", "a" * 250 + "@example.com", RowCode.BAD_EMAIL),
        ("contract_date", "2026-02-30", RowCode.BAD_DATE),
        ("contract_date", "04/01/2026", RowCode.BAD_DATE),
        ("contract_date", "2026-4/1", RowCode.BAD_DATE),
        ("contract_date", "46113", RowCode.BAD_DATE),
        ("contact", "x" * 201, RowCode.TOO_LONG),
        ("contact", "Ja\x00ne", RowCode.CONTROL_CHARACTER),
        ("contact", "Ja\x1bne", RowCode.CONTROL_CHARACTER),
        ("contact", '=HYPERLINK("http://x","y")', RowCode.FORMULA),
    ],
    ids=lambda value: str(value)[:24].encode("unicode_escape").decode(),
)
def test_a_bad_cell_is_named_with_its_row_and_column(
    column: str, value: str, code: RowCode
) -> None:
    written = io.StringIO()
    csv.writer(written).writerows([["customer", column], ["Fine", ""], ["Acme", value]])
    found = read_customers(written.getvalue().encode())
    assert found.problems == (RowProblem(3, Column(column), code, value),)
    assert found.rows == (CustomerRow(2, "Fine"),)


@pytest.mark.parametrize(
    "written",
    ["2026-04-01", "2026/4/1", "2026.4.1", "2026年4月1日", "２０２６／４／１", "2026/4/1 0:00"],
)
def test_dates_are_read_as_people_write_them(written: str) -> None:
    found = read_customers(f"customer,契約日\nAcme,{written}\n".encode())
    assert found.rows == (CustomerRow(2, "Acme", contract_date=date(2026, 4, 1)),)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("顧客", CustomerKind.CUSTOMER),
        ("Partner", CustomerKind.PARTNER),
        ("代理店", CustomerKind.PARTNER),
        ("業界団体", CustomerKind.ASSOCIATION),
        ("ｺﾐｭﾆﾃｨ", CustomerKind.COMMUNITY),
    ],
)
def test_kinds_are_read_in_both_languages(written: str, kind: CustomerKind) -> None:
    assert read_customers(f"customer,kind\nA,{written}\n".encode()).rows[0].kind is kind


@pytest.mark.parametrize(("written", "locale"), [("en_US", "en"), ("英語", "en"), ("JA", "ja")])
def test_languages_are_read_in_both_languages(written: str, locale: str) -> None:
    assert read_customers(f"customer,言語\nA,{written}\n".encode()).rows[0].locale == locale


def test_a_row_without_a_customer_is_a_problem() -> None:
    assert only_problem("customer,contact\n,Jane\n") == RowProblem(
        2, Column.CUSTOMER, RowCode.MISSING
    )


def test_an_address_without_a_name_is_a_problem() -> None:
    assert only_problem("customer,contact_email\nAcme,a@example.com\n") == RowProblem(
        2, Column.CONTACT, RowCode.MISSING
    )


def test_a_cell_beyond_the_header_is_a_problem() -> None:
    assert only_problem("customer\nAcme,Inc.\n") == RowProblem(2, None, RowCode.EXTRA_CELL, "Inc.")


def test_a_quotation_mark_that_is_never_closed_is_found_at_its_row() -> None:
    found = read_customers(b'customer\nAcme\n"Beta\nGamma\n')
    assert found.problems == (RowProblem(3, None, RowCode.BROKEN_QUOTES),)


def test_rows_are_counted_as_a_spreadsheet_shows_them() -> None:
    text = 'sep=;\r\ncustomer;contact\r\n"A\r\nCo";x\r\n\r\n;\r\nB;"=A1"\r\n'
    found = read_customers(text.encode())
    assert found.rows == (CustomerRow(2, "A Co", contact="x"),)
    assert found.problems == (RowProblem(5, Column.CONTACT, RowCode.FORMULA, "=A1"),)


def test_one_customer_may_have_several_contacts() -> None:
    found = read_customers(
        "customer,owner_email,contact\n山田,a@example.com,吉野\n㈱山田,,佐藤\n".encode()
    )
    assert [row.contact for row in found.rows] == ["吉野", "佐藤"]
    assert found.problems == ()


def test_rows_that_contradict_each_other_are_reported_with_both_rows() -> None:
    text = (
        "customer,owner_email,契約日\n"
        "山田,a@example.com,2026/4/1\n"
        "㈱山田,b@example.com,2026-04-01\n"
    )
    assert only_problem(text) == RowProblem(
        3, Column.OWNER_EMAIL, RowCode.CONTRADICTS, "b@example.com", other_line=2
    )


def test_one_person_with_two_addresses_contradicts_themselves() -> None:
    text = "customer,contact,email\n山田,佐藤様,a@x.example\n㈱山田,佐藤,b@x.example\n"
    assert only_problem(text) == RowProblem(
        3, Column.CONTACT_EMAIL, RowCode.CONTRADICTS, "b@x.example", other_line=2
    )


def test_people_of_one_name_at_two_customers_do_not_contradict_each_other() -> None:
    text = "customer,contact,email\n山田,佐藤,a@x.example\n鈴木,佐藤,b@x.example\n"
    assert read_customers(text.encode()).problems == ()


@pytest.mark.parametrize("name", ["@cosme", "+DESIGN", "-ism", "=LOVE", "＠cosme", "A=B(C)"])
def test_a_name_that_only_starts_like_a_formula_is_a_name(name: str) -> None:
    assert read_customers(f"customer\n{name}\n".encode()).rows == (CustomerRow(2, name),)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=A1",
        "+A1+B2",
        "-2+3",
        "=SUM(A1:A9)",
        "=cmd|' /C calc'!A0",
        "@SUM(1)",
        "＝HYPERLINK(1)",
        '="x"',
        "=Sheet1!A1",
    ],
)
def test_a_formula_is_recognised(text: str) -> None:
    assert looks_like_formula(text)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+81", "'+81"),
        ("-ism", "'-ism"),
        ("@cosme", "'@cosme"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("＝1", "'＝1"),
        ("山田", "山田"),
        ("'x", "'x"),
        (-48, "-48"),
        (Decimal("-4.20"), "-4.20"),
        (date(2026, 4, 1), "2026-04-01"),
        (None, ""),
    ],
)
def test_an_exported_cell_is_safe_to_open(value: str | int | None, written: str) -> None:
    assert cell(value) == written


def test_the_byte_order_mark_is_not_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbfcustomer") == "customer"
    assert decode("髙橋①㈱".encode("cp932")) == "髙橋①㈱"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])))
def test_a_printable_cell_survives_export_and_import(text: str) -> None:
    once = cell_text(cell(text))
    assert once == cell_text(text) or text.startswith("'")


@given(st.binary() | st.text().map(lambda text: f"customer,contact\n{text}".encode()))
def test_any_file_is_read_or_refused_with_a_reason(raw: bytes) -> None:
    try:
        found = read_customers(raw)
    except UnreadableFile as refused:
        assert refused.code in FileProblem
    else:
        assert all(row.customer for row in found.rows)
