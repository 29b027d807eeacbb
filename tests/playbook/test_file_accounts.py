"""The rows of a file, gathered to accounts and their people."""

from datetime import date

from bot.playbook.customer_file import read_customers
from bot.playbook.file_accounts import FileAccount, FilePerson, accounts_of
from bot.playbook.terms import CustomerKind


def accounts(text: str) -> list[FileAccount]:
    return list(accounts_of(read_customers(text.encode()).rows).values())


def test_rows_of_one_account_fill_what_the_others_leave_open() -> None:
    found = accounts(
        "customer,kind,owner_email,contract_date,locale\n"
        "（株）山田製作所,,sato@x.example,,\n"
        "山田製作所,partner,,2026-04-01,ja\n"
    )

    assert found == [
        FileAccount(
            "（株）山田製作所",
            "山田製作所",
            CustomerKind.PARTNER,
            "sato@x.example",
            date(2026, 4, 1),
            "ja",
        )
    ]


def test_people_are_known_by_their_bare_names() -> None:
    (found,) = accounts(
        "customer,contact,email,role\n山田,吉野様,,部長\n山田,吉野,y@x.example,\n山田,Mr. Hart,,\n"
    )

    assert list(found.people.values()) == [
        FilePerson("吉野", "吉野", "y@x.example", "部長"),
        FilePerson("Hart", "hart"),
    ]


def test_accounts_come_in_the_order_of_the_file() -> None:
    found = accounts("customer\nC\nA\nB\nA Inc.\n")

    assert [one.name for one in found] == ["C", "A", "B"]
