"""The queries that look beyond one workspace, each with its reason. Nothing that a person sees
comes from any of them."""

from typing import Final

EXCUSED: Final = {
    "storage.claims": "one worker delivers for all: each row it takes goes out with the token of "
    "its own workspace, and comes back by its id under the worker's own lease",
    "storage.verdicts": "the same worker writes back what became of the rows that it leased, by id",
    "storage.reclaim": "leases that nobody holds any more are anybody's to end",
    "storage.rests": "which channels of which workspaces rest, for the same worker",
    "storage.errands": "one worker runs the errands of all, each within its own workspace",
    "storage.pulse": "the operator's figures: counts over all, of which no row comes out",
    "storage.restored": "a restored database is put right as a whole, by its operator",
    "storage.installations.reseal": "the operator's new key is for the tokens of all",
    "storage.installations._TOKENS": "the operator has every token examined by `doctor`",
    "storage.installations.tokens": "the operator has every token examined by `doctor`",
    "storage.departures._KNOWN": "which workspaces are to be deleted",
    "storage.departures.sweep": "which workspaces are to be deleted",
    "storage.signal_keys._FIND": "a token is all that a sender has; it names the workspace",
    "storage.signal_keys.find": "a token is all that a sender has; it names the workspace",
    "storage.page_links._FIND": "a reader knows nothing but the token, which one workspace made",
    "storage.page_links.find": "a reader knows nothing but the token, which one workspace made",
    "storage.mails._ARE_ANY_OPEN": "whether the one worker has anything to do; no row comes out",
    "storage.mails.are_any_open": "whether the one worker has anything to do; no row comes out",
    "storage.mails._OVER": "one worker tells the senders of all what became of their mails, each "
    "within its own workspace",
    "storage.mails.over": "one worker tells the senders of all what became of their mails, each "
    "within its own workspace",
    "storage.workspaces._ALL": "the planner visits each workspace, one after the other",
    "storage.workspaces.every": "the planner visits each workspace, one after the other",
}
"""Modules, functions or prebuilt statements, by their dotted names."""


def reason_for(name: str) -> str | None:
    """Why what stands there may look beyond one workspace."""
    parts = name.split(".")
    names = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((EXCUSED[one] for one in names if one in EXCUSED), None)
