"""Whatever is sent to a customer's page, it is answered as a page, and the server never fails."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from bot.pages import seal
from bot.pages.site import Site
from bot.playbook.terms import Purpose
from handlers.web.guard import Guard
from handlers.web.limits import Buckets, Limits, Rate
from handlers.web.pages import PAGES
from handlers.web.server import WebServer
from storage import page_links, workspaces
from storage.engine import Store, open_engine
from storage.migrate import migrate
from storage.seed import seed
from tests.house import Clock
from tests.pages.visits import ask
from tests.storage.referral_books import HARUKAZE, NOW, TEAM, Books

CHECKS = (not_a_server_error, checks.status_code_conformance, checks.content_type_conformance)
_NAME = re.compile(r'<(?:input|textarea|button)[^>]* name="([^"]+)"')
_UNLIMITED = Rate(1e9, 1e9)
_ANSWERS = (200, 400, 403, 404, 405, 413, 415, 422)
_OF_REFERRALS = (Purpose.OPT_OUT, Purpose.BENEFIT)


@dataclass(frozen=True)
class Open:
    """The pages of one workspace: where they are, and the address of each."""

    address: str
    paths: tuple[str, ...]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """The real server on a real database, without limits; a page of every kind."""
    url = f"sqlite:///{tmp_path_factory.mktemp('forms')}/goen.db"
    migrate(url)
    store, clock = Store(open_engine(url)), Clock()
    with store.write() as conn:
        workspaces.create(conn, HARUKAZE, NOW)
        seed(conn, HARUKAZE, NOW)
        books = Books(conn, 0)
        books.yoshino = books.contact("山田製作所", "吉野 真理")
        referral = books.receive("鈴木商事", "鈴木 一郎")
        tokens = {
            purpose: page_links.make(
                conn, TEAM, purpose, referral if purpose in _OF_REFERRALS else books.yoshino, NOW
            ).token
            for purpose in Purpose
        }
    every = Buckets(_UNLIMITED)
    guard = Guard(
        store=store,
        site=Site("https://goen.example"),
        clock=clock,
        wake=lambda: None,
        language="ja",
        serves=lambda _: True,
        limits=Limits(every, every, every, every),
    )
    server = WebServer(guard.routes(PAGES), "127.0.0.1", 0)
    server.start()
    yield Open(
        f"http://127.0.0.1:{server.port}",
        tuple(page.path.format(token=tokens[page.purpose]) for page in PAGES),
    )
    server.stop()
    store.close()


def described(pages: Open) -> dict[str, Any]:
    """The pages as OpenAPI has them: what their forms ask for, and how they may answer."""
    answers = {
        str(status): {"description": HTTPStatus(status).phrase, "content": {"text/html": {}}}
        for status in _ANSWERS
    } | {"303": {"description": "It was taken, and the page is elsewhere."}}
    paths = {
        path: {
            "get": {"responses": answers},
            "post": {
                "requestBody": {
                    "content": {
                        "application/x-www-form-urlencoded": {
                            "schema": {
                                "type": "object",
                                "required": [seal.FIELD],
                                "properties": {
                                    name: {"type": "string"}
                                    for name in _NAME.findall(ask(pages.address + path).text)
                                },
                            }
                        }
                    }
                },
                "responses": answers,
            },
        }
        for path in pages.paths
        if not path.endswith((".png", ".svg", ".pdf"))
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "The pages of customers", "version": "1"},
        "paths": paths,
    }


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode))
def test_no_form_that_anybody_sends_breaks_a_page(
    pages: Open, mode: schemathesis.GenerationMode
) -> None:
    schema = schemathesis.openapi.from_dict(described(pages))
    answered: set[int] = set()
    for found in schema.get_all_operations():
        operation = found.ok()
        # There is no wrong way to open a page.
        if operation.body or mode is schemathesis.GenerationMode.POSITIVE:
            send_everything(pages, operation, mode, answered)

    assert HTTPStatus.UNPROCESSABLE_ENTITY in answered


def send_everything(
    pages: Open, operation: Any, mode: schemathesis.GenerationMode, answered: set[int]
) -> None:
    """Whatever schemathesis thinks of; the statuses of the answers are added to `answered`."""

    @given(st.data())
    @settings(
        max_examples=6,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    def send(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode))
        if isinstance(case.body, dict) and seal.FIELD in case.body:
            # A form that comes from the page itself, where the page has one.
            page = ask(pages.address + case.path)
            if f'name="{seal.FIELD}"' in page.text:
                case.body[seal.FIELD] = page.seal
        response = case.call(base_url=pages.address, allow_redirects=False)
        case.validate_response(response, checks=CHECKS)
        answered.add(response.status_code)

    send()
