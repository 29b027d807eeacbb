"""Importing customers in Slack: a file handed over in a form, a report by direct message."""

import pytest

from bot.sandbox.files import File
from bot.sandbox.person import Person
from storage import customers
from storage.customers import Customer
from tests.house import EMMA, ROOT, SATO, TANAKA, TEAM, Stage

SAMPLE = ROOT / "samples" / "customers.csv"


@pytest.fixture
def admin(live: Stage) -> Person:
    sato = live.sandbox.act_as(SATO)
    sato.command("/goen")
    return sato


def hand_over(live: Stage, person: Person, name: str, content: bytes) -> str:
    """Import a file and wait for the report: everything that it says."""
    view = person.command("/goen", "import").view
    assert view
    file: File = person.upload(name, content)
    assert person.submit(view, {"import_file": [file]}).ok
    taken = person.view()
    assert taken
    assert name in str(taken.blocks)
    person.close(taken)
    live.settle()
    report = person.dm()[-1]
    return report.text + str(report.blocks)


def named(live: Stage, name: str) -> list[Customer]:
    with live.bot.store.read() as conn:
        return customers.named(conn, TEAM, name)


def test_the_sample_file_comes_in_and_a_second_time_changes_nothing(
    live: Stage, admin: Person
) -> None:
    live.sandbox.act_as(TANAKA).command("/goen")

    first = hand_over(live, admin, "customers.csv", SAMPLE.read_bytes())
    second = hand_over(live, admin, "customers.csv", SAMPLE.read_bytes())

    assert "新規 40" in first
    assert "新規 0・変更 0・変更なし 40" in second
    assert named(live, "山田製作所")[0].owner_id == SATO
    assert named(live, "すみれ薬品")[0].owner_id in {SATO, TANAKA}


def test_an_owner_who_comes_later_finds_their_accounts(live: Stage, admin: Person) -> None:
    hand_over(live, admin, "a.csv", b"customer,owner_email\nAcme,emma@harukaze.example\n")
    (before,) = named(live, "Acme")

    live.sandbox.act_as(EMMA).command("/goen")

    (after,) = named(live, "Acme")
    assert {before.owner_id, after.owner_id} <= {None, EMMA}
    assert after.owner_id == EMMA


def test_a_file_as_excel_saves_it_in_japan_is_read(live: Stage, admin: Person) -> None:
    # Shift_JIS spells 髙 in CP932 only.
    report = hand_over(live, admin, "顧客.csv", "顧客名,種別\n髙﨑精工,顧客\n".encode("cp932"))

    assert "新規 1" in report
    assert named(live, "髙﨑精工")[0].name == "髙﨑精工"


def test_each_bad_row_is_named_and_nothing_is_taken_in(live: Stage, admin: Person) -> None:
    content = "顧客名,契約日,担当者メール\n山田製作所,2026-04-01,\n,2026/4/1,\n鈴木商事,昨日,x\n"

    report = hand_over(live, admin, "bad.csv", content.encode())

    for said in ("3行目 顧客名", "4行目 契約日", "「昨日」", "4行目 担当者メール"):
        assert said in report
    assert named(live, "山田製作所") == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"PK\x03\x04" + b"x" * 40, "Excelのブック", id="a workbook"),
        pytest.param(b"name\nAcme\n", "「顧客名」の列がありません", id="no customer column"),
        pytest.param("customer\nAcme".encode("utf-16"), "UTF-16", id="UTF-16"),
        pytest.param(b"\n", "中身がありません", id="nothing in it"),
        pytest.param(b"customer\n=HYPERLINK(1)\n", "計算式", id="a formula"),
        pytest.param(b"customer\n<!channel>\n<!channel>,x\n", "列の数", id="a call to the channel"),
    ],
)
def test_a_file_that_is_no_table_is_answered_with_what_to_do(
    live: Stage, admin: Person, content: bytes, said: str
) -> None:
    report = hand_over(live, admin, "file.csv", content)

    assert said in report
    assert "<!channel>" not in report


def test_a_long_list_of_problems_is_cut_and_counted(live: Stage, admin: Person) -> None:
    content = "customer,contract_date\n" + "".join(f"c{n},bad\n" for n in range(500))

    report = hand_over(live, admin, "long.csv", content.encode())

    assert "ほか440か所" in report


def test_a_file_that_was_deleted_meanwhile_is_asked_for_again(live: Stage, admin: Person) -> None:
    live.sandbox.faults.add("files.info", "error:file_deleted")

    report = hand_over(live, admin, "gone.csv", b"customer\nAcme\n")

    assert "受け取れませんでした" in report


@pytest.mark.usefixtures("admin")
def test_a_rep_is_told_that_managers_import(live: Stage) -> None:
    reply = live.sandbox.act_as(EMMA).command("/goen", "import")

    assert reply.view is None
    assert "Only managers" in reply.words


def test_an_import_that_was_cut_off_is_done_once_more_and_reported_once(
    live: Stage, admin: Person
) -> None:
    view = admin.command("/goen", "import").view
    assert view
    admin.submit(view, {"import_file": [admin.upload("a.csv", b"customer\nAcme\n")]})
    before = len(admin.dm())
    live.sandbox.faults.add("files.info", "reset")

    live.settle()
    assert named(live, "Acme") == []
    live.clock.move(minutes=1)
    live.settle()
    live.settle()

    assert len(named(live, "Acme")) == 1
    assert len(admin.dm()) == before + 1


def test_what_never_works_is_given_up_and_said(live: Stage, admin: Person) -> None:
    view = admin.command("/goen", "import").view
    assert view
    admin.submit(view, {"import_file": [admin.upload("a.csv", b"customer\nAcme\n")]})
    live.sandbox.faults.add("files.info", "reset", times=10)

    for _ in range(4):
        live.settle()
        live.clock.move(minutes=5)
    live.settle()

    assert "何も登録されませんでした" in admin.dm()[-1].text
