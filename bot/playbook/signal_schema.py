"""The shape of a signal as other systems send it (I2), checked item by item.

The models are the contract: the OpenAPI description is made of them, and the columns of a file are
their fields.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
)

from bot.playbook.names import MAX_NAME
from bot.playbook.problems import MAX_NOTE
from bot.playbook.signals import (
    MAX_ID,
    MAX_SOURCE,
    Fault,
    Problem,
    Signal,
    SignalKind,
    Who,
)

MAX_LABEL: Final = 200
_MAX_EMAIL: Final = 254
_LARGEST: Final = 1_000_000_000_000
_SHOWN: Final = 80
_OLDEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)
_ONE_LINE: Final = r"^[^\x00-\x1f\x7f-\x9f]*[^\x00-\x20\x7f-\xa0\u3000][^\x00-\x1f\x7f-\x9f]*$"
"""Something that can be seen, and no line breaks or other signs of control."""
_TEXT: Final = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
_MAIL: Final = r"^[^@\s\x00-\x1f\x7f-\x9f]+@[^@\s\x00-\x1f\x7f-\x9f]+$"


def _line(most: int, description: str) -> Any:
    return Field(min_length=1, max_length=most, pattern=_ONE_LINE, description=description)


def _in_millionths(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.000001")).normalize() + 0


_Amount = Annotated[
    Decimal,
    Field(ge=0, le=_LARGEST, allow_inf_nan=False),
    AfterValidator(_in_millionths),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": _LARGEST}),
]


class Item(BaseModel):
    """What every signal says: where it comes from, when it was, and whom it is about.

    Name the customer, the contact, or both. The surest counts: your own id, then the e-mail
    address, then the name as it was imported. Your own ids are learned from the first signal that
    also gives a name or an address.
    """

    # Built when the first signal comes in, and not at every start.
    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True
    )

    source: Annotated[str, _line(MAX_SOURCE, "The system that sends it, always the same.")]
    id: Annotated[
        str, _line(MAX_ID, "Its id there. The same source and id are taken once, for ever.")
    ]
    at: AwareDatetime = Field(
        ge=_OLDEST,
        lt=_LATEST,
        description="When it happened, with its time zone; at most a day ahead.",
    )
    customer: Annotated[str, _line(MAX_NAME, "The customer's name.")] | None = None
    customer_id: Annotated[str, _line(MAX_ID, "What you call the customer.")] | None = None
    contact: Annotated[str, _line(MAX_NAME, "The contact's name.")] | None = None
    contact_email: (
        Annotated[str, Field(max_length=_MAX_EMAIL, pattern=_MAIL, description="Their address.")]
        | None
    ) = None
    contact_id: Annotated[str, _line(MAX_ID, "What you call the contact.")] | None = None


class Usage(Item):
    """How much of the product is used. It is compared with what was sent four weeks before."""

    kind: Literal[SignalKind.USAGE]
    metric: Annotated[str, _line(MAX_LABEL, "What is counted, in words that people read.")]
    value: _Amount


class TicketOpened(Item):
    """A ticket was opened. While a complaint is open, nobody is asked for a referral."""

    kind: Literal[SignalKind.TICKET_OPENED]
    ticket: Annotated[str, _line(MAX_ID, "The ticket's number.")]
    complaint: bool = Field(
        default=True, description="False for a question that nobody is unhappy about."
    )


class TicketClosed(Item):
    """A ticket was closed. Nobody has to be named when its opening named them."""

    kind: Literal[SignalKind.TICKET_CLOSED]
    ticket: Annotated[str, _line(MAX_ID, "The ticket's number.")]


class Participation(Item):
    """They took part in an event, a webinar or the community."""

    kind: Literal[SignalKind.PARTICIPATION]
    event: Annotated[str, _line(MAX_LABEL, "What it was, in words that people read.")]


_Comment = Annotated[str, Field(max_length=MAX_NOTE, pattern=_TEXT)]


class Renewal(Item):
    """The contract was renewed: a moment to ask."""

    kind: Literal[SignalKind.RENEWAL]
    comment: _Comment = ""


class Upsell(Item):
    """They bought more: a moment to ask, and its owner is told at once."""

    kind: Literal[SignalKind.UPSELL]
    comment: _Comment = ""


class Nps(Item):
    """An answer to the NPS question, of one contact."""

    kind: Literal[SignalKind.NPS]
    score: int = Field(ge=0, le=10)
    comment: _Comment = ""


AnyItem = Annotated[
    Usage | TicketOpened | TicketClosed | Participation | Renewal | Upsell | Nps,
    Field(discriminator="kind"),
]
FIELDS: Final = (
    *("source", "id", "kind", "at"),
    *("customer", "customer_id", "contact", "contact_email", "contact_id"),
    *("metric", "value", "ticket", "complaint", "event", "score", "comment"),
)
"""Every field of any kind, in the order of a file's columns."""
_READER: Final[TypeAdapter[Any]] = TypeAdapter(AnyItem, config=ConfigDict(defer_build=True))
_FAULTS: Final[Mapping[str, Fault]] = {
    "missing": Fault.MISSING,
    "union_tag_not_found": Fault.MISSING,
    "extra_forbidden": Fault.UNKNOWN_FIELD,
    "string_too_long": Fault.TOO_LONG,
    "model_type": Fault.NOT_AN_OBJECT,
    "model_attributes_type": Fault.NOT_AN_OBJECT,
}


def read_item(raw: object) -> Signal | tuple[Problem, ...]:
    """A signal, or everything that is wrong with its shape."""
    if not isinstance(raw, dict):
        return (Problem(Fault.NOT_AN_OBJECT),)
    try:
        item = _READER.validate_python(raw)
    except ValidationError as error:
        return tuple(_problems(error))
    return _signal(item)


def _problems(error: ValidationError) -> Iterable[Problem]:
    for one in error.errors(include_url=False, include_context=False):
        fault = _FAULTS.get(one["type"], Fault.UNREADABLE)
        # The first part is the kind by which the model was chosen.
        place = one["loc"][1:] or one["loc"]
        name = str(place[0]) if place else "kind"
        given = one["input"]
        if isinstance(given, dict):
            given = given.get(name, "")
        shown = "" if isinstance(given, dict | list) else str(given)
        yield Problem(fault, printable(name), printable(shown))


def printable(text: str) -> str:
    """What a sender wrote, short and in letters that any answer can hold."""
    return text[:_SHOWN].encode("utf-8", "replace").decode()


def _signal(item: Any) -> Signal:
    who = Who(
        customer=item.customer,
        customer_id=item.customer_id,
        contact=item.contact,
        contact_email=item.contact_email,
        contact_id=item.contact_id,
    )
    said = item.model_dump(exclude=set(Item.model_fields) | {"kind"})
    label = said.get("metric") or said.get("event") or said.get("ticket") or ""
    return Signal(
        source=item.source,
        id=item.id,
        kind=SignalKind(item.kind),
        at=item.at.astimezone(UTC),
        who=who,
        label=label,
        value=said.get("value"),
        is_complaint=said.get("complaint", False),
        score=said.get("score"),
        note=said.get("comment", "").strip(),
    )
