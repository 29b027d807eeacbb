"""Handing out the handbook from Slack: the link, a letter with it, the print (O3)."""

import io
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from bot.playbook.terms import Purpose, Role
from bot.sandbox.person import Person
from bot.views import ids
from storage import customers, page_links
from tests.end_to_end.steps import give_role, shown
from tests.house import EMMA, MORI, SATO, TANAKA, TEAM, Stage, stage
from tests.pages.visits import ask, has_contact


@pytest.fixture
def paged(tmp_path: Path) -> Iterator[Stage]:
    """The bot with its pages open, 森 its admin and a contact of 佐藤."""
    with stage(f"sqlite:///{tmp_path}/goen.db", by_socket=True, has_pages=True) as found:
        found.sandbox.act_as(MORI).command("/goen")
        yield found
        assert found.sandbox.refusals == []


@pytest.fixture
def sato(paged: Stage) -> Person:
    return paged.sandbox.act_as(SATO)


def address(found: Stage) -> str:
    with found.bot.store.read() as conn:
        link = page_links.current(conn, TEAM, Purpose.HANDBOOK, 0)
    assert link
    return found.bot.dispatcher.site.address(Purpose.HANDBOOK, link.token)


def desk(person: Person, line: str = "handbook") -> str:
    person.command("/goen", line)
    return str(shown(person).blocks)


def managing(found: Stage) -> Person:
    """Emma, who is a manager."""
    emma = found.sandbox.act_as(EMMA)
    emma.command("/goen")
    give_role(found, EMMA, Role.MANAGER)
    return emma


def test_the_command_gives_the_link_and_it_opens(paged: Stage, sato: Person) -> None:
    said = desk(sato)
    first = address(paged)
    assert first in said
    assert ask(first).status == 200
    assert first in desk(sato)


def test_from_a_customers_card_it_comes_with_a_letter_in_their_language(
    paged: Stage, sato: Person
) -> None:
    contact_id = has_contact(paged, locale="en")
    with paged.bot.store.write() as conn:
        customers.change_contact(conn, TEAM, contact_id, email="yoshino@example.com")
    sato.command("/goen", "customer 髙﨑製作所")
    sato.click(shown(sato), ids.MATERIAL_HANDBOOK)

    said = str(shown(sato).blocks)

    assert "Here is a short guide to our referral programme" in said
    assert f"{address(paged)}?lang=en" in said
    assert "mailto:yoshino@example.com" in said


def test_a_customer_may_be_named_behind_the_command(paged: Stage, sato: Person) -> None:
    has_contact(paged)
    said = desk(sato, "handbook 髙﨑製作所")
    assert "𠮷野 真理" in said
    assert address(paged) in said


def test_somebody_elses_customer_gets_no_letter_of_mine(paged: Stage) -> None:
    has_contact(paged)
    tanaka = paged.sandbox.act_as(TANAKA)
    tanaka.command("/goen", "handbook 髙﨑製作所")
    found = tanaka.view()
    assert found is None or "𠮷野 真理" not in str(found.blocks)


@pytest.mark.parametrize(
    ("language", "says"), [("ja", "ご紹介の流れ"), ("en", "How a referral works")]
)
def test_the_print_comes_as_a_direct_message(
    paged: Stage, sato: Person, language: str, says: str
) -> None:
    desk(sato)
    sato.click(shown(sato), f"{ids.PRINT_HANDBOOK}{language}")
    assert "まもなくDMに届きます" in str(shown(sato).blocks)
    sato.click(shown(sato), f"{ids.PRINT_HANDBOOK}{language}")
    paged.settle()

    (message,) = [one for one in sato.dm() if one.files]
    (file,) = message.files
    found = paged.sandbox.file(file["id"])
    assert found
    book = pypdf.PdfReader(io.BytesIO(found.content))
    assert says in "".join(page.extract_text() for page in book.pages)


def test_only_managers_renew_or_close_the_page(paged: Stage, sato: Person) -> None:
    assert ids.REVOKE_HANDBOOK not in desk(sato)
    emma = managing(paged)
    desk(emma)
    first = address(paged)

    emma.click(shown(emma), ids.RENEW_HANDBOOK)
    second = address(paged)
    assert ask(first).status == 404
    assert ask(second).status == 200

    emma.click(shown(emma), ids.REVOKE_HANDBOOK)
    assert ask(second).status == 404
    assert "A manager has closed" in str(shown(emma).blocks)
    assert "マネージャーが閉じています" in desk(sato)
    emma.click(shown(emma), ids.RENEW_HANDBOOK)
    assert ask(address(paged)).status == 200


def test_an_old_button_of_a_rep_closes_nothing(paged: Stage) -> None:
    emma = managing(paged)
    desk(emma)
    view = shown(emma)
    give_role(paged, EMMA, Role.REP)
    emma.click(view, ids.REVOKE_HANDBOOK)
    assert ask(address(paged)).status == 200


def test_without_pages_there_is_still_the_print(live: Stage) -> None:
    mori = live.sandbox.act_as(MORI)
    mori.command("/goen")
    said = desk(mori)
    assert "GOEN_PUBLIC_URL" in said
    assert ids.RENEW_HANDBOOK not in said
    assert f"{ids.PRINT_HANDBOOK}ja" in said


def test_a_new_contract_offers_the_handbook_for_the_customer(paged: Stage, sato: Person) -> None:
    has_contact(paged)
    reply = sato.command("/goen", "contract 髙﨑製作所 導入が決まった")
    assert reply.message
    sato.click(reply.message, ids.MATERIAL_HANDBOOK)
    assert "𠮷野 真理" in str(shown(sato).blocks)
