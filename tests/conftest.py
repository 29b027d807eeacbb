"""What tests stand on: real databases, the local Slack, and the real bot between them."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.engine import Store, open_engine
from storage.migrate import migrate
from tests.house import Postgres, Stage, stage
from tests.scope.watch import WATCH

WATCH.install()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="the faults at full length")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the faults found, one line each, when they ran at full length."""
    if not terminalreporter.config.getoption("--long"):
        return
    terminalreporter.section("faults")
    for tried in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        if tried.when == "call":
            figures = "; ".join(str(value) for _, value in tried.user_properties)
            name = tried.nodeid.removeprefix("tests/faults/")
            terminalreporter.write_line(f"{tried.duration:6.1f} s  {name}: {figures}")


@pytest.fixture(autouse=True)
def _nobody_reaches_beyond_their_workspace() -> Iterator[None]:
    """Everything that is executed in any test stays within one workspace, see `tests.scope`."""
    before = len(WATCH.findings)
    yield
    assert WATCH.findings[before:] == []


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of our own, started once a session and only when a test asks for it."""
    # Not in pytest's folder, whose oldest ones another session on the machine may clean away.
    with tempfile.TemporaryDirectory(prefix="goen-postgres-") as folder:
        server = Postgres(Path(folder))
        yield server
        server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/goen.db"
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.database() as url:
        yield url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty, migrated database."""
    migrate(database_url)
    opened = Store(open_engine(database_url))
    yield opened
    opened.close()


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Stage]:
    """The bot in Socket Mode on SQLite: for conversations that do not depend on either."""
    with stage(f"sqlite:///{tmp_path}/goen.db", by_socket=True) as found:
        yield found
        assert found.sandbox.refusals == []
