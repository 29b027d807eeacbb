"""Other systems tell what happened at customers: by HTTP with a token, and by a file in Slack."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.person import Person
from storage import asks, contact_states, customers
from storage.contact_states import ContactState
from storage.tables import audit
from tests.end_to_end.signal_steps import (
    MAIL,
    Answer,
    Sender,
    address_of,
    signal,
    token_from_slack,
)
from tests.end_to_end.steps import LINE, YAMADA, click, contact, promoter, shown, words
from tests.house import EMMA, MORI, SATO, TEAM, Stage, stage

PUBLIC = "https://goen.example"


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Stage]:
    """A bot with a public address and an admin, Mori; 吉野 is Sato's, and has an address."""
    url = f"sqlite:///{tmp_path}/goen.db"
    with stage(url, by_socket=False, public_url=PUBLIC) as found:
        found.sandbox.act_as(MORI).command("/goen")
        known = promoter(found, SATO)
        with found.bot.store.write() as conn:
            customers.change_contact(conn, TEAM, known.id, email=MAIL)
        yield found
        assert found.sandbox.refusals == []


@pytest.fixture
def crm(live: Stage) -> Sender:
    return Sender(address_of(live), token_from_slack(live))


@pytest.fixture
def sato(live: Stage) -> Person:
    return live.sandbox.act_as(SATO)


def tell(live: Stage, crm: Sender, kind: str, number: int = 1, **said: Any) -> dict[str, Any]:
    """Send one signal that is taken, and all that follows; what it is answered."""
    answer = crm.send(signal(kind, number, live.clock(), **said))
    assert answer.status == 200, answer
    assert answer.json["taken"] == 1, answer.json
    live.settle()
    found: dict[str, Any] = answer.json
    return found


def state(live: Stage) -> ContactState:
    with live.bot.store.read() as conn:
        found = contact_states.get(conn, TEAM, contact(live).id)
    assert found
    return found


def error_of(answer: Answer) -> dict[str, Any]:
    [result] = answer.json["results"]
    assert result["outcome"] == "refused"
    found: dict[str, Any] = result["errors"][0]
    return found


# -- effects ---------------------------------------------------------------------------------


def test_an_upsell_brings_its_owner_the_ready_ask(live: Stage, crm: Sender, sato: Person) -> None:
    sato.command("/result", LINE)
    before = len(sato.dm())

    tell(live, crm, "upsell", comment="10席追加")

    [message] = sato.dm()[before:]
    assert "追加のご契約" in words(message)
    assert "見積作成時間" in words(message)
    assert [one for one in live.sandbox.act_as(EMMA).dm() if "追加のご契約" in words(one)] == []


def test_the_ask_in_the_message_is_marked_and_answered_there(
    live: Stage, crm: Sender, sato: Person
) -> None:
    sato.command("/result", LINE)
    tell(live, crm, "upsell")

    sent = click(live, sato, sato.dm()[-1], "send_ask")

    with live.bot.store.read() as conn:
        assert len(asks.of_contact(conn, TEAM, contact(live).id)) == 1
    assert "send_ask" not in str(sent.blocks)
    declined = click(live, sato, sent, "ask_declined")
    assert "見送り" in words(declined) or "undo_ask" in str(declined.blocks)


def test_a_deal_that_is_no_reason_to_ask_says_what_is_missing(
    live: Stage, crm: Sender, sato: Person
) -> None:
    tell(live, crm, "renewal")

    assert "/result" in words(sato.dm()[-1])


def test_a_complaint_pauses_asking_at_once_and_the_owner_is_told(
    live: Stage, crm: Sender, sato: Person
) -> None:
    sato.command("/result", LINE)
    tell(live, crm, "ticket_opened", ticket="1042")

    assert "解決するまで" in words(sato.dm()[-1])
    assert "クレーム" in sato.command("/ask", YAMADA).words or not state(live).is_askable

    tell(live, crm, "ticket_closed", ticket="1042")
    assert state(live).is_askable


def test_a_rep_may_say_that_nothing_is_the_matter_any_more(
    live: Stage, crm: Sender, sato: Person
) -> None:
    tell(live, crm, "ticket_opened", ticket="1042", customer=YAMADA)
    sato.command("/result", LINE)
    reply = sato.command("/ask", YAMADA)
    sato.click(reply, "edit_contact")
    form = shown(sato)
    assert "complaint" in str(form.values["standing"])

    assert sato.submit(form, {"standing": []}).ok

    assert state(live).is_askable


def test_a_tick_that_a_help_desk_has_set_goes_with_its_ticket(
    live: Stage, crm: Sender, sato: Person
) -> None:
    sato.command("/result", LINE)
    tell(live, crm, "ticket_opened", ticket="1042")
    sato.click(sato.command("/ask", YAMADA), "edit_contact")
    assert sato.submit(shown(sato), {"job_title": "部長"}).ok
    assert not state(live).is_askable

    tell(live, crm, "ticket_closed", ticket="1042")
    assert state(live).is_askable


def test_a_score_of_a_survey_is_as_good_as_one_that_was_typed(
    live: Stage, crm: Sender, sato: Person
) -> None:
    tell(live, crm, "nps", 1, score=3, comment="不具合が続く")
    assert (state(live).nps_score, state(live).is_promoter) == (3, False)

    sato.command("/result", LINE)
    before = len(sato.dm())
    tell(live, crm, "nps", 2, score=9)

    assert any("推奨者候補" in words(one) for one in sato.dm()[before:])


def test_a_whole_import_is_a_few_messages_and_a_number(
    live: Stage, crm: Sender, sato: Person
) -> None:
    now, before = live.clock(), len(sato.dm())
    crm.send(*(signal("upsell", n, now) for n in range(9)))
    live.settle()

    told = sato.dm()[before:]
    assert len(told) == 6
    assert "ほかにも4件" in words(told[-1])


def test_history_is_counted_and_told_nobody(live: Stage, crm: Sender, sato: Person) -> None:
    before = len(sato.dm())
    crm.send(signal("upsell", 1, live.clock() - timedelta(days=30)))
    live.settle()

    assert len(sato.dm()) == before
    assert state(live).moment is not None


def test_nobody_is_told_at_night(live: Stage, crm: Sender, sato: Person) -> None:
    live.clock.move(hours=13)
    before = len(sato.dm())
    tell(live, crm, "upsell")
    assert len(sato.dm()) == before

    live.clock.move(hours=11)
    live.settle()
    assert any("追加のご契約" in words(one) for one in sato.dm()[before:])


def test_every_effect_is_noted_with_who_told_it(live: Stage, crm: Sender) -> None:
    tell(live, crm, "upsell")
    tell(live, crm, "usage", metric="席", value=12)

    with live.bot.store.read() as conn:
        rows = conn.execute(audit.select().where(audit.c.user_id == "signals")).all()
    assert {row.action for row in rows} == {"log_moment", "take_signals"}


# -- the door --------------------------------------------------------------------------------


def test_what_is_sent_twice_counts_once(live: Stage, crm: Sender) -> None:
    one = signal("nps", 1, live.clock(), score=7)
    assert crm.send(one).json["taken"] == 1
    again = crm.send(one).json
    assert (again["taken"], again["known"]) == (0, 1)


def test_each_signal_is_answered_for_itself_in_the_language_that_is_asked_for(
    live: Stage, crm: Sender
) -> None:
    now = live.clock()
    wrong = signal("nps", 1, now, score=99)
    answer = crm.send(wrong, signal("usage", 2, now, metric="席", value=3), "no object").json
    assert [one["outcome"] for one in answer["results"]] == ["refused", "taken", "refused"]
    [error] = answer["results"][0]["errors"]
    assert (error["code"], error["field"]) == ("unreadable", "score")
    assert "A whole number from 0 to 10" in error["message"]
    japanese = Sender(crm.address, crm.token, {"Accept-Language": "ja"})
    assert "0から10の整数" in error_of(japanese.send(wrong))["message"]


def test_an_unknown_name_says_what_to_do(live: Stage, crm: Sender) -> None:
    error = error_of(crm.send(signal("upsell", 1, live.clock(), customer="無名商事")))
    assert error["code"] == "unknown_customer"
    assert "Import it first" in error["message"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b"", 400, id="nothing"),
        pytest.param(b"{", 400, id="half a body"),
        pytest.param(b'{"signals": [NaN]}', 400, id="no number"),
        pytest.param(b"[" * 100_000, 400, id="deeper than anything"),
        pytest.param(b"\xff\xfe", 400, id="no text"),
        pytest.param(b"[]", 422, id="no batch"),
        pytest.param(b'{"signals": []}', 422, id="an empty batch"),
        pytest.param(b'{"signals": [' + b"0," * 500 + b"0]}", 422, id="501 signals"),
        pytest.param(b'{"signals": [1], "more": 1}', 422, id="something else, too"),
        pytest.param(b" " * 1_100_000, 413, id="more than a megabyte"),
    ],
)
def test_what_is_no_batch_is_refused_whole(crm: Sender, body: bytes, status: int) -> None:
    answer = crm.post(body)
    assert answer.status == status
    assert answer.json["error"]["message"]


def test_another_type_of_body_is_refused(crm: Sender) -> None:
    assert crm.post(b"{}", **{"Content-Type": "text/plain"}).status == 415


def test_a_missing_a_forged_and_a_revoked_token_are_answered_alike(
    live: Stage, crm: Sender
) -> None:
    admin = live.sandbox.act_as(MORI)
    admin.command("/goen", "settings")
    admin.click(shown(admin), "open_signals")
    admin.click(shown(admin), "revoke_signal_key")
    one = signal("nps", 1, live.clock(), score=9)
    answers = [
        Sender(crm.address, token).send(one)
        for token in (None, "goen_signals_forged", crm.token, "x" * 500)
    ]
    assert {answer.status for answer in answers} == {401}
    assert len({answer.body for answer in answers}) == 1
    assert answers[0].headers["www-authenticate"].startswith("Bearer")


def test_a_new_token_takes_the_place_of_the_old_one(live: Stage, crm: Sender) -> None:
    new = Sender(crm.address, token_from_slack(live))
    one = signal("nps", 1, live.clock(), score=9)
    assert (crm.send(one).status, new.send(one).status) == (401, 200)


def test_who_sends_too_often_is_told_when_to_come_back(crm: Sender) -> None:
    answers = [crm.send({"kind": "nps"}) for _ in range(70)]
    [status] = {one.status for one in answers[60:]}
    assert status == 429
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert {one.status for one in answers[:55]} == {200}


def test_who_guesses_tokens_is_slowed_down(crm: Sender) -> None:
    guesses = [Sender(crm.address, f"goen_signals_{n}").send() for n in range(40)]
    assert {one.status for one in guesses} == {401, 429}


def test_only_admins_see_the_token(sato: Person) -> None:
    reply = sato.command("/goen", "settings")
    assert "open_signals" not in str(reply.view.blocks if reply.view else "")


def test_without_a_public_address_the_admin_is_told_what_to_set(tmp_path: Path) -> None:
    with stage(f"sqlite:///{tmp_path}/goen.db", by_socket=False) as closed:
        admin = closed.sandbox.act_as(MORI)
        admin.command("/goen")
        admin.command("/goen", "settings")
        admin.click(shown(admin), "open_signals")
        assert "GOEN_PUBLIC_URL" in str(shown(admin).blocks)
        assert Sender(address_of(closed), "x").send().status == 404


def test_the_description_tells_a_sender_everything(crm: Sender) -> None:
    answer = crm.get("/signals/openapi.json")
    assert answer.status == 200
    described = answer.json
    assert described["openapi"] == "3.1.0"
    assert described["servers"] == [{"url": PUBLIC}]
    example = described["paths"]["/signals"]["post"]["requestBody"]["content"]["application/json"]
    sent = crm.post(json.dumps(example["examples"]["two"]["value"]).encode()).json
    assert [one["outcome"] for one in sent["results"]] == ["taken", "taken"]


# -- files -----------------------------------------------------------------------------------

FILE = """signal,at,customer,contact_email,score,metric,value
nps,2026-11-16,,yoshino@yamada.example,10,,
usage,2026-11-15,山田製作所,,,席,42
usage,2026-11-15,無名商事,,,席,42
"""


def hand_over(live: Stage, admin: Person, content: bytes) -> str:
    view = admin.command("/goen", "import").view
    assert view
    assert admin.submit(view, {"import_file": [admin.upload("signals.csv", content)]}).ok
    while admin.view():
        admin.close(shown(admin))
    live.settle()
    return words(admin.dm()[-1])


def test_a_file_of_signals_is_taken_row_by_row_and_once(live: Stage) -> None:
    admin = live.sandbox.act_as(MORI)

    first = hand_over(live, admin, FILE.encode())
    again = hand_over(live, admin, FILE.encode())

    assert "新規 2件、取り込み済み 0件、取り込めなかった行 1件" in first
    assert "4行目" in first
    assert "無名商事" in first
    assert "新規 0件、取り込み済み 2件、取り込めなかった行 1件" in again
    assert state(live).nps_score == 10


def test_a_hostile_file_calls_nobody(live: Stage) -> None:
    admin = live.sandbox.act_as(MORI)
    said = hand_over(live, admin, b"signal,at,customer\nupsell,2026-11-15,<!channel>\n")
    assert "<!channel>" not in said
