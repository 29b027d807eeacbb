"""Whatever is sent to `POST /signals`, it is answered as its own description says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from bot.pages.site import Site
from bot.playbook.signals import Fault
from handlers.web.limits import Buckets, Rate
from handlers.web.server import WebServer
from handlers.web.signals import Signals
from storage import signal_keys, workspaces
from storage.engine import Store, open_engine
from storage.migrate import migrate
from storage.seed import seed
from tests.house import Clock
from tests.storage.referral_books import HARUKAZE, NOW, SATO, TEAM, Books

CHECKS = (
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
)
"""All but those that want 400 for a batch with a wrong signal: it is answered by each signal."""
NOT_OF_SHAPE = {fault.value for fault in Fault} - {
    "not_an_object",
    "too_long",
    "unknown_field",
}
"""What a sender is told who keeps to the description: only what it does not say."""
UNLIMITED = Rate(1e9, 1e9)


@dataclass(frozen=True)
class Door:
    address: str
    token: str
    operation: Any


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """The real server on a real database, without limits."""
    url = f"sqlite:///{tmp_path_factory.mktemp('signals')}/goen.db"
    migrate(url)
    store = Store(open_engine(url))
    with store.write() as conn:
        workspaces.create(conn, HARUKAZE, NOW)
        seed(conn, HARUKAZE, NOW)
        Books(conn, 0).contact("山田製作所", "吉野 真理")
        token = signal_keys.make(conn, TEAM, SATO, NOW)
    signals = Signals(
        store=store,
        site=Site("https://goen.example"),
        clock=Clock(),
        wake=lambda: None,
        serves=lambda _: True,
        of_address=Buckets(UNLIMITED),
        of_token=Buckets(UNLIMITED),
    )
    server = WebServer(signals.routes(), "127.0.0.1", 0)
    server.start()
    address = f"http://127.0.0.1:{server.port}"
    schema = schemathesis.openapi.from_url(f"{address}/signals/openapi.json")
    yield Door(address, token, schema["/signals"]["POST"])
    server.stop()
    store.close()


@pytest.mark.parametrize("knows_token", [True, False], ids=["with the token", "without"])
@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode))
def test_no_request_breaks_it_and_every_answer_is_described(
    door: Door, mode: schemathesis.GenerationMode, knows_token: bool
) -> None:
    @given(st.data())
    @settings(
        max_examples=40,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    def send(data: st.DataObject) -> None:
        case = data.draw(door.operation.as_strategy(generation_mode=mode))
        headers = {"Authorization": f"Bearer {door.token}"} if knows_token else {}
        response = case.call(base_url=door.address, headers=headers)
        case.validate_response(response, checks=CHECKS)
        if knows_token and mode is schemathesis.GenerationMode.POSITIVE:
            assert response.status_code == 200, response.text
            codes = {error["code"] for one in response.json()["results"] for error in one["errors"]}
            assert codes <= NOT_OF_SHAPE

    send()
