"""Choosing a customer or one of its people in a form: the search field and its options.

An option's value names a record (`contact:12`, `customer:5`) or a customer that does not exist yet
(`new:鈴木商事`), so that nobody has to leave a form to register one.
"""

from dataclasses import dataclass
from typing import Protocol

from slack_sdk.models.blocks import (
    ExternalDataSelectElement,
    InputBlock,
    Option,
)

from bot.texts.voice import Voice
from bot.views import ids
from bot.views.blocks import (
    PLACEHOLDER,
    clip,
    field_input,
    option,
    plain,
    text_field,
)
from bot.views.values import id_in

_NEW_NAME = 100
"""Characters of a new name that fit an option's value beside its prefix, in any script."""


@dataclass(frozen=True)
class Chosen:
    """What an option's value says: exactly one of these is given."""

    contact_id: int | None = None
    customer_id: int | None = None
    new_name: str | None = None


class Account(Protocol):
    """What the options need to know of a customer."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...


class Person(Protocol):
    """What the options need to know of a contact."""

    @property
    def id(self) -> int: ...
    @property
    def customer_name(self) -> str: ...
    @property
    def name(self) -> str: ...


def of_contact(voice: Voice, contact: Person) -> Option:
    label = voice.plain("who.contact", customer=contact.customer_name, contact=contact.name)
    return option(label, f"contact:{contact.id}")


def of_customer(customer: Account) -> Option:
    return option(customer.name, f"customer:{customer.id}")


def of_new(voice: Voice, name: str) -> Option:
    """Register what was typed as a new customer."""
    name = clip(name, _NEW_NAME)
    return option(voice.plain("who.new", name=name), f"new:{name}")


def read(value: str | None) -> Chosen | None:
    """What was chosen; None when nothing was, or when the value is not one of ours."""
    kind, _, rest = (value or "").partition(":")
    if kind == "new" and rest:
        return Chosen(new_name=rest)
    named = id_in(rest)
    if kind == "contact" and named:
        return Chosen(contact_id=named)
    if kind == "customer" and named:
        return Chosen(customer_id=named)
    return None


def search_field(
    voice: Voice,
    block_id: str,
    action_id: str,
    *,
    initial: Option | None = None,
    optional: bool = False,
    dispatch: bool = False,
) -> InputBlock:
    """The type-ahead search for a contact or a customer; with `dispatch` it answers at once."""
    return field_input(
        block_id,
        voice.plain("who.customer" if block_id == ids.CUSTOMER else "who.person"),
        ExternalDataSelectElement(
            action_id=action_id,
            placeholder=plain(voice.plain("who.placeholder"), PLACEHOLDER),
            min_query_length=0,
            initial_option=initial,
        ),
        optional=optional,
        dispatch=dispatch,
    )


def new_contact_field(voice: Voice, initial: str | None = None) -> InputBlock:
    """The name of a person whom Goen does not know yet."""
    return text_field(
        ids.NEW_CONTACT,
        voice.plain("who.new_contact"),
        initial or "",
        200,
        hint=voice.plain("who.new_contact_hint"),
        optional=True,
    )
