"""One call of the command line and what it wrote."""

from click.testing import Result
from typer.testing import CliRunner

from bot.cli import cli
from bot.sandbox import Sandbox
from tests.house import APP_TOKEN, BOT_TOKEN, CHANNEL, ROOT

SAMPLE = str(ROOT / "samples" / "customers.csv")


def call(*args: str, **env: str) -> Result:
    return CliRunner().invoke(cli, args, env=env)


def said(result: Result) -> str:
    """Everything it wrote; a traceback would be a failure of its own."""
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output


def by_socket(sandbox: Sandbox, **more: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_API_URL": sandbox.api_url,
        "GOEN_CHANNEL": CHANNEL,
        "GOEN_PORT": "0",
        **more,
    }
