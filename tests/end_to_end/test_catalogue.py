"""The catalogue of offers and texts: read by all, kept by managers, checked before it is used."""

from datetime import date

import pytest

from bot.playbook.terms import OfferKind, Role
from bot.sandbox.person import Person
from bot.views import ids
from storage import offers, templates
from storage.offers import Offer
from storage.templates import Template
from tests.end_to_end.steps import LINE, YAMADA, give_role, promoter, shown, words
from tests.house import SATO, TEAM, Stage


@pytest.fixture
def manager(live: Stage) -> Person:
    """Sato, a manager, with the catalogue open."""
    sato = live.sandbox.act_as(SATO)
    promoter(live, SATO)
    sato.command("/result", LINE)
    give_role(live, SATO, Role.MANAGER)
    open_catalogue(live, sato)
    return sato


def open_catalogue(live: Stage, who: Person) -> None:
    """By the button that a refused ask carries while there is no offer that fits."""
    with live.bot.store.write() as conn:
        known = offers.catalogue(conn, TEAM)
        for one in known:
            offers.change(conn, TEAM, one.id, valid_until=date(2026, 11, 1))
    who.click(who.command("/ask", YAMADA), ids.OPEN_CATALOGUE)
    with live.bot.store.write() as conn:
        for one in known:
            offers.change(conn, TEAM, one.id, valid_until=None)


def catalogue(live: Stage) -> list[Offer]:
    with live.bot.store.read() as conn:
        return offers.catalogue(conn, TEAM)


def text(live: Stage, name: str = "default", locale: str = "ja") -> Template:
    with live.bot.store.read() as conn:
        return next(
            one for one in templates.current(conn, TEAM) if (one.name, one.locale) == (name, locale)
        )


def edit_text(live: Stage, manager: Person, **fields: str) -> dict[str, str]:
    """Edit the standard Japanese text; the errors of the form."""
    manager.click(shown(manager), ids.EDIT_TEMPLATE, value=str(text(live).id))
    return dict(manager.submit(shown(manager), fields).errors)


def test_a_manager_adds_an_offer_and_is_back_at_the_list(live: Stage, manager: Person) -> None:
    manager.click(shown(manager), ids.ADD_OFFER)
    manager.submit(
        shown(manager),
        {
            ids.OFFER_KIND: "community",
            ids.TITLE_JA: "工場見学会へのご招待",
            ids.AUDIENCE: "partner",
            ids.VALID_UNTIL: date(2026, 12, 31),
        },
    )

    assert "*工場見学会へのご招待*" in words(shown(manager))
    assert "12月31日(木)まで" in words(shown(manager))
    added = next(one for one in catalogue(live) if one.title_ja == "工場見学会へのご招待")
    assert (added.kind, added.audience) == (OfferKind.COMMUNITY, "partner")
    assert added.title("en") == "工場見学会へのご招待"


def test_two_offers_edited_one_after_the_other_are_both_saved(live: Stage, manager: Person) -> None:
    first, second, *_ = catalogue(live)
    for one, title in ((first, "一つ目"), (second, "二つ目")):
        manager.click(shown(manager), ids.EDIT_OFFER, value=str(one.id))
        manager.submit(shown(manager), {ids.TITLE_JA: title})

    assert [one.title_ja for one in catalogue(live)][:2] == ["一つ目", "二つ目"]


def test_a_past_day_and_a_missing_title_are_named_at_their_fields(manager: Person) -> None:
    manager.click(shown(manager), ids.ADD_OFFER)
    view = shown(manager)

    untitled = manager.submit(view, {ids.TITLE_JA: " ", ids.TITLE_EN: "Tour"})
    past = manager.submit(view, {ids.TITLE_JA: "見学", ids.VALID_UNTIL: date(2026, 11, 15)})

    assert untitled.errors == {ids.TITLE_JA: "名称を入力してください。"}
    assert past.errors == {ids.VALID_UNTIL: "今日以降の日付を選んでください。"}


def test_a_deleted_offer_is_gone_from_the_list_and_from_asks(live: Stage, manager: Person) -> None:
    first = catalogue(live)[0]
    manager.click(shown(manager), ids.EDIT_OFFER, value=str(first.id))
    manager.click(shown(manager), ids.DELETE_OFFER)

    assert first.title_ja not in words(shown(manager))
    assert first.title_ja not in manager.command("/ask", YAMADA).words


def test_points_are_money_whatever_was_ticked(live: Stage, manager: Person) -> None:
    points = catalogue(live)[-1]
    manager.click(shown(manager), ids.EDIT_OFFER, value=str(points.id))
    manager.submit(shown(manager), {ids.MONEY: None})

    assert catalogue(live)[-1].involves_money


def test_an_edited_text_is_a_new_version_that_the_next_ask_uses(
    live: Stage, manager: Person
) -> None:
    errors = edit_text(
        live, manager, body="{contact}様、{kpi}が{change}とは。｛offer｝をどうぞ。{sender}"
    )

    assert errors == {}
    assert "*標準* （日本語・第2版）" in words(shown(manager))
    said = manager.command("/ask", YAMADA).words
    assert (
        "吉野 真理様、見積作成時間が−48%とは。業界の最新動向をまとめた四半期レポートをどうぞ。"
        in said
    )


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        (ids.BODY, "{contcat}様 {kpi} {offer}", "{contcat} は {contact} のことでしょうか？"),
        (ids.BODY, "{値引き} {kpi} {offer}", "{値引き} は使えません"),
        (ids.BODY, "{kpi} {offer", "波かっこが対になっていません"),
        (ids.BODY, "{kpi}おめでとうございます", "本文に {offer} を入れてください"),
        (ids.BODY, "{offer}をどうぞ", "{kpi}、{before}、{after}、{change} のどれか"),
        (ids.SUBJECT, "{Kpii}の件", "{Kpii} は {kpi} のことでしょうか？"),
        (ids.SHORT, " ", "入力してください"),
    ],
    ids=["misspelt", "unknown", "unclosed", "no offer", "no result", "in the subject", "empty"],
)
def test_a_mistake_in_a_text_is_named_kindly_and_nothing_is_saved(
    live: Stage, manager: Person, field: str, written: str, said: str
) -> None:
    errors = edit_text(live, manager, **{field: written})

    assert said in errors[field]
    assert text(live).version == 1


def test_a_text_for_another_moment_starts_from_the_standard_one(
    live: Stage, manager: Person
) -> None:
    manager.click(shown(manager), ids.ADD_TEMPLATE)
    assert "お世話になっております" in str(shown(manager).blocks)
    manager.submit(shown(manager), {ids.TEMPLATE_NAME: "result", ids.SUBJECT: "成果のご報告"})

    assert text(live, "result").subject == "成果のご報告"
    assert "成果のご報告" in manager.command("/ask", YAMADA).words


def test_a_text_for_a_moment_that_has_one_is_its_next_version(live: Stage, manager: Person) -> None:
    manager.click(shown(manager), ids.ADD_TEMPLATE)
    manager.submit(shown(manager), {ids.TEMPLATE_NAME: "thanks", ids.LANGUAGE: "ja"})

    assert text(live, "thanks").version == 2


def test_a_deleted_text_gives_way_to_the_standard_one(live: Stage, manager: Person) -> None:
    manager.click(shown(manager), ids.EDIT_TEMPLATE, value=str(text(live, "upsell").id))
    manager.click(shown(manager), ids.DELETE_TEMPLATE)

    assert "追加のご契約のとき* （日本語" not in words(shown(manager))


def test_the_ideal_customer_stands_in_the_letter(manager: Person) -> None:
    manager.click(shown(manager), ids.EDIT_IDEAL_CUSTOMER)
    manager.submit(shown(manager), {ids.IDEAL_CUSTOMER_JA: "手書きの見積にお困りの製造業の方"})

    assert "手書きの見積にお困りの製造業の方" in words(shown(manager))
    said = manager.command("/ask", YAMADA).words
    assert "この進め方は、手書きの見積にお困りの製造業の方にもきっとお役に立ちます" in said


def test_a_rep_reads_the_catalogue_and_changes_nothing(live: Stage, manager: Person) -> None:
    edit = shown(manager)
    give_role(live, SATO, Role.REP)
    manager.click(edit, ids.ADD_OFFER)

    assert "マネージャーのみ行えます" in words(shown(manager))
    assert len(catalogue(live)) == len(OfferKind)
