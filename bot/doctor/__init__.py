"""What is wrong with an installation, and its mend: settings, database, Slack, mail, messages.

Each examination says one thing. What needs something that another one found missing is left out, so
that the first thing named is the first thing to mend.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.doctor import database, mail, settings, workspaces
from bot.doctor.finding import Finding, wrong
from bot.doctor.slack import Slack
from bot.settings import Settings
from storage.engine import Store, open_engine

__all__ = ["Finding", "examine"]


def examine(told: Settings, now: datetime) -> Iterator[Finding]:
    """Everything, in the order in which it should be mended."""
    yield from settings.look_at(told)
    token = told.slack_bot_token
    slack = Slack(told, token.get_secret_value() if token else None)
    if token:
        yield from slack.bot_token(now)
    if told.slack_app_token:
        yield from slack.app_token()
    yield from mail.look_at(told.mail_server)
    store = Store(open_engine(told.database_url))
    try:
        found = list(database.look_at(store, now))
        yield from found
        if not any(one.is_wrong and one.stops for one in found):
            with store.read() as conn:
                yield from workspaces.look_at(conn, told, slack, now)
    except SQLAlchemyError as error:
        yield wrong(
            "database", address=database.address_of(store), error=database.first_line(error)
        )
    finally:
        store.close()
