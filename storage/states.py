"""The states of deliveries and errands, and the ways in which a delivery goes out."""

from enum import StrEnum


class DeliveryState(StrEnum):
    """pending → sending → sent | doubt | dead | cancelled | expired;
    doubt → sent | pending | needs_human;
    by a human: needs_human → arrived; needs_human | dead → pending | cancelled."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    DOUBT = "doubt"
    DEAD = "dead"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    NEEDS_HUMAN = "needs_human"
    ARRIVED = "arrived"
    """A human saw it in Slack, or knows of a mail that it came; nobody knows where it stands, so it
    is not `SENT`."""


class Method(StrEnum):
    """How a delivery goes out. Only `POST` and `MAIL` add something, so only they can be doubled;
    of a mail nobody can look up whether it was sent."""

    POST = "post"
    UPDATE = "update"
    RESPOND = "respond"
    MAIL = "mail"


class ErrandKind(StrEnum):
    """Work that takes longer than Slack waits for an answer."""

    IMPORT = "import"
    REFRESH_TEAM = "refresh_team"
    REBUILD_STATES = "rebuild_states"
    ERASE = "erase"
    SUMMARY = "summary"
    HANDBOOK = "handbook"


class ErrandState(StrEnum):
    """An errand that a worker has taken stays open: it is only due again when its lease ends."""

    OPEN = "open"
    DONE = "done"
    FAILED = "failed"
