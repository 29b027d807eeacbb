"""Finding a customer, editing it and its people, and what is said of a change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    DatePickerElement,
    EmailInputElement,
    InputBlock,
    Option,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from bot.playbook.names import MAX_NAME
from bot.playbook.terms import CustomerKind
from bot.texts.voice import Markup, Voice, mention
from bot.views import ids, who
from bot.views.blocks import (
    Message,
    actions,
    button,
    context,
    field_input,
    modal,
    option,
    section,
    text_field,
)
from bot.views.customers import LISTED, ReferralFacts, referral_lines
from bot.views.forms import save_form
from bot.views.who import Account, Person

SHARE = "share"


@dataclass(frozen=True)
class Known:
    """A customer as its form shows it."""

    customer_id: int
    name: str
    kind: CustomerKind
    owner_id: str | None
    contract_date: date | None


def search(voice: Voice, said: Markup | None = None) -> View:
    """Which customer? Choosing one opens its card in this place."""
    note = [context(said)] if said else []
    find = who.search_field(voice, ids.CUSTOMER, ids.OPEN_CUSTOMER, dispatch=True)
    return modal(
        ids.OPEN_CUSTOMER_FORM,
        voice.plain("customer.title"),
        [*note, find],
        submit=voice.plain("customer.open"),
        close=voice.plain("form.cancel"),
    )


def found(voice: Voice, customer: Account, owner: str | None) -> Option:
    """A customer to choose; its owner tells two of one name apart."""
    whose = voice.plain("customer.found_owner", owner=owner) if owner else None
    return option(customer.name, f"customer:{customer.id}", whose)


def edit_form(voice: Voice, known: Known) -> View:
    """Rename a customer, hand it over, mend what was entered."""
    kinds = [option(voice.plain(f"customer_kind.{kind}"), kind.value) for kind in CustomerKind]
    blocks: list[Block] = [
        _line(voice, ids.NAME, "customer.name", known.name),
        field_input(
            ids.KIND,
            voice.plain("customer.kind"),
            StaticSelectElement(
                action_id=ids.KIND,
                options=kinds,
                initial_option=next(one for one in kinds if one.value == known.kind),
            ),
        ),
        field_input(
            ids.OWNER,
            voice.plain("customer.owner"),
            UserSelectElement(action_id=ids.OWNER, initial_user=known.owner_id),
            hint=voice.plain("customer.owner_hint"),
            optional=True,
        ),
    ]
    if known.owner_id:
        share = option(voice.plain("customer.share"), SHARE)
        element = CheckboxesElement(action_id=ids.SHARED, options=[share])
        blocks.append(
            field_input(ids.SHARED, voice.plain("customer.sharing"), element, optional=True)
        )
    day = known.contract_date.isoformat() if known.contract_date else None
    blocks.append(
        field_input(
            ids.CONTRACT_DATE,
            voice.plain("customer.contract_date"),
            DatePickerElement(action_id=ids.CONTRACT_DATE, initial_date=day),
            optional=True,
        )
    )
    return _form(voice, ids.CUSTOMER_FORM, "customer.edit_title", blocks, known.customer_id)


def contact_form(voice: Voice, customer_id: int) -> View:
    """Somebody new at a customer."""
    email = EmailInputElement(action_id=ids.EMAIL)
    blocks: list[Block] = [
        _line(voice, ids.NAME, "contact.name", ""),
        _line(voice, ids.JOB_TITLE, "contact.job_title", "", optional=True),
        field_input(ids.EMAIL, voice.plain("contact.email"), email, optional=True),
    ]
    return _form(voice, ids.NEW_CONTACT_FORM, "customer.add_contact", blocks, customer_id)


def delete_contact_form(voice: Voice, contact: Person) -> View:
    """Asked before a person is deleted."""
    said = voice.markup(
        "customer.delete_contact_text", customer=contact.customer_name, contact=contact.name
    )
    return modal(
        ids.DELETE_CONTACT_FORM,
        voice.plain("customer.delete_contact"),
        [
            section(said),
            section(
                voice.markup("erase.instead"),
                accessory=button(voice.plain("erase.open"), ids.OPEN_ERASE, contact.id),
            ),
        ],
        submit=voice.plain("customer.delete_yes"),
        close=voice.plain("form.keep"),
        private_metadata=str(contact.id),
    )


def saved(voice: Voice, name: str, owner_id: str | None, *, has_new_owner: bool) -> Message:
    """What was changed; with a new owner also what goes along."""
    said = voice.markup("customer.saved", customer=name)
    if has_new_owner:
        key = "customer.handed_over" if owner_id else "customer.now_shared"
        more = voice.markup(key, owner=mention(owner_id or ""))
        said = Markup(f"{said}\n{more}")
    return Message(said, [section(said)])


def contact_added(voice: Voice, contact: Person) -> Message:
    return _said_of(voice, "customer.contact_added", contact)


def deleted(voice: Voice, customer: Account) -> Message:
    """A customer is gone, and the way back."""
    said = voice.markup("customer.deleted", customer=customer.name)
    return _with_undo(voice, said, ids.RESTORE_CUSTOMER, customer.id)


def restored(voice: Voice, customer: Account) -> Message:
    said = voice.markup("customer.restored", customer=customer.name)
    return Message(said, [section(said)])


def contact_deleted(voice: Voice, contact: Person) -> Message:
    """A person is gone, and the way back."""
    said = voice.markup(
        "customer.contact_deleted", customer=contact.customer_name, contact=contact.name
    )
    return _with_undo(voice, said, ids.RESTORE_CONTACT, contact.id)


def contact_restored(voice: Voice, contact: Person) -> Message:
    return _said_of(voice, "customer.contact_restored", contact)


def not_yet(voice: Voice, name: str, open_ones: Sequence[ReferralFacts]) -> Message:
    """Nobody is deleted in the middle of a referral: which ones are open."""
    said = voice.markup("customer.has_open_referrals", name=name, n=len(open_ones))
    more = len(open_ones) - LISTED
    rest = [context(voice.markup("home.more", n=more))] if more > 0 else []
    return Message(said, [section(said), *referral_lines(voice, open_ones[:LISTED]), *rest])


def _said_of(voice: Voice, key: str, contact: Person) -> Message:
    said = voice.markup(key, customer=contact.customer_name, contact=contact.name)
    return Message(said, [section(said)])


def _with_undo(voice: Voice, said: Markup, action_id: str, record_id: int) -> Message:
    undo = button(voice.plain("customer.undo"), action_id, record_id)
    return Message(said, [section(said), actions(undo)])


def _form(
    voice: Voice, callback_id: str, title: str, blocks: Iterable[Block], customer_id: int
) -> View:
    return save_form(voice, callback_id, voice.plain(title), list(blocks), customer_id)


def _line(
    voice: Voice, block_id: str, key: str, known: str, *, optional: bool = False
) -> InputBlock:
    return text_field(
        block_id,
        voice.plain(key),
        known,
        MAX_NAME,
        optional=optional,
    )
