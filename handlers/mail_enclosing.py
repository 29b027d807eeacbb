"""What goes with a mail to a contact: the page for their superior, printed as the mail goes out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.mail.letter import Attachment
from bot.pages.site import Site
from bot.pictures.press import Press
from bot.playbook.working_time import local_date
from handlers import summary_page
from handlers.summary_making import file_name, print_page
from storage import customers, workspaces
from storage.engine import Store
from storage.mails import Mail


@dataclass(frozen=True)
class Encloser:
    """Prints what a mail was shown to bring."""

    store: Store
    press: Press
    site: Site
    clock: Callable[[], datetime]

    def __call__(self, team_id: str, mail: Mail) -> Attachment:
        """Raises LookupError when there is nothing to show any more: without it the mail would not
        be the one that was shown."""
        with self.store.read() as conn:
            workspace = workspaces.get(conn, team_id)
            contact = customers.get_contact(conn, team_id, mail.contact_id)
            if workspace is None or contact is None:
                raise LookupError(f"contact {mail.contact_id}")
            on = local_date(self.clock(), ZoneInfo(workspace.timezone))
            page = summary_page.page_of(conn, workspace, contact, self.site, on, mail.sender_name)
        if page is None:
            raise LookupError(f"no results of contact {mail.contact_id}")
        return Attachment(f"{file_name(page)}.pdf", print_page(self.press, page).pdf)
