"""Thanks, upsells, renewals and contracts, typed in one line behind `/goen`."""

import pytest
from sqlalchemy import select

from bot.playbook.terms import MomentKind
from bot.views import ids
from storage.tables import moment
from tests.end_to_end.steps import promoter, shown, words
from tests.house import MORI, SATO, TANAKA, Stage


def moments(live: Stage) -> list[tuple[MomentKind, str]]:
    with live.bot.store.read() as conn:
        return [(row.kind, row.note) for row in conn.execute(select(moment.c["kind", "note"]))]


@pytest.mark.parametrize(
    ("line", "logged"),
    [
        ("thanks 山田製作所 対応が早いと喜ばれた", (MomentKind.THANKS, "対応が早いと喜ばれた")),
        ("お礼 ㈱山田製作所 吉野様 助かった とのこと", (MomentKind.THANKS, "助かった とのこと")),
        ("upsell 山田製作所 吉野 真理", (MomentKind.UPSELL, "")),
        ("更新 山田製作所", (MomentKind.RENEWAL, "")),
        ("CONTRACT 「山田製作所」 2年契約", (MomentKind.CONTRACT, "2年契約")),
    ],
)
def test_a_complete_line_is_recorded_at_once(
    live: Stage, line: str, logged: tuple[MomentKind, str]
) -> None:
    promoter(live, SATO)

    reply = live.sandbox.act_as(SATO).command("/goen", line)

    assert reply.view is None
    assert "吉野" in reply.words
    assert moments(live) == [logged]


def test_what_is_not_certain_opens_the_form_with_all_that_was_typed(live: Stage) -> None:
    promoter(live, SATO, person="吉野 真理")
    promoter(live, SATO, person="小林 誠")
    sato = live.sandbox.act_as(SATO)

    view = sato.command("/goen", "thanks 山田製作所 助かったとのこと").view

    assert view
    assert "助かったとのこと" in str(view.blocks)
    assert moments(live) == []


def test_a_new_customer_is_registered_on_the_way(live: Stage) -> None:
    sato = live.sandbox.act_as(SATO)
    view = sato.command("/goen", "thanks 新会社 鈴木様 喜ばれた").view
    assert view
    assert "喜ばれた" in str(view.blocks)

    assert sato.submit(view).ok

    assert moments(live) == [(MomentKind.THANKS, "喜ばれた")]
    assert "鈴木" in words(shown(sato))


def test_a_button_opens_the_empty_form(live: Stage) -> None:
    live.sandbox.act_as(SATO).command("/goen")
    sato = live.sandbox.act_as(SATO)

    assert sato.click(sato.command("/goen", "help"), "goen_thanks").view
    assert ids.MOMENT_FORM in str(shown(sato).body)


def test_thanks_of_somebody_elses_customer_are_refused(live: Stage) -> None:
    live.sandbox.act_as(MORI).command("/goen")
    promoter(live, SATO)

    reply = live.sandbox.act_as(TANAKA).command("/goen", "thanks 山田製作所 喜ばれた")

    assert SATO in reply.words
    assert moments(live) == []


@pytest.mark.parametrize("note", ["<!channel>", "x" * 3_001, "\u202e喜", "=HYPERLINK(1)"], ids=repr)
def test_no_note_is_lost_or_acts_as_markup(live: Stage, note: str) -> None:
    promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)

    reply = sato.command("/goen", f"thanks 山田製作所 {note}")

    assert "<!channel>" not in reply.words
    assert reply.view or moments(live) == [(MomentKind.THANKS, note.strip())]
