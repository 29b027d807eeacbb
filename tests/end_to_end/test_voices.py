"""Asking for customers' own words from Slack, and finding them again (P3)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.playbook.terms import Credit, Purpose, VoiceKind, VoiceUse
from bot.playbook.voices import CONSENTS, Given
from bot.sandbox.modals import View
from bot.sandbox.person import Person
from bot.views import ids
from storage import consents, contact_states, customers, page_links, voices
from storage.customers import Contact
from tests.end_to_end.steps import YAMADA, contact, promoter, shown, words
from tests.house import EMMA, MORI, SATO, TANAKA, TEAM, Stage, stage

WORDS = "見積が半日で出せるようになりました。"


@pytest.fixture
def paged(tmp_path: Path) -> Iterator[Stage]:
    """The bot with its pages open, and a promoter of Sato's."""
    with stage(f"sqlite:///{tmp_path}/goen.db", by_socket=True, has_pages=True) as found:
        found.sandbox.act_as(MORI).command("/goen")
        promoter(found, SATO)
        yield found
        assert found.sandbox.refusals == []


def says(
    live: Stage,
    one: Contact,
    text: str = WORDS,
    *uses: VoiceUse,
    kind: VoiceKind = VoiceKind.TESTIMONIAL,
) -> int:
    """The contact has given their words, as by the page."""
    permitted = frozenset({VoiceUse.INTERNAL, *uses})
    with live.bot.store.write() as conn:
        given = Given(text, "", Credit.PERSON, permitted)
        now = live.clock()
        voice_id = voices.add(conn, TEAM, one.id, kind, given, "ja", now)
        assert voice_id
        texts = {
            use: consents.keep_text(conn, TEAM, CONSENTS[use], "ja", f"{use}", now).id
            for use in permitted
        }
        voices.grant(conn, TEAM, voice_id, texts, now)
    return voice_id


def desk(who: Person, company: str = YAMADA) -> View:
    """What can be sent to the first person of a customer, and what they said."""
    card = who.command("/goen", f"customer {company}").view
    assert card
    found = who.click(card, ids.MATERIAL_VOICE).view
    assert found
    return found


def addresses(live: Stage, one: Contact) -> list[str]:
    """Of the two pages as they are open now."""
    with live.bot.store.read() as conn:
        links = [
            page_links.current(conn, TEAM, purpose, one.id)
            for purpose in (Purpose.VOICE, Purpose.WHY)
        ]
    return [live.bot.dispatcher.site.address(one.purpose, one.token) for one in links if one]


def test_both_questions_come_with_a_text_to_send_and_its_link(paged: Stage) -> None:
    with paged.bot.store.write() as conn:
        customers.change_contact(conn, TEAM, contact(paged).id, email="yoshino@yamada.example")

    seen = desk(paged.sandbox.act_as(SATO))

    said = words(seen)
    voice, why = addresses(paged, contact(paged))
    assert voice in said
    assert why in said
    assert "吉野 真理様" in said
    assert "佐藤 美咲" in said
    assert str(seen.blocks).count("mailto:yoshino@yamada.example") == 2
    assert "まだ届いていません" in said


def test_a_text_to_send_is_in_the_customers_language(paged: Stage) -> None:
    with paged.bot.store.write() as conn:
        customers.change(conn, TEAM, contact(paged).customer_id, locale="en")
    assert "Thank you for choosing us" in words(desk(paged.sandbox.act_as(SATO)))


def test_changing_a_link_gives_another_one(paged: Stage) -> None:
    sato = paged.sandbox.act_as(SATO)
    seen = desk(sato)
    before = addresses(paged, contact(paged))

    sato.click(seen, ids.RENEW_VOICE_PAGE, value=f"testimonial:{contact(paged).id}")

    after = addresses(paged, contact(paged))
    assert after[0] != before[0]
    assert after[1] == before[1]
    assert after[0] in words(shown(sato))
    assert "新しいリンクに替えました" in words(shown(sato))


@pytest.mark.parametrize("trouble", ["opted_out_at", "complaint_at"])
def test_nobody_is_asked_for_praise_while_something_is_wrong(paged: Stage, trouble: str) -> None:
    with paged.bot.store.write() as conn:
        customers.change_contact(conn, TEAM, contact(paged).id, **{trouble: paged.clock()})
    said = words(desk(paged.sandbox.act_as(SATO)))
    assert "お願いを控えましょう" in said
    assert "/v/" not in said


def test_a_low_score_asks_for_repair_first(paged: Stage) -> None:
    paged.sandbox.act_as(SATO).command("/nps", f"{YAMADA} 4")
    said = words(desk(paged.sandbox.act_as(SATO)))
    assert "NPS 4" in said
    assert "/v/" not in said


def test_what_was_said_stands_at_the_contact_and_can_be_taken_off_the_record(
    paged: Stage,
) -> None:
    voice_id = says(paged, contact(paged), WORDS, VoiceUse.WEBSITE)
    sato = paged.sandbox.act_as(SATO)
    seen = desk(sato)
    assert WORDS in words(seen)
    assert "Webサイトと提案資料" in words(seen)

    sato.click(seen, ids.DELETE_VOICE)

    assert WORDS not in words(shown(sato))
    assert "記録から消しました" in words(shown(sato))
    with paged.bot.store.read() as conn:
        row = voices.get(conn, TEAM, voice_id)
        assert voices.uses_of(conn, TEAM, voice_id) == frozenset()
    assert row
    assert row.deleted_at
    sato.click(seen, ids.DELETE_VOICE)
    assert "もう残っていません" in words(shown(sato))


def test_the_list_is_narrowed_to_what_may_be_published_with_the_text_for_it(paged: Stage) -> None:
    one = contact(paged)
    says(paged, one, WORDS, VoiceUse.WEBSITE)
    says(paged, one, "現場を見てくれたから", kind=VoiceKind.WHY)
    sato = paged.sandbox.act_as(SATO)
    listed = sato.command("/goen", "voices").view
    assert listed
    assert WORDS in words(listed)
    assert "現場を見てくれたから" in words(listed)

    sato.select(listed, ids.FILTER_VOICES, "website")

    assert f"{WORDS}\n— 山田製作所 吉野 真理さま" in words(shown(sato))
    assert "現場を見てくれたから" not in words(shown(sato))


def test_a_rep_sees_the_words_of_their_own_customers_only(paged: Stage) -> None:
    says(paged, contact(paged))
    tanaka = paged.sandbox.act_as(TANAKA)
    tanaka.command("/goen")
    listed = tanaka.command("/goen", "voices").view
    assert listed
    assert WORDS not in words(listed)
    tanaka.close(listed)
    reply = tanaka.command("/goen", f"voices {YAMADA}")
    assert reply.view is None
    assert SATO in reply.words


def test_everything_of_one_customer_is_listed_by_its_name_or_from_the_contact(
    paged: Stage,
) -> None:
    says(paged, contact(paged))
    promoter(paged, SATO, "鈴木商事", "鈴木 一郎")
    says(paged, contact(paged, "鈴木商事", "鈴木 一郎"), "手放せません")
    sato = paged.sandbox.act_as(SATO)
    listed = sato.command("/goen", "声 鈴木商事").view
    assert listed
    assert "手放せません" in words(listed)
    assert WORDS not in words(listed)
    sato.close(listed)
    again = sato.click(desk(sato), ids.SHOW_VOICES).view
    assert again
    assert WORDS in words(again)
    assert "手放せません" not in words(again)


def test_without_pages_the_card_offers_none(live: Stage) -> None:
    promoter(live, SATO)
    card = live.sandbox.act_as(SATO).command("/goen", f"customer {YAMADA}").view
    assert card
    assert ids.MATERIAL_VOICE not in str(card.blocks)


def test_english_too(paged: Stage) -> None:
    promoter(paged, EMMA, "Calder Robotics", "Priya Nair")
    one = contact(paged, "Calder Robotics", "Priya Nair")
    says(paged, one, "Quotes in half a day", VoiceUse.CASE_STUDY)
    emma = paged.sandbox.act_as(EMMA)
    said = words(desk(emma, "Calder Robotics"))
    assert "Testimonial" in said
    assert "case study" in said


def test_nothing_is_left_of_whoever_is_erased(paged: Stage) -> None:
    one = contact(paged)
    says(paged, one)
    with paged.bot.store.write() as conn:
        voices.erase(conn, TEAM, [one.id])
        assert voices.permitted(conn, TEAM, VoiceUse.INTERNAL, most=9) == []
        assert voices.latest(conn, TEAM, one.id, VoiceKind.TESTIMONIAL) is None
        assert contact_states.get(conn, TEAM, one.id)
