"""How often a reader may ask, and whose word on where they are is believed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.requests import Request

from bot.settings import Settings
from handlers.web.guard import Guard
from handlers.web.limits import Buckets, Limits, Rate
from handlers.web.pages import PAGES
from handlers.web.readers import address_of
from handlers.web.server import WebServer
from tests.house import SATO, Stage, stage
from tests.pages.visits import ask, fill_in, has_contact, page_of, send

GOOD = {"company": "鈴木商事", "person": "鈴木 一郎"}


class Seconds:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_lets_a_burst_pass_and_then_as_much_as_time_brings() -> None:
    clock = Seconds()
    bucket = Buckets(Rate(2, 0.5), clock)

    assert [bucket.take("a") for _ in range(3)] == [0, 0, 2.0]
    assert bucket.take("b") == 0
    clock.now += 2
    assert [bucket.take("a"), bucket.take("a")] == [0, 2.0]


def test_whoever_was_refused_does_not_wait_longer_for_asking_again() -> None:
    clock = Seconds()
    bucket = Buckets(Rate(1, 1), clock)
    assert bucket.take("a") == 0
    assert [bucket.take("a") for _ in range(50)] == [1.0] * 50


def test_buckets_never_take_more_memory_than_was_meant() -> None:
    bucket = Buckets(Rate(1, 1), Seconds(), most_kept=10)
    for n in range(1_000):
        bucket.take(str(n))
    assert len(bucket._levels) == 10


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "expected"),
    [
        pytest.param("203.0.113.9", "", "", "203.0.113.9", id="nobody in between"),
        pytest.param("203.0.113.9", "198.51.100.1", "", "203.0.113.9", id="not trusted"),
        pytest.param("10.0.0.1", "198.51.100.1", "10.0.0.0/8", "198.51.100.1", id="our proxy"),
        pytest.param(
            "10.0.0.1", "1.1.1.1, 198.51.100.1", "10.0.0.0/8", "198.51.100.1", id="invented before"
        ),
        pytest.param(
            "10.0.0.1", "1.1.1.1, 198.51.100.1, 10.0.0.2", "10.0.0.0/8", "198.51.100.1", id="two"
        ),
        pytest.param("10.0.0.1", "evil", "10.0.0.0/8", "10.0.0.1", id="no address"),
        pytest.param("10.0.0.1", "", "10.0.0.0/8", "10.0.0.1", id="a silent proxy"),
        pytest.param(
            "10.0.0.1", "2001:db8:1:2:3::4", "10.0.0.0/8", "2001:db8:1:2::/64", id="IPv6 network"
        ),
        pytest.param("::ffff:203.0.113.9", "", "", "203.0.113.9", id="IPv4 within IPv6"),
        pytest.param("10.0.0.1", ",".join(["1.1.1.1"] * 5000), "10.0.0.0/8", "1.1.1.1", id="long"),
    ],
)
def test_the_address_of_a_reader(peer: str, forwarded: str, trusted: str, expected: str) -> None:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    request = Request({"type": "http", "headers": headers, "client": (peer, 1234)})
    proxies = Settings(_env_file=None, trusted_proxies=trusted).proxies

    assert address_of(request, proxies) == expected


@pytest.mark.parametrize("trusted", ["nonsense", "10.0.0.0/99", "10.0.0.1/8"])
def test_proxies_that_are_no_networks_are_refused_at_the_start(trusted: str) -> None:
    with pytest.raises(ValueError, match="GOEN_TRUSTED_PROXIES"):
        Settings(_env_file=None, trusted_proxies=trusted)


@pytest.fixture
def narrow(tmp_path: Path) -> Iterator[tuple[Stage, str, Seconds]]:
    """A page behind narrow limits, whose proxy is this machine."""
    seconds = Seconds()
    with stage(f"sqlite:///{tmp_path}/goen.db", by_socket=True, has_pages=True) as live:
        live.sandbox.act_as(SATO).command("/goen", "")
        limits = Limits(
            Buckets(Rate(30, 1), seconds),
            Buckets(Rate(3, 0.1), seconds),
            Buckets(Rate(40, 1), seconds),
            Buckets(Rate(5, 0.1), seconds),
        )
        dispatcher = live.bot.dispatcher
        guard = Guard(
            store=live.bot.store,
            site=dispatcher.site,
            clock=live.clock,
            wake=dispatcher.wake,
            language="ja",
            serves=live.bot.clients.serves,
            trusted=behind_this_machine(live).proxies,
            limits=limits,
        )
        server = WebServer(guard.routes(PAGES), "127.0.0.1", 0)
        server.start()
        address = page_of(live, has_contact(live))
        yield live, f"http://127.0.0.1:{server.port}/r/{address.rsplit('/', 1)[1]}", seconds
        server.stop()


def behind_this_machine(live: Stage) -> Settings:
    return live.bot.settings.model_copy(update={"trusted_proxies": "127.0.0.1"})


def from_(address: str) -> dict[str, str]:
    return {"X-Forwarded-For": address}


def test_whoever_asks_too_often_is_told_when_to_come_back(
    narrow: tuple[Stage, str, Seconds],
) -> None:
    _, url, seconds = narrow
    answers = [ask(url, headers=from_("198.51.100.1")) for _ in range(31)]

    assert {one.status for one in answers[:30]} == {200}
    assert answers[30].status == 429
    assert int(answers[30].headers["Retry-After"]) >= 1
    assert ask(url, headers=from_("198.51.100.2")).status == 200
    seconds.now += 2
    assert ask(url, headers=from_("198.51.100.1")).status == 200


def test_a_form_that_comes_too_often_loses_nothing(narrow: tuple[Stage, str, Seconds]) -> None:
    _, url, seconds = narrow
    me = from_("198.51.100.1")
    seal = ask(url, headers=me).seal
    for _ in range(3):
        send(url, {"seal": seal, **GOOD, "person": ""}, **me)

    refused = send(url, {"seal": seal, **GOOD}, **me)

    assert refused.status == 429
    assert 'name="company" value="鈴木商事"' in refused.text
    seconds.now += 30
    assert send(url, {"seal": refused.seal, **GOOD}, **me).status == 303


def test_one_page_takes_only_so_many_forms_wherever_they_come_from(
    narrow: tuple[Stage, str, Seconds],
) -> None:
    _, url, _ = narrow
    seal = ask(url).seal
    statuses = [
        send(url, {"seal": seal, **GOOD, "person": ""}, **from_(f"198.51.100.{n}")).status
        for n in range(7)
    ]

    assert statuses == [422] * 5 + [429] * 2


def test_guessing_tokens_is_slowed_down(narrow: tuple[Stage, str, Seconds]) -> None:
    _, url, _ = narrow
    base = url.rsplit("/", 1)[0]
    me = from_("198.51.100.9")
    statuses = [ask(f"{base}/{'B' * 21}{n}", headers=me).status for n in range(8)]

    assert statuses == [404] * 5 + [429] * 3
    assert fill_in(url, **GOOD).status == 303


def test_addresses_that_are_invented_do_not_help(narrow: tuple[Stage, str, Seconds]) -> None:
    _, url, _ = narrow
    statuses = [ask(url, headers=from_(f"10.{n}.0.1, 198.51.100.7")).status for n in range(32)]

    assert statuses[30:] == [429, 429]
