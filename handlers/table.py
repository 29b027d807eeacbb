"""Everything that people can do to Goen, registered by name and in one place."""

from bot.views import ids
from handlers import (
    ask_list,
    asks,
    catalogue,
    contacts,
    customers,
    erasing,
    finding,
    follow_ups,
    goen,
    handbooks,
    home,
    importing,
    mails,
    moments,
    nps,
    referral_pages,
    referrals,
    results,
    settings,
    signal_keys,
    stuck,
    summaries,
    team,
    voices,
)
from handlers.request import Entry
from handlers.routes import Routes


def routes() -> Routes:
    table = Routes()
    table.add(Entry.SEARCH, ids.FIND_CONTACT, finding.find_contact, reads=True)
    table.add(Entry.SEARCH, ids.FIND_CUSTOMER, finding.find_customer, reads=True)
    for module in (
        nps,
        results,
        moments,
        contacts,
        customers,
        erasing,
        ask_list,
        asks,
        catalogue,
        follow_ups,
        referrals,
        referral_pages,
        goen,
        handbooks,
        home,
        importing,
        mails,
        settings,
        signal_keys,
        stuck,
        summaries,
        team,
        voices,
    ):
        module.register(table)
    return table
