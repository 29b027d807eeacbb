"""The states of a delivery and the ways in which one reaches Slack."""

from enum import StrEnum


class DeliveryState(StrEnum):
    """pending → sending → sent | doubt | dead | cancelled | expired;
    doubt → sent | pending | needs_human."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    DOUBT = "doubt"
    DEAD = "dead"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    NEEDS_HUMAN = "needs_human"


class Method(StrEnum):
    """How a delivery reaches Slack. Only `POST` adds a message, so only it can be doubled."""

    POST = "post"
    UPDATE = "update"
    RESPOND = "respond"
