"""Taking customer files in, on both databases: new, again, changed, and who owns them."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.playbook.customer_file import read_customers
from bot.playbook.file_accounts import accounts_of
from bot.playbook.policy import Policy
from bot.playbook.terms import CustomerKind, Role
from storage import contact_states, customers, importing, nps, people, upkeep, workspaces
from storage.customers import Customer
from storage.engine import Store
from storage.importing import Count, Imported
from storage.people import Person
from storage.tables import contact, customer
from storage.workspaces import Workspace

TEAM = "T1"
NOW = datetime(2026, 11, 16, 1, tzinfo=UTC)
SAMPLE = Path(__file__).parents[2] / "samples" / "customers.csv"
WORKSPACE = Workspace(
    team_id=TEAM,
    name="ハルカゼ",
    bot_user_id="U0BOT",
    channel_id=None,
    locale="ja",
    timezone="Asia/Tokyo",
    country="JP",
    currency="JPY",
    policy=Policy(),
    ideal_customer="",
    offers_reviewed_at=None,
)


@pytest.fixture
def filled(store: Store) -> Store:
    with store.write() as conn:
        workspaces.create(conn, WORKSPACE, NOW)
    return store


def meet(store: Store, user_id: str, email: str, **changes: bool) -> None:
    known = {"is_member": True, "is_active": True, "is_guest": False} | changes
    with store.write() as conn:
        people.save(
            conn,
            Person(
                team_id=TEAM,
                user_id=user_id,
                name=user_id,
                email=email,
                locale="ja",
                timezone="Asia/Tokyo",
                role=Role.REP,
                is_bot=False,
                is_stranger=False,
                dm_channel_id=None,
                refreshed_at=NOW,
                **known,
            ),
        )


def take(store: Store, text: str, now: datetime = NOW) -> Imported:
    file = read_customers(text.encode())
    assert file.problems == ()
    with store.write() as conn:
        return importing.take(conn, WORKSPACE, accounts_of(file.rows), now, "U0BOT")


def account(store: Store, name: str) -> Customer:
    with store.read() as conn:
        (found,) = customers.named(conn, TEAM, name)
    return found


def people_at(store: Store, name: str) -> list[tuple[str, str | None, str | None]]:
    with store.read() as conn:
        found = customers.contacts_of(conn, TEAM, [account(store, name).id])
    return [(one.name, one.email, one.job_title) for one in found]


def test_a_new_file_brings_its_customers_and_their_people(filled: Store) -> None:
    done = take(
        filled,
        "顧客名,種別,担当者名,担当者メール,役職,契約日,言語\n"
        "（株）山田製作所,顧客,吉野様,yoshino@yamada.example,部長,2026/4/1,ja\n"
        "株式会社山田製作所,,小林 誠,,,,\n"
        "Northgate Partners,partner,,,,,en\n",
    )

    assert (done.customers, done.contacts) == (Count(new=2), Count(new=2))
    yamada = account(filled, "山田製作所")
    assert (yamada.name, yamada.contract_date) == ("（株）山田製作所", date(2026, 4, 1))
    assert people_at(filled, "山田製作所") == [
        ("吉野", "yoshino@yamada.example", "部長"),
        ("小林 誠", None, None),
    ]
    assert account(filled, "Northgate Partners").kind is CustomerKind.PARTNER


def test_the_same_file_again_changes_nothing(filled: Store) -> None:
    take(filled, SAMPLE.read_text())

    again = take(filled, SAMPLE.read_text(), NOW + timedelta(days=1))

    assert again.customers.new == again.customers.changed == 0
    assert again.contacts.new == again.contacts.changed == 0
    assert again.customers.unchanged >= 40


def test_the_sample_file_names_three_owners_and_several_kinds(filled: Store) -> None:
    take(filled, SAMPLE.read_text())

    with filled.read() as conn:
        owners = set(conn.execute(select(customer.c.owner_email)).scalars())
        kinds = set(conn.execute(select(customer.c.kind)).scalars())
        locales = set(conn.execute(select(customer.c.locale)).scalars())
    assert {f"{name}@harukaze.example" for name in ("sato", "tanaka", "emma")} <= owners
    assert len(kinds) >= 3
    assert {"ja", "en"} <= locales


def test_what_the_file_says_anew_is_changed_and_an_empty_cell_leaves_what_is_there(
    filled: Store,
) -> None:
    header = "customer,kind,contact,contact_role,contract_date\n"
    take(filled, header + "Acme,customer,Ms. Reed,CFO,2026-04-01\nGlobex,customer,,,\n")

    done = take(filled, header + "ACME Inc.,partner,Reed,CEO,\nGlobex,,,,\n")

    assert done.customers == Count(changed=1, unchanged=1)
    assert done.contacts == Count(changed=1)
    acme = account(filled, "Acme")
    assert (acme.name, acme.kind, acme.contract_date) == (
        "Acme",
        CustomerKind.PARTNER,
        date(2026, 4, 1),
    )
    assert people_at(filled, "Acme") == [("Reed", None, "CEO")]


def test_an_owner_of_the_team_gets_the_account_now(filled: Store) -> None:
    meet(filled, "U1", "sato@harukaze.example")

    take(filled, "customer,owner_email\nAcme,SATO@harukaze.example\n")

    assert (account(filled, "Acme").owner_id, account(filled, "Acme").owner_email) == ("U1", None)


@pytest.mark.parametrize(
    "who",
    [{"is_guest": True}, {"is_member": False}, {"is_active": False}],
    ids=["a guest", "not of the team channel", "deactivated"],
)
def test_who_may_not_use_goen_owns_nothing_yet(filled: Store, who: dict[str, bool]) -> None:
    meet(filled, "U1", "sato@harukaze.example", **who)

    take(filled, "customer,owner_email\nAcme,sato@harukaze.example\n")

    assert account(filled, "Acme").owner_id is None
    assert account(filled, "Acme").owner_email == "sato@harukaze.example"


def test_a_new_owner_in_the_file_takes_the_contacts_along(filled: Store) -> None:
    meet(filled, "U1", "sato@harukaze.example")
    meet(filled, "U2", "emma@harukaze.example")
    take(filled, "customer,owner_email,contact\nAcme,sato@harukaze.example,Reed\n")

    take(filled, "customer,owner_email\nAcme,emma@harukaze.example\n")

    with filled.read() as conn:
        (person,) = customers.contacts_of(conn, TEAM, [account(filled, "Acme").id])
        state = contact_states.get(conn, TEAM, person.id)
    assert state
    assert state.owner_id == person.owner_id == "U2"


def test_states_are_those_that_folding_the_records_gives(filled: Store) -> None:
    meet(filled, "U1", "sato@harukaze.example")
    take(filled, "customer,owner_email,contact\nAcme,sato@harukaze.example,Reed\n")
    with filled.write() as conn:
        acme = customers.named(conn, TEAM, "Acme")[0]
        (reed,) = customers.contacts_of(conn, TEAM, [acme.id])
        nps.add(
            conn,
            TEAM,
            contact_id=reed.id,
            score=9,
            comment="",
            answered_at=NOW,
            created_by="U1",
            created_at=NOW,
        )
        upkeep.contact_changed(conn, WORKSPACE, reed.id, NOW)
    take(filled, "customer,contact,contact_role\nAcme,Reed,CEO\nAcme,Hart,\nGlobex,Vale,\n")

    with filled.write() as conn:
        everybody = list(conn.execute(select(contact.c.id)).scalars())
        kept = [contact_states.get(conn, TEAM, one) for one in everybody]
        folded = [contact_states.refresh(conn, TEAM, one, WORKSPACE.policy) for one in everybody]
    assert len(kept) == 3
    assert kept == folded


def test_a_deleted_customer_comes_back_as_a_new_one(filled: Store) -> None:
    take(filled, "customer\nAcme\n")
    with filled.write() as conn:
        acme = customers.named(conn, TEAM, "Acme")[0]
        customers.change(conn, TEAM, acme.id, deleted_at=NOW)

    assert take(filled, "customer\nAcme\n").customers == Count(new=1)


def test_a_failure_half_way_leaves_nothing(filled: Store) -> None:
    rows = read_customers(b"customer\n" + b"".join(b"c%d\n" % n for n in range(1_200))).rows

    def break_off(done: int, total: int) -> None:
        if done > importing.BATCH:
            raise RuntimeError(f"after {done} of {total}")

    with pytest.raises(RuntimeError), filled.write() as conn:
        importing.take(conn, WORKSPACE, accounts_of(rows), NOW, "U0BOT", break_off)

    with filled.read() as conn:
        assert conn.execute(select(func.count()).select_from(customer)).scalar_one() == 0


def test_another_workspace_is_left_alone(filled: Store) -> None:
    with filled.write() as conn:
        customers.create(conn, "T2", NOW, name="Acme", owner_id="U9", created_by="U9")

    assert take(filled, "customer\nAcme\n").customers == Count(new=1)
