"""Customers' own words: given, changed and taken back on the page, and told to the rep (P3)."""

import re

import pytest

from bot.playbook.terms import Credit, Purpose, Role, VoiceKind, VoiceUse
from bot.playbook.voices import MOST_WORDS
from storage import customers, page_links, voices
from tests.end_to_end.steps import give_role
from tests.house import MORI, SATO, TEAM, Stage
from tests.pages.visits import CONTACT, CUSTOMER, ask, fill_in, has_contact, page_of, send
from tests.pages.voice_steps import PURPOSES, WORDS, agreed_to, news, standing, uses

INTERNAL, WEBSITE, CASE = VoiceUse.INTERNAL, VoiceUse.WEBSITE, VoiceUse.CASE_STUDY
KINDS = {VoiceKind.TESTIMONIAL: "ご感想", VoiceKind.WHY: "選んだ理由"}


@pytest.fixture
def contact_id(paged: Stage) -> int:
    return has_contact(paged)


@pytest.fixture
def url(paged: Stage, contact_id: int) -> str:
    return page_of(paged, contact_id, Purpose.VOICE)


@pytest.mark.parametrize("kind", KINDS)
def test_words_arrive_with_what_they_permit_and_in_which_words(
    paged: Stage, contact_id: int, kind: VoiceKind
) -> None:
    url = page_of(paged, contact_id, PURPOSES[kind])

    answered = fill_in(url, words=WORDS, hesitation="費用", credit="person", website="yes")

    assert answered.status == 303
    assert url.endswith(answered.location)
    found = standing(paged, contact_id, kind)
    assert found
    assert (found.words, found.credit) == (WORDS, Credit.PERSON)
    assert found.hesitation == ("費用" if kind is VoiceKind.WHY else "")
    assert uses(paged, found.id) == {INTERNAL, WEBSITE}
    terms = agreed_to(paged, found.id)
    assert terms.keys() == {INTERNAL, WEBSITE}
    assert all(words in ask(url).text for words in terms.values())
    (told,) = news(paged)
    for part in (CUSTOMER, CONTACT, KINDS[kind][:2], "若手にも", "Webサイト", "会社名とお名前"):
        assert part in told
    assert "導入事例" not in told


def test_nothing_is_permitted_that_is_not_ticked(paged: Stage, contact_id: int, url: str) -> None:
    page = ask(url).text
    assert len(re.findall(r'type="checkbox"', page)) == 2
    assert not re.findall(r'type="checkbox"[^>]* checked', page)

    fill_in(url, words=WORDS, website="on", case_study="1", internal="", credit="everybody")

    found = standing(paged, contact_id)
    assert found
    assert uses(paged, found.id) == {INTERNAL}
    assert found.credit is Credit.NOBODY


def test_the_page_shows_what_is_kept_and_takes_permission_back(
    paged: Stage, contact_id: int, url: str
) -> None:
    fill_in(url, words=WORDS, credit="company", website="yes", case_study="yes")
    page = ask(url).text
    assert "若手にも任せられます。" in page
    assert len(re.findall(r'type="checkbox"[^>]* checked', page)) == 2
    news(paged)

    fill_in(url, words=WORDS, credit="company", case_study="yes")

    found = standing(paged, contact_id)
    assert found
    assert uses(paged, found.id) == {INTERNAL, CASE}
    first, second = news(paged)
    assert "若手にも" not in first
    assert "新しいお知らせ" in first
    assert "取り下げてください" in second
    assert "*Webサイトと提案資料*" in second
    with paged.bot.store.read() as conn:
        history = voices.permissions(conn, TEAM, found.id)
    ended = [one for one in history if one.withdrawn_at]
    assert [one.use for one in ended] == [WEBSITE], "what was permitted from when to when is known"
    assert ended[0].withdrawn_at == found.changed_at


def test_less_of_a_name_has_to_be_mended_where_it_is_published(paged: Stage, url: str) -> None:
    fill_in(url, words=WORDS, credit="person", website="yes")
    fill_in(url, words=WORDS, credit="nobody", website="yes")
    told = news(paged)[-1]
    assert "お名前の出し方を直してください" in told
    assert "*出さない*" in told


def test_other_words_are_permitted_anew(paged: Stage, contact_id: int, url: str) -> None:
    fill_in(url, words=WORDS, credit="person", website="yes")
    found = standing(paged, contact_id)
    assert found
    fill_in(url, words="残業も減りました。", credit="person", website="yes")
    again = standing(paged, contact_id)
    assert again
    assert (again.id, again.changes) == (found.id, 2)
    with paged.bot.store.read() as conn:
        history = voices.permissions(conn, TEAM, found.id)
    assert [one.withdrawn_at is None for one in history] == [False, False, True, True]
    assert "差し替えてください" in news(paged)[-1]


def test_words_are_withdrawn_by_the_same_link_and_nothing_of_them_is_left(
    paged: Stage, contact_id: int, url: str
) -> None:
    fill_in(url, words=WORDS, credit="person", website="yes")
    first = standing(paged, contact_id)
    assert first
    news(paged)

    answered = fill_in(url, withdraw="yes")

    assert answered.status == 303
    assert standing(paged, contact_id) is None
    with paged.bot.store.read() as conn:
        row = voices.get(conn, TEAM, first.id)
        assert voices.permitted(conn, TEAM, INTERNAL, most=9) == []
    assert row
    assert row.words == ""
    assert row.withdrawn_at
    page = ask(url).text
    assert "取り下げを承りました" in page
    assert "若手にも" not in page
    told = news(paged)
    assert "取り下げました" in told[-1]
    assert "*Webサイトと提案資料*" in told[-1]
    assert not any("若手にも" in one for one in told)

    fill_in(url, words="やはりお伝えします。", credit="company")
    back = standing(paged, contact_id)
    assert back
    assert back.id != first.id


def test_the_same_again_changes_nothing_and_tells_nobody(
    paged: Stage, contact_id: int, url: str
) -> None:
    for _ in range(2):
        fill_in(url, words=WORDS, credit="company", website="yes")
    seal = ask(url).seal
    for _ in range(2):
        send(url, {"seal": seal, "words": f"  {WORDS}\r\n", "credit": "company", "website": "yes"})
    found = standing(paged, contact_id)
    assert found
    assert found.changes == 1
    assert len(news(paged)) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param({"words": " \n　"}, "ひとことで結構です", id="nothing"),
        pytest.param({"words": "あ" * (MOST_WORDS + 1)}, "1,000文字以内", id="too much"),
        pytest.param(
            {"words": "はい", "hesitation": "い" * (MOST_WORDS + 1)}, "1,000文字以内", id="beside"
        ),
    ],
)
def test_what_has_to_be_mended_is_said_and_nothing_typed_is_lost(
    paged: Stage, contact_id: int, typed: dict[str, str], said: str
) -> None:
    url = page_of(paged, contact_id, Purpose.WHY)
    typed = {"hesitation": "費用と期間", "credit": "nobody", "case_study": "yes", **typed}

    answered = fill_in(url, **typed)

    assert answered.status == 422
    assert said in answered.text
    assert typed["words"].strip(" \n　") in answered.text
    assert typed["hesitation"] in answered.text
    assert re.search(r'id="credit-nobody"[^>]* checked', answered.text)
    assert re.search(r'id="case_study"[^>]* checked', answered.text)
    assert standing(paged, contact_id, VoiceKind.WHY) is None


HOSTILE = (
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}",
    "<!channel> <@U0SATO> *x*",
    "髙﨑𠮷塚 ﾊﾝｶｸ ㈱",
    "שלום \u202egnp.exe",
    "👨‍👩‍👧" * 50,
    "=HYPERLINK(1)",
    "a\x00b",
    "あ" * MOST_WORDS,
)


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_typed_stands_on_the_page_and_in_slack_as_text(
    paged: Stage, url: str, words: str
) -> None:
    assert fill_in(url, words=words, credit="person").status == 303
    page = ask(url).text
    assert "<script>alert" not in page
    assert "49" not in re.findall(r'class="quote">([^<]*)<', page)[0]
    (told,) = news(paged)
    assert words[:4].replace("\x00", "")[:3] in told


@pytest.mark.parametrize("purpose", [Purpose.VOICE, Purpose.WHY])
def test_a_page_of_somebody_who_is_gone_is_no_page(
    paged: Stage, contact_id: int, purpose: Purpose
) -> None:
    url = page_of(paged, contact_id, purpose)
    seal = ask(url).seal
    with paged.bot.store.write() as conn:
        customers.change_contact(conn, TEAM, contact_id, deleted_at=paged.clock())
    unknown = ask(url[:-4] + "AAAA")
    assert (ask(url).status, ask(url).content) == (404, unknown.content)
    assert send(url, {"seal": seal, "words": WORDS}).status == 404


def test_a_link_that_was_changed_leads_nowhere(paged: Stage, contact_id: int, url: str) -> None:
    with paged.bot.store.write() as conn:
        page_links.renew(conn, TEAM, Purpose.VOICE, contact_id, paged.clock())
    assert ask(url).status == 404


@pytest.mark.parametrize("locale", ["en", "ja"])
def test_words_are_asked_and_agreed_to_in_the_customers_language(paged: Stage, locale: str) -> None:
    contact_id = has_contact(paged, locale=locale)
    url = page_of(paged, contact_id, Purpose.VOICE)
    says = {"en": "on its website", "ja": "Webサイト"}
    assert f'<html lang="{locale}"' in ask(url).text
    fill_in(url, words="Saved our spring planning", credit="person", website="yes")
    found = standing(paged, contact_id)
    assert found
    assert found.locale == locale
    assert says[locale] in agreed_to(paged, found.id)[WEBSITE]


def test_of_a_shared_customer_a_manager_is_told(paged: Stage) -> None:
    contact_id = has_contact(paged, owner=None)
    paged.sandbox.act_as(MORI).command("/goen")
    give_role(paged, SATO, Role.REP)
    give_role(paged, MORI, Role.MANAGER)
    fill_in(page_of(paged, contact_id, Purpose.VOICE), words=WORDS, credit="company")
    assert news(paged, SATO) == []
    (told,) = news(paged, MORI)
    assert "若手にも" in told
