"""Whether the mail server takes what Goen would hand in; nothing is sent to find out."""

from collections.abc import Iterator

from bot.doctor.finding import Finding, fine, wrong
from bot.mail.handing_in import Patience, try_out
from bot.mail.server import MailServer

_PATIENCE = Patience(step=10.0)


def look_at(server: MailServer | None) -> Iterator[Finding]:
    """Nothing where people send their mail themselves."""
    if server is None:
        return
    error = try_out(server, _PATIENCE)
    if error:
        yield wrong("mail_server", address=str(server), error=error)
    else:
        yield fine("mail_server_good", address=str(server))
