"""The card of a customer: opened, and everything on it put right."""

from datetime import date

import pytest
from sqlalchemy import select

from bot.playbook.terms import CustomerKind, FollowUpKind, FollowUpState, Role
from bot.sandbox.messages import Message
from bot.sandbox.modals import View
from bot.sandbox.person import Person
from bot.views import ids
from storage import customers, follow_ups, nps, people, results, tables
from storage.customers import Contact, Customer
from storage.follow_ups import Row, Subject
from tests.end_to_end.referral_steps import has_customer
from tests.end_to_end.steps import YAMADA, YOSHINO, contact, give_role, promoter, shown
from tests.house import EMMA, MORI, OUTSIDER, SATO, TANAKA, TEAM, Stage

LOUD = "<!channel> *山田* & \u202e=HYPERLINK(1) 🎉" + "あ" * 150


@pytest.fixture(autouse=True)
def mori_administers(live: Stage) -> None:
    """The first to run `/goen` sees everything; here that is none of the reps."""
    live.sandbox.act_as(MORI).command("/goen")


def account(live: Stage, name: str = YAMADA) -> Customer:
    with live.bot.store.read() as conn:
        (found,) = customers.named(conn, TEAM, name)
    return found


def card(who: Person, name: str = YAMADA) -> View:
    view = who.command("/goen", f"customer {name}").view
    assert view, name
    return view


def owed_to(live: Stage, of: Contact) -> list[Row]:
    with live.bot.store.read() as conn:
        return follow_ups.about(conn, TEAM, Subject(contact_id=of.id))


def again(who: Person, message: Message) -> str:
    """The same message as it stands now."""
    return next(str(one.blocks) for one in who.dm() if one.ts == message.ts)


def edited(who: Person, view: View, **values: object) -> str:
    """What is said when the form was saved, or the errors."""
    form = who.click(view, ids.EDIT_CUSTOMER).view
    assert form
    submission = who.submit(form, values)
    assert submission.ok, submission
    return shown(who).words


@pytest.mark.parametrize(
    ("user", "line", "said"),
    [
        pytest.param(SATO, "customer ㈱山田製作所", "担当者を追加", id="in Japanese"),
        pytest.param(SATO, "顧客 山田", "担当者を追加", id="by a part of the name"),
        pytest.param(EMMA, "customer 山田製作所", "Add contact", id="in English"),
    ],
)
def test_a_customer_is_opened_by_its_name(live: Stage, user: str, line: str, said: str) -> None:
    has_customer(live, YAMADA, YOSHINO, owner=None)

    view = live.sandbox.act_as(user).command("/goen", line).view

    assert view
    assert said in view.words
    assert YOSHINO in view.words


def test_without_a_name_the_search_shows_the_card_of_whom_one_chooses(live: Stage) -> None:
    promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    view = sato.command("/goen", "顧客").view
    assert view
    offered = sato.options(view, ids.OPEN_CUSTOMER, "山田")
    assert "佐藤 美咲" in str(offered)

    sato.select(view, ids.OPEN_CUSTOMER, offered[0]["value"])

    assert len(sato.views()) == 1
    assert "推奨者候補" in shown(sato).words


def test_the_search_may_be_submitted_and_finds_people_by_their_own_names(live: Stage) -> None:
    promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    view = sato.command("/goen", "customer").view
    assert view
    offered = sato.options(view, ids.OPEN_CUSTOMER, "吉野")

    assert sato.submit(view, {ids.CUSTOMER: offered[0]["value"]}).ok

    assert YAMADA in shown(sato).words


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("customer 存在しない会社", "見つかりませんでした", id="unknown"),
        pytest.param("customer 鈴木", "複数あります", id="a part of two names"),
        pytest.param("customer 佐々木商会", "複数あります", id="two of one name"),
    ],
)
def test_what_is_not_certain_opens_the_search_with_what_was_typed(
    live: Stage, line: str, said: str
) -> None:
    for name in ("鈴木商事", "鈴木工業", "佐々木商会", "佐々木商会"):
        has_customer(live, name, "吉野")

    view = live.sandbox.act_as(SATO).command("/goen", line).view

    assert view
    assert said in view.words
    assert line.split()[1] in view.words


def test_home_and_help_lead_to_the_search(live: Stage) -> None:
    promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    home = sato.home()
    assert home

    assert "顧客" in str(sato.click(home, "goen_customer").view)

    help_message = sato.command("/goen", "help")
    assert "顧客を開く" in help_message.words
    assert sato.click(help_message, "goen_customer").view


def test_somebody_elses_customer_stays_closed_and_the_owner_is_named(live: Stage) -> None:
    promoter(live, SATO)

    reply = live.sandbox.act_as(TANAKA).command("/goen", f"customer {YAMADA}")

    assert reply.view is None
    assert SATO in reply.words


def test_a_typo_in_the_name_is_mended_and_the_new_name_is_found(live: Stage) -> None:
    has_customer(live, "山田制作所", YOSHINO)
    sato = live.sandbox.act_as(SATO)

    said = edited(
        sato,
        card(sato, "山田制作所"),
        **{ids.NAME: YAMADA, ids.KIND: "partner", ids.CONTRACT_DATE: date(2024, 4, 1)},
    )

    assert YAMADA in said
    sato.close(shown(sato))
    assert YAMADA in shown(sato).words, "the card below the form is drawn anew"
    sato.close(shown(sato))
    again = card(sato, "㈱山田製作所").words
    assert "パートナー" in again
    assert "2024年4月1日" in again


def test_a_name_that_another_customer_has_is_not_taken(live: Stage) -> None:
    has_customer(live, YAMADA, YOSHINO)
    has_customer(live, "鈴木商事", "鈴木")
    sato = live.sandbox.act_as(SATO)
    form = sato.click(card(sato, "鈴木商事"), ids.EDIT_CUSTOMER).view
    assert form

    submission = sato.submit(form, {ids.NAME: "株式会社山田製作所"})

    assert not submission.ok
    assert "すでにあります" in str(submission.errors)
    assert not sato.submit(form, {ids.NAME: "　"}).ok


def test_a_new_owner_takes_over_what_is_owed_and_the_old_one_lets_go(live: Stage) -> None:
    yoshino = promoter(live, SATO, score=4)
    live.sandbox.act_as(TANAKA).command("/goen")
    sato = live.sandbox.act_as(SATO)
    (repair,) = (row for row in owed_to(live, yoshino) if row.state is FollowUpState.OPEN)
    assert repair.owed_by == SATO

    said = edited(sato, card(sato), **{ids.OWNER: TANAKA})

    assert "引き継がれました" in said
    assert {row.owed_by for row in owed_to(live, yoshino)} == {TANAKA}
    sato.close(shown(sato))
    assert YOSHINO not in shown(sato).words, "the card is not the old owner's any more"
    assert card(live.sandbox.act_as(TANAKA)).words


def test_only_members_of_the_team_become_owners(live: Stage) -> None:
    promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    form = sato.click(card(sato), ids.EDIT_CUSTOMER).view
    assert form

    assert "チームのメンバー" in str(sato.submit(form, {ids.OWNER: OUTSIDER}).errors)
    assert account(live).owner_id == SATO


def test_a_customer_can_be_shared_with_the_team(live: Stage) -> None:
    yoshino = promoter(live, SATO, score=3)
    sato = live.sandbox.act_as(SATO)

    assert "共有" in edited(sato, card(sato), **{ids.SHARED: ["share"]})

    assert account(live).owner_id is None
    assert {row.owed_by for row in owed_to(live, yoshino)} == {None}
    assert card(live.sandbox.act_as(TANAKA)).words


@pytest.mark.parametrize(
    ("user", "done", "unknown"),
    [
        pytest.param(SATO, "削除しました", "見つかりませんでした", id="in Japanese"),
        pytest.param(EMMA, "Deleted", "No customer of that name", id="in English"),
    ],
)
def test_a_customer_is_deleted_and_what_is_owed_goes_with_it(
    live: Stage, user: str, done: str, unknown: str
) -> None:
    yoshino = promoter(live, user, score=4)
    rep = live.sandbox.act_as(user)

    said = rep.click(card(rep), ids.DELETE_CUSTOMER).view

    assert said
    assert done in said.words
    assert {row.state for row in owed_to(live, yoshino)} == {FollowUpState.CANCELLED}
    view = rep.command("/goen", f"customer {YAMADA}").view
    assert view
    assert unknown in view.words


def test_a_posted_reminder_learns_of_the_new_name_and_of_the_deletion(live: Stage) -> None:
    promoter(live, SATO, score=4)
    sato = live.sandbox.act_as(SATO)
    live.clock.move(days=4)
    live.settle()
    reminder = next(one for one in sato.dm() if ids.FOLLOW_UP_DONE in str(one.blocks))

    edited(sato, card(sato), **{ids.NAME: "山田工業"})
    live.settle()
    assert "山田工業" in again(sato, reminder)

    sato.click(card(sato, "山田工業"), ids.DELETE_CUSTOMER)
    live.settle()
    assert ids.FOLLOW_UP_DONE not in again(sato, reminder)


@pytest.mark.parametrize(
    "action_id",
    [ids.EDIT_CUSTOMER, ids.ADD_CONTACT, ids.DELETE_CUSTOMER, ids.EDIT_CONTACT, ids.DELETE_NPS],
)
def test_old_buttons_of_a_deleted_customer_answer_kindly(live: Stage, action_id: str) -> None:
    promoter(live, SATO)
    give_role(live, MORI, Role.MANAGER)
    mori, sato = live.sandbox.act_as(MORI), live.sandbox.act_as(SATO)
    old = card(mori)
    sato.click(card(sato), ids.DELETE_CUSTOMER)

    view = mori.click(old, action_id).view

    assert view
    assert "削除されています" in view.words


def test_the_menu_of_a_deleted_contact_answers_kindly(live: Stage) -> None:
    yoshino = promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    old = card(sato)
    sato.click(old, ids.DELETE_CUSTOMER)

    for verb in ("log_nps", "log_result", "log_moment", "prepare_ask", "delete"):
        view = sato.click(old, ids.CONTACT_MENU, value=f"{verb}:{yoshino.id}").view
        assert view, verb
        assert "削除されています" in view.words, verb


def test_undo_brings_everything_back(live: Stage) -> None:
    yoshino = promoter(live, SATO, score=4)
    sato = live.sandbox.act_as(SATO)
    deleted = sato.click(card(sato), ids.DELETE_CUSTOMER).view
    assert deleted

    back = sato.click(deleted, ids.RESTORE_CUSTOMER).view

    assert back
    assert "元に戻しました" in back.words
    assert YOSHINO in back.words
    (repair,) = owed_to(live, yoshino)
    assert (repair.kind, repair.state) == (FollowUpKind.REPAIR_PLAN, FollowUpState.OPEN)
    assert account(live).deleted_at is None


def test_nobody_is_deleted_in_the_middle_of_a_referral(live: Stage) -> None:
    yoshino = promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    sato.command("/referral", f"{YAMADA} > 鈴木商事 鈴木様")

    said = sato.click(card(sato), ids.DELETE_CUSTOMER).view
    assert said
    assert "鈴木商事" in said.words
    assert account(live).deleted_at is None
    assert said.callback_id == ids.CUSTOMER_CARD

    said = sato.click(shown(sato), ids.CONTACT_MENU, value=f"delete:{yoshino.id}").view
    assert said
    assert "鈴木商事" in said.words
    assert "鈴木商事" in shown(sato).words
    sato.click(said, ids.OPEN_REFERRAL)
    assert "進捗" in shown(sato).words
    assert sato.click(shown(sato), ids.REFERRAL_EDIT).view, "its forms still find room"
    assert len(sato.views()) == 3


def test_a_contact_is_added_deleted_and_brought_back_in_english(live: Stage) -> None:
    promoter(live, EMMA, "Acme Ltd", "Kate Reed")
    emma = live.sandbox.act_as(EMMA)
    form = emma.click(card(emma, "Acme"), ids.ADD_CONTACT).view
    assert form
    assert "on record" in str(emma.submit(form, {ids.NAME: "Ms. Kate Reed"}).errors)
    assert emma.submit(form, {ids.NAME: "Mr. Tom Hill", ids.JOB_TITLE: "CTO"}).ok
    assert "Added Tom Hill" in shown(emma).words
    emma.close(shown(emma))
    assert "Tom Hill" in shown(emma).words

    tom = contact(live, "Acme Ltd", "Tom Hill")
    question = emma.click(
        shown(emma), ids.CONTACT_MENU, f"contact:{tom.id}", f"delete:{tom.id}"
    ).view
    assert question
    assert emma.submit(question).ok
    deleted = shown(emma)
    assert "Deleted Tom Hill" in deleted.words
    assert "Tom Hill" not in emma.views()[0].words

    emma.click(deleted, ids.RESTORE_CONTACT)
    assert "is back" in shown(emma).words
    assert "Tom Hill" in emma.views()[0].words
    assert contact(live, "Acme Ltd", "Tom Hill").job_title == "CTO"


def test_a_score_is_corrected_from_the_card_and_deleted_on_it(live: Stage) -> None:
    yoshino = promoter(live, SATO, score=9)
    sato = live.sandbox.act_as(SATO)
    form = sato.click(card(sato), ids.CORRECT_NPS).view
    assert form
    assert sato.submit(form, {ids.SCORE: "7"}).ok
    sato.close(shown(sato))
    assert "*7*" in shown(sato).words

    sato.click(shown(sato), ids.DELETE_NPS)

    left = shown(sato)
    assert left.callback_id == ids.CUSTOMER_CARD
    assert "NPS 7 を削除しました" in left.words
    assert "NPSは未記録です" in left.words
    with live.bot.store.read() as conn:
        assert nps.of_contact(conn, TEAM, yoshino.id) == []


def test_results_and_moments_are_deleted_on_the_card(live: Stage) -> None:
    yoshino = promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    sato.command("/result", f"{YAMADA} 見積作成時間 4.2h 2.2h")
    form = sato.click(card(sato), ids.CONTACT_MENU, value=f"log_moment:{yoshino.id}").view
    assert form
    assert sato.submit(form, {ids.MOMENT: "thanks"}).ok
    sato.close(shown(sato))
    assert "見積作成時間" in shown(sato).words

    for action_id in (ids.DELETE_RESULT, ids.DELETE_MOMENT):
        sato.click(shown(sato), action_id)
        assert "削除しました" in shown(sato).words

    assert "見積作成時間：" not in shown(sato).words
    with live.bot.store.read() as conn:
        assert results.of_customer(conn, TEAM, yoshino.customer_id) == []


def test_an_ask_is_prepared_from_the_card_and_listed_on_it(live: Stage) -> None:
    yoshino = promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    sato.command("/result", f"{YAMADA} 見積作成時間 4.2h 2.2h")

    ask = sato.click(card(sato), ids.CONTACT_MENU, value=f"prepare_ask:{yoshino.id}").view
    assert ask
    sato.click(ask, ids.SEND_ASK)

    sato.close(shown(sato))
    assert "お返事待ち" in shown(sato).words


def test_the_referral_that_brought_a_customer_is_named(live: Stage) -> None:
    promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    sato.command("/referral", f"{YAMADA} > 鈴木商事 鈴木様")
    with live.bot.store.write() as conn:
        referral_id = conn.execute(select(tables.referral.c.id)).scalar_one()
        suzuki = customers.create(
            conn, TEAM, live.clock(), name="鈴木商事", owner_id=SATO, created_by=SATO
        )
        customers.change(conn, TEAM, suzuki, came_from_referral_id=referral_id)

    view = card(sato, "鈴木商事")

    assert f"*{YAMADA}　{YOSHINO}さま* からのご紹介" in view.words


def test_hostile_names_stand_on_the_card_as_they_are(live: Stage) -> None:
    has_customer(live, LOUD, LOUD)
    sato = live.sandbox.act_as(SATO)
    view = sato.command("/goen", f"customer 「{LOUD}」").view

    assert view
    assert "<!channel>" not in str([one for one in view.blocks if one["type"] == "section"])
    assert LOUD in edited(sato, view, **{ids.NAME: LOUD}).replace("&lt;", "<").replace(
        "&gt;", ">"
    ).replace("&amp;", "&")


def test_a_customer_with_a_crowd_of_people_fits_its_card(live: Stage) -> None:
    has_customer(live, YAMADA, YOSHINO)
    customer_id = account(live).id
    with live.bot.store.write() as conn:
        for number in range(30):
            customers.add_contact(
                conn,
                TEAM,
                live.clock(),
                customer_id=customer_id,
                name=f"{number} {LOUD}",
                created_by=SATO,
            )

    view = card(live.sandbox.act_as(SATO))

    assert len(view.blocks) <= 100
    assert "ほかに16名" in view.words


def test_a_manager_edits_everybodys_customers(live: Stage) -> None:
    promoter(live, SATO)
    give_role(live, MORI, Role.MANAGER)
    mori = live.sandbox.act_as(MORI)

    edited(mori, card(mori), **{ids.KIND: "association"})

    assert account(live).kind is CustomerKind.ASSOCIATION
    with live.bot.store.read() as conn:
        assert people.get(conn, TEAM, MORI)
        audited = conn.execute(select(tables.audit.c.action, tables.audit.c.user_id)).all()
    assert ("edit_customer", MORI) in [tuple(row) for row in audited]
