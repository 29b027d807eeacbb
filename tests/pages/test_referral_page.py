"""The referral page (P1 P5): what a customer sends ends in the record that `/referral` makes."""

from collections.abc import Iterator
from io import BytesIO

import pytest

from bot.playbook.names import MAX_NAME
from bot.playbook.rights import READER
from bot.playbook.terms import Consent, ConsentTo, FollowUpKind, Purpose, Role, Stage
from bot.sandbox.messages import Message, words_in
from bot.sandbox.person import Person
from bot.views import ids
from storage import consents, customers, page_links, people, referrals
from storage.referrals import Referral
from tests.end_to_end.referral_steps import opened, owed, request, rows, the_row
from tests.end_to_end.steps import click
from tests.house import EMMA, MORI, SATO, TANAKA, TEAM
from tests.house import Stage as Live
from tests.pages.visits import CONTACT, CUSTOMER, Answered, ask, fill_in, has_contact, page_of

GOOD = {"company": "鈴木商事", "person": "鈴木 一郎 様"}


@pytest.fixture
def sato(paged: Live) -> Person:
    who = paged.sandbox.act_as(SATO)
    who.command("/goen", "")
    return who


@pytest.fixture
def contact_id(paged: Live, sato: Person) -> int:
    return has_contact(paged, sato.id)


@pytest.fixture
def url(paged: Live, contact_id: int) -> str:
    return page_of(paged, contact_id)


def arrivals(live: Live, user: str = SATO) -> list[Message]:
    live.settle()
    return [
        m for m in live.sandbox.act_as(user).dm() if "紹介" in m.text and "届きました" in m.text
    ]


def told(message: Message) -> str:
    return "\n".join(words_in(message.blocks))


def second_page(live: Live, company: str = "田中工業", contact: str = "田中 恵") -> str:
    with live.bot.store.write() as conn:
        now = live.clock()
        customer = customers.create(conn, TEAM, now, name=company, owner_id=SATO, created_by=SATO)
        other = customers.add_contact(
            conn, TEAM, now, customer_id=customer, name=contact, created_by=SATO
        )
    return page_of(live, other)


def seconds(live: Live, row: Referral) -> list[int]:
    with live.bot.store.read() as conn:
        return referrals.second_referrers(conn, TEAM, row.id)


def test_what_was_sent_is_the_record_that_a_rep_would_have_made(
    paged: Live, url: str, contact_id: int
) -> None:
    note = "見積に時間が\r\nかかっている"
    assert fill_in(url, **GOOD, email="ichiro@suzuki.example", note=note).status == 303

    row = the_row(paged)
    assert (row.company, row.person) == ("鈴木商事", "鈴木 一郎")
    assert (row.email, row.need) == ("ichiro@suzuki.example", "見積に時間が\nかかっている")
    assert (row.referrer_id, row.owner_id, row.created_by) == (contact_id, SATO, READER)
    assert row.stage is Stage.RECEIVED
    assert row.consent is Consent.UNKNOWN
    assert owed(paged, row.id) == {
        FollowUpKind.CONSENT_REQUEST,
        FollowUpKind.THANKS_REFERRAL,
        FollowUpKind.PROGRESS_UPDATE,
    }


def test_the_tick_is_kept_with_the_words_that_stood_beside_it(paged: Live, url: str) -> None:
    fill_in(f"{url}?lang=en", **GOOD, agreed="yes")

    row = the_row(paged)
    assert row.consent is Consent.AGREED
    assert FollowUpKind.FIRST_CONTACT in owed(paged, row.id)
    with paged.bot.store.read() as conn:
        kept = consents.latest(conn, TEAM, row.id, ConsentTo.PASSED_ON)
        assert kept
        assert kept.consent_text_id
        words = consents.text(conn, TEAM, kept.consent_text_id)
    assert words
    assert (words.locale, words.version) == ("en", 1)
    assert words.words in ask(f"{url}?lang=en").text.replace("&#39;", "'")


def test_the_rep_hears_of_it_once_with_everything_to_do(paged: Live, url: str) -> None:
    fill_in(url, **GOOD, agreed="yes")
    (message,) = arrivals(paged)

    words = told(message)
    for part in (CUSTOMER, CONTACT, "鈴木商事", "鈴木 一郎"):
        assert part in words
    paged.clock.move(minutes=30)
    paged.settle()
    about = [m for m in paged.sandbox.act_as(SATO).dm() if "鈴木 一郎" in told(m)]
    assert [m.ts for m in about] == [message.ts]


def test_the_message_changes_with_what_is_done(paged: Live, sato: Person, url: str) -> None:
    fill_in(url, **GOOD, agreed="yes")
    (message,) = arrivals(paged)

    changed = click(paged, sato, message, ids.REFERRAL_CONTACTED)

    assert changed.ts == message.ts
    assert the_row(paged).stage is Stage.CONTACTED
    assert changed.blocks != message.blocks


def test_the_clock_of_the_first_contact_goes_on_after_the_message(paged: Live, url: str) -> None:
    fill_in(url, **GOOD, agreed="yes")
    arrivals(paged)
    paged.clock.move(hours=20, minutes=1)
    paged.settle()

    assert any("まもなく期限" in told(m) for m in paged.sandbox.act_as(SATO).dm())


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({"company": ""}, "会社名をご入力", id="no company"),
        pytest.param({"person": "  "}, "お名前をご入力", id="no person"),
        pytest.param({"company": "社" * (MAX_NAME + 1)}, "200文字以内", id="a long company"),
        pytest.param({"note": "あ" * 1_001}, "1000文字以内", id="a long note"),
        pytest.param({"email": "ichiro"}, "メールアドレスの形", id="no address"),
        pytest.param(
            {"email": "a@b.example\nBcc: x@y.example"}, "メールアドレスの形", id="two lines"
        ),
        pytest.param({"company": CUSTOMER, "person": CONTACT}, "ご自身の会社", id="themselves"),
    ],
)
def test_what_can_not_be_read_is_asked_for_again(
    paged: Live, url: str, fields: dict[str, str], said: str
) -> None:
    answer = fill_in(url, **{**GOOD, "note": "そのまま", "agreed": "yes", **fields})

    assert answer.status == 422
    assert said in answer.text
    assert " checked" in answer.text
    assert rows(paged) == []


def test_a_colleague_in_the_same_company_is_a_referral(paged: Live, url: str) -> None:
    assert fill_in(url, company=CUSTOMER, person="山本 花").status == 303
    assert "すでに顧客" in told(arrivals(paged)[0])


def test_a_customer_is_told_nothing_of_what_we_know(paged: Live, url: str) -> None:
    answers: list[Answered] = [fill_in(url, **GOOD)]
    answers.append(fill_in(second_page(paged), **GOOD))
    answers.append(fill_in(url, **GOOD))

    assert {one.status for one in answers} == {303}
    assert "鈴木" not in ask(paged.web + answers[1].location).text


def test_the_same_person_named_again_is_the_same_record_with_what_is_new(
    paged: Live, url: str
) -> None:
    fill_in(url, **GOOD)
    fill_in(url, company="㈱鈴木商事", person="鈴木一郎", email="i@suzuki.example", note="急ぎです")

    row = the_row(paged)
    assert (row.email, row.need) == ("i@suzuki.example", "急ぎです")
    assert len(arrivals(paged)) == 2


def test_one_that_had_ended_is_taken_up_again(paged: Live, sato: Person, url: str) -> None:
    fill_in(url, **GOOD)
    form = opened(sato.click(arrivals(paged)[0], ids.REFERRAL_LOST))
    assert sato.submit(form, {ids.WHY: "時期が合わず"}).ok
    assert the_row(paged).stage is Stage.LOST

    fill_in(url, **GOOD)

    assert the_row(paged).stage is Stage.RECEIVED


def test_a_person_who_said_no_is_not_made_to_say_yes_by_somebody_else(
    paged: Live, url: str
) -> None:
    fill_in(url, **GOOD)
    row = the_row(paged)
    with paged.bot.store.write() as conn:
        referrals.change(conn, TEAM, row.id, consent=Consent.OPTED_OUT)

    fill_in(url, **GOOD, agreed="yes")

    assert the_row(paged).consent is Consent.OPTED_OUT


def test_two_customers_who_name_the_same_person_are_asked_about_and_kept_as_one(
    paged: Live, sato: Person, url: str, contact_id: int
) -> None:
    fill_in(url, **GOOD)
    fill_in(second_page(paged), **GOOD, email="i@suzuki.example", note="急ぎです", agreed="yes")
    message = arrivals(paged)[-1]
    assert "ほかにも進行中" in told(message)

    click(paged, sato, message, ids.REFERRAL_JOIN)

    kept, newcomer = rows(paged)
    assert newcomer.deleted_at
    assert (kept.email, kept.need, kept.consent) == ("i@suzuki.example", "急ぎです", Consent.AGREED)
    assert kept.referrer_id == contact_id
    assert seconds(paged, kept) == [newcomer.referrer_id]


def test_two_that_are_not_the_same_both_stay(paged: Live, url: str) -> None:
    fill_in(url, **GOOD)
    fill_in(url, company="鈴木商事", person="加藤 進")

    assert [row.person for row in rows(paged)] == ["鈴木 一郎", "加藤 進"]


def test_joining_asks_for_the_right_again(paged: Live, url: str) -> None:
    fill_in(url, **GOOD)
    fill_in(second_page(paged), **GOOD)
    kept, newcomer = rows(paged)
    paged.sandbox.act_as(TANAKA).command("/goen", "")

    outcome = paged.bot.dispatcher.handle(
        request(paged, TANAKA, ids.REFERRAL_JOIN, f"{newcomer.id}:{kept.id}")
    )

    assert not outcome.is_done
    assert [row.deleted_at for row in rows(paged)] == [None, None]


@pytest.mark.parametrize("value", ["", "1", "1:1", "99:1", "1:99", "x:y", "1:"])
def test_a_made_up_pair_joins_nothing(paged: Live, url: str, value: str) -> None:
    fill_in(url, **GOOD)
    outcome = paged.bot.dispatcher.handle(request(paged, SATO, ids.REFERRAL_JOIN, value))

    assert not outcome.is_done
    assert the_row(paged).deleted_at is None


def test_what_comes_to_a_shared_account_is_a_managers(paged: Live) -> None:
    paged.sandbox.act_as(SATO).command("/goen", "")
    emma = paged.sandbox.act_as(EMMA)
    emma.command("/goen", "")
    with paged.bot.store.write() as conn:
        people.set_role(conn, TEAM, SATO, Role.REP)
        people.set_role(conn, TEAM, EMMA, Role.MANAGER)
    fill_in(page_of(paged, has_contact(paged, owner=None)), **GOOD)

    assert the_row(paged).owner_id == EMMA
    paged.settle()
    assert any("came in" in m.text for m in emma.dm())


def test_the_page_shows_what_the_person_will_receive_and_who_sends_it(url: str) -> None:
    text = ask(url).text

    assert "佐藤 美咲" in text
    assert "お話を伺えますでしょうか" in text
    assert "（お名前）" not in text.split("<blockquote")[0]


def test_the_thanks_say_when_the_customer_hears(url: str) -> None:
    text = ask(f"{url}/thanks").text

    assert "24時間以内" in text
    assert "7日ごと" in text


def test_the_code_leads_to_the_page(url: str) -> None:
    image = pytest.importorskip("PIL.Image")
    zxingcpp = pytest.importorskip("zxingcpp")

    code = image.open(BytesIO(ask(f"{url}/qr.png").content))
    assert [found.text for found in zxingcpp.read_barcodes(code)] == [url]
    assert ask(f"{url}/qr.svg").text.startswith("<svg")


class TestInSlack:
    """Handing the page over, and closing it."""

    @pytest.fixture
    def desk(self, paged: Live, sato: Person, contact_id: int) -> Iterator[None]:
        card = sato.command("/goen", f"customer {CUSTOMER}").view
        assert card
        sato.click(card, ids.MATERIAL_PAGE, value=str(contact_id))
        yield

    def address(self, live: Live, contact_id: int) -> str | None:
        with live.bot.store.read() as conn:
            link = page_links.current(conn, TEAM, Purpose.REFERRAL, contact_id)
        site = live.bot.dispatcher.site
        return site.address(Purpose.REFERRAL, link.token) if link else None

    def test_the_card_gives_the_link_and_a_text_to_send(
        self, paged: Live, sato: Person, contact_id: int, desk: None
    ) -> None:
        view = sato.view()
        assert view
        address = self.address(paged, contact_id)
        assert address
        assert str(view.blocks).count(address) >= 3
        assert ask(address).status == 200

    def test_a_new_link_ends_the_old_one(
        self, paged: Live, sato: Person, contact_id: int, desk: None
    ) -> None:
        old = self.address(paged, contact_id)
        view = sato.view()
        assert view
        assert old
        sato.click(view, ids.RENEW_PAGE)
        new = self.address(paged, contact_id)

        assert new
        assert new != old
        assert (ask(old).status, ask(new).status) == (404, 200)
        assert new in str(sato.view())

    def test_a_closed_page_stays_closed_until_somebody_opens_it(
        self, paged: Live, sato: Person, contact_id: int, desk: None
    ) -> None:
        old = self.address(paged, contact_id)
        view = sato.view()
        assert view
        assert old
        sato.click(view, ids.REVOKE_PAGE)
        assert ask(old).status == 404
        paged.bot.dispatcher.handle(request(paged, SATO, ids.MATERIAL_PAGE, contact_id))
        assert self.address(paged, contact_id) is None

    def test_nobody_gets_the_page_of_somebody_elses_customer(
        self, paged: Live, sato: Person, contact_id: int
    ) -> None:
        paged.sandbox.act_as(MORI).command("/goen", "")
        for name in (ids.MATERIAL_PAGE, ids.RENEW_PAGE, ids.REVOKE_PAGE):
            outcome = paged.bot.dispatcher.handle(request(paged, MORI, name, contact_id))
            assert not outcome.is_done
        assert self.address(paged, contact_id) is None


def test_without_a_public_address_the_card_offers_no_page(live: Live) -> None:
    sato = live.sandbox.act_as(SATO)
    sato.command("/goen", "")
    contact_id = has_contact(live)
    card = sato.command("/goen", f"customer {CUSTOMER}").view
    assert ids.MATERIAL_PAGE not in str(card and card.blocks)

    outcome = live.bot.dispatcher.handle(request(live, SATO, ids.MATERIAL_PAGE, contact_id))

    assert "GOEN_PUBLIC_URL" in str(outcome.answer)
