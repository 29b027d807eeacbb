"""What every page promises to its readers, and refuses to everybody else."""

import socket
import time
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from sqlalchemy import func, select

from bot.playbook.rights import READER
from bot.playbook.terms import Purpose
from storage import page_links, tables
from tests.house import SATO, TEAM, Stage, stage
from tests.pages.visits import (
    CONTACT,
    CUSTOMER,
    FORM,
    Answered,
    ask,
    fill_in,
    has_contact,
    page_of,
    send,
)

GOOD = {"company": "鈴木商事", "person": "鈴木 一郎"}
UNKNOWN = "A" * 22


@pytest.fixture
def url(paged: Stage) -> str:
    return page_of(paged, has_contact(paged))


def referrals(live: Stage) -> int:
    with live.bot.store.read() as conn:
        count: int = conn.execute(select(func.count()).select_from(tables.referral)).scalar_one()
    return count


def revoked(live: Stage) -> str:
    contact_id = has_contact(live)
    address = page_of(live, contact_id)
    with live.bot.store.write() as conn:
        page_links.revoke(conn, TEAM, Purpose.REFERRAL, contact_id, live.clock())
    return address


def same(answers: list[Answered]) -> bool:
    """Whether nobody could tell these answers apart."""
    told = {"date"}
    seen = {
        (
            one.status,
            one.content,
            tuple(sorted((k, v) for k, v in one.headers.items() if k.lower() not in told)),
        )
        for one in answers
    }
    return len(seen) == 1


def test_an_unknown_a_revoked_a_malformed_and_a_foreign_token_get_the_same_answer(
    paged: Stage,
) -> None:
    other = page_of(paged, has_contact(paged), Purpose.VOICE).replace("/v/", "/r/")
    tokens = (UNKNOWN, "x", "%00", "%E9%AB%99", "a" * 500, "..%2f..%2fetc", "'%20or%201=1--")
    asked = [other, revoked(paged), *(f"{paged.web}/r/{token}" for token in tokens)]

    answers = [ask(one) for one in asked]
    posted = [send(one, GOOD) for one in asked]

    assert answers[0].status == 404
    assert same([*answers, *posted])
    assert "製作所" not in answers[0].text


def test_a_page_may_be_framed_cached_and_followed_by_nobody(url: str) -> None:
    headers = ask(url).headers

    policy = headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "noindex" in headers["X-Robots-Tag"]
    assert headers["Set-Cookie"] is None


def test_a_page_loads_nothing_from_elsewhere_and_has_nothing_inline(url: str) -> None:
    text = ask(url).text

    assert " style=" not in text
    assert "<style" not in text
    assert "<script>" not in text
    assert " onclick" not in text
    for part in text.split('src="')[1:]:
        assert part.startswith("/pages/")


def test_looking_at_a_page_changes_nothing(paged: Stage, url: str) -> None:
    def rows() -> list[int]:
        with paged.bot.store.read() as conn:
            return [
                conn.execute(select(func.count()).select_from(table)).scalar_one()
                for table in tables.metadata.sorted_tables
            ]

    before = rows()
    assert ask(url).status == 200
    assert ask(url, "HEAD").content == b""
    assert ask(f"{url}/thanks").status == 200
    assert ask(f"{url}/qr.png").content.startswith(b"\x89PNG")
    assert rows() == before


def test_the_same_form_sent_twice_counts_once_and_ends_on_the_same_page(
    paged: Stage, url: str
) -> None:
    seal = ask(url).seal
    first, second = (send(url, {"seal": seal, **GOOD}) for _ in range(2))

    assert (first.status, first.location) == (303, f"{urlsplit(url).path}/thanks")
    assert (second.status, second.location) == (first.status, first.location)
    assert referrals(paged) == 1


def test_a_reader_is_written_down_as_a_reader(paged: Stage, url: str) -> None:
    fill_in(url, **GOOD)

    done = select(tables.audit.c.user_id).where(
        tables.audit.c.team_id == TEAM, tables.audit.c.record == "referral"
    )
    with paged.bot.store.read() as conn:
        acted = set(conn.execute(done).scalars())
    assert acted == {READER}


@pytest.mark.parametrize(
    "seal",
    [
        pytest.param("", id="without a seal"),
        pytest.param("1763254800.AAAAAAAAAAAAAAAA." + "0" * 64, id="made up"),
        pytest.param("１７６３２５４８００.AAAAAAAAAAAAAAAA." + "0" * 64, id="with other digits"),
        pytest.param("x" * 10_000, id="very long"),
    ],
)
def test_a_form_without_our_seal_is_not_taken_and_loses_nothing(
    paged: Stage, url: str, seal: str
) -> None:
    answer = send(url, {"seal": seal, **GOOD})

    assert answer.status == 422
    assert 'value="鈴木商事"' in answer.text
    assert referrals(paged) == 0
    assert send(url, {"seal": answer.seal, **GOOD}).status == 303


def test_a_form_of_yesterday_comes_back_with_everything_typed(paged: Stage, url: str) -> None:
    seal = ask(url).seal
    paged.clock.move(hours=25)

    answer = send(url, {"seal": seal, **GOOD})

    assert answer.status == 422
    assert "時間がたちました" in answer.text
    assert 'value="鈴木 一郎"' in answer.text
    assert referrals(paged) == 0


def test_the_seal_of_one_page_opens_no_other(paged: Stage, url: str) -> None:
    other = page_of(paged, has_contact(paged))

    assert send(other, {"seal": ask(url).seal, **GOOD}).status == 422
    assert referrals(paged) == 0


def test_a_field_that_people_do_not_see_catches_machines_and_keeps_what_was_typed(
    paged: Stage, url: str
) -> None:
    answer = fill_in(url, **GOOD, leave_this_empty="http://spam.example")

    assert answer.status == 422
    assert 'value="鈴木商事"' in answer.text
    assert "spam.example" not in answer.text
    assert referrals(paged) == 0


def test_a_form_that_another_site_sends_is_refused(paged: Stage, url: str) -> None:
    answer = send(url, {"seal": ask(url).seal, **GOOD}, **{"Sec-Fetch-Site": "cross-site"})

    assert answer.status == 403
    assert referrals(paged) == 0


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        pytest.param(b"company=" + b"a" * 70_000, FORM, 413, id="too large"),
        pytest.param(b'{"company": "a"}', "application/json", 415, id="no form"),
        pytest.param(b"--x\r\n", "multipart/form-data; boundary=x", 415, id="with files"),
        pytest.param(b"company=%ff%fe", FORM, 400, id="no UTF-8"),
        pytest.param("company=鈴木".encode(), FORM, 400, id="not encoded"),
        pytest.param(b"&".join(b"a%d=1" % n for n in range(60)), FORM, 400, id="many fields"),
    ],
)
def test_what_is_no_form_of_ours_is_refused_kindly(
    url: str, body: bytes, kind: str, status: int
) -> None:
    answer = ask(url, "POST", body, {"Content-Type": kind})

    assert answer.status == status
    assert "<h1" in answer.text


def test_a_body_without_a_length_is_cut_off_as_well(paged: Stage, url: str) -> None:
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=10) as line:
        line.sendall(
            f"POST {parts.path} HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\n"
            "Transfer-Encoding: chunked\r\n\r\n".encode()
        )
        chunk = b"1000\r\n" + b"a" * 4096 + b"\r\n"
        begun = time.monotonic()
        for _ in range(40):
            try:
                line.sendall(chunk)
            except OSError:
                break
        assert b" 413 " in line.recv(4096)
        assert time.monotonic() - begun < 10
    assert referrals(paged) == 0


def test_a_page_without_a_form_takes_none(url: str) -> None:
    answer = send(f"{url}/thanks", GOOD)

    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_do_nothing(paged: Stage, url: str, method: str) -> None:
    assert ask(url, method).status == 405
    assert referrals(paged) == 0


def test_a_reader_chooses_their_language_and_keeps_it(url: str) -> None:
    page = ask(f"{url}?lang=en")
    assert '<html lang="en">' in page.text

    sent = send(f"{url}?lang=en", {"seal": page.seal, **GOOD})

    assert sent.location.endswith("/thanks?lang=en")


@pytest.mark.parametrize("lang", ["fr", "", "en%0d%0aX-Evil:%201", "../..", "日本"])
def test_a_language_that_we_do_not_have_is_the_customers(url: str, lang: str) -> None:
    answer = ask(f"{url}?lang={quote(lang, safe='%')}")

    assert '<html lang="ja">' in answer.text
    assert answer.headers["X-Evil"] is None


def test_a_customer_is_read_to_in_their_own_language(paged: Stage) -> None:
    assert '<html lang="en">' in ask(page_of(paged, has_contact(paged, locale="en"))).text


def test_a_refusal_is_in_the_language_of_the_browser(paged: Stage) -> None:
    wanted = {"Accept-Language": "fr;q=0.9, en-GB;q=0.8, ja;q=0.2"}

    assert "not available" in ask(f"{paged.web}/r/{UNKNOWN}", headers=wanted).text


def test_nothing_that_was_typed_comes_alive(url: str) -> None:
    hostile = '"><script>alert(1)</script>{{ 7*7 }}\u202egnp.exe'

    answer = fill_in(url, company=hostile, person="")

    assert answer.status == 422
    assert "<script>alert" not in answer.text
    assert "{{ 7*7 }}" in answer.text
    assert "\u202e" not in answer.text


def test_the_page_says_whose_it_is_and_nothing_of_anybody_else(url: str) -> None:
    text = ask(url).text

    assert CUSTOMER in text
    assert CONTACT in text
    assert "sato@" not in text


def test_a_page_ends_with_its_contact(paged: Stage) -> None:
    contact_id = has_contact(paged)
    address = page_of(paged, contact_id)
    with paged.bot.store.write() as conn:
        conn.execute(
            tables.contact.update()
            .where(tables.contact.c.team_id == TEAM, tables.contact.c.id == contact_id)
            .values(deleted_at=paged.clock())
        )

    assert same([ask(address), ask(f"{paged.web}/r/{UNKNOWN}")])


def test_a_page_that_the_database_can_not_take_comes_back_to_be_sent_again(
    paged: Stage, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal = ask(url).seal
    monkeypatch.setattr("handlers.web.guard._TAKES_AT_MOST", 0.3)
    with paged.bot.store.write():
        answer = send(url, {"seal": seal, **GOOD})

    assert answer.status == 503
    assert answer.headers["Retry-After"]
    assert 'name="company" value="鈴木商事"' in answer.text
    assert send(url, {"seal": answer.seal, **GOOD}).status == 303
    assert referrals(paged) == 1


def test_nothing_of_a_reader_reaches_the_log(url: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "handlers")
    fill_in(url, **GOOD, email="ichiro@suzuki.example")
    ask(f"{url}x")

    token = url.rsplit("/", 1)[1]
    for secret in (token, "127.0.0.1", "鈴木", "ichiro"):
        assert secret not in caplog.text


def test_there_are_no_pages_without_a_public_address(tmp_path: Path) -> None:
    with stage(f"sqlite:///{tmp_path}/goen.db", by_socket=False) as closed:
        assert closed.bot.pages == ()
        assert ask(f"{closed.web}/r/{UNKNOWN}").text == "Not Found"


def test_pages_live_below_the_path_of_the_public_address(tmp_path: Path) -> None:
    with stage(
        f"sqlite:///{tmp_path}/goen.db",
        by_socket=False,
        public_url="https://example.com/goen/",
    ) as found:
        found.sandbox.act_as(SATO).command("/goen", "")
        address = page_of(found, has_contact(found))
        assert address.startswith("https://example.com/goen/r/")
        page = ask(found.web + address.removeprefix("https://example.com/goen"))
        assert 'href="/goen/pages/site.' in page.text
        assert 'action="/goen/r/' in page.text


def test_the_files_beside_the_pages_may_be_kept_for_ever(paged: Stage, url: str) -> None:
    path = ask(url).text.split('rel="stylesheet" href="')[1].split('"')[0]

    sheet = ask(paged.web + path)

    assert sheet.headers["Content-Type"].startswith("text/css")
    assert "immutable" in sheet.headers["Cache-Control"]
