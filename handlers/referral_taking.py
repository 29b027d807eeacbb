"""What taking in a referral has in common, whoever brings it: a rep in Slack or a customer on their
own page (P5).

Rights are the caller's: a rep's are checked before, and a customer has the page of one contact.
"""

import json
from dataclasses import asdict, dataclass, replace
from typing import ClassVar

from bot.playbook import referrals as rules
from bot.playbook.duplicates import KnownCustomer, Match, NewReferral, match_duplicate
from bot.playbook.names import company_key, person_key
from bot.playbook.problems import MAX_NOTE
from bot.playbook.rights import Action
from bot.playbook.terms import AskState
from handlers import asks as ask_handlers
from handlers import consents
from handlers.doer import Doer
from handlers.reading import Outdated, carried, record_id
from handlers.referral_record import keep
from storage import asks, customers, referrals
from storage.clocks import person_time
from storage.customers import Contact
from storage.referrals import Referral


@dataclass(frozen=True)
class Typed:
    """A referral as a person gave it, not recorded yet."""

    contact_id: int = 0
    company: str = ""
    person: str = ""
    email: str | None = None
    need: str = ""
    ask_id: int | None = None
    source_link: str | None = None
    _IDS: ClassVar = ("contact_id", "ask_id")

    def packed(self) -> str:
        """For a form's private metadata. The need is not in it: it stands in the form itself."""
        given = {name: value for name, value in asdict(replace(self, need="")).items() if value}
        return json.dumps(given, ensure_ascii=False)

    @classmethod
    def unpacked(cls, metadata: str) -> "Typed":
        """Raises Outdated."""
        given = carried(metadata)
        known = {name: record_id(str(given[name])) for name in cls._IDS if name in given}
        if not given.keys() <= cls.__dataclass_fields__.keys():
            raise Outdated("unknown names")
        return cls(**given | known)


def matched(doer: Doer, contact: Contact, typed: Typed) -> Match:
    """What is known already of what a contact brings. Whoever else looks waits for this one."""
    team_id, key = doer.workspace.team_id, company_key(typed.company)
    return match_duplicate(
        NewReferral(
            company_key=key,
            person_key=person_key(typed.person),
            referrer_contact_id=contact.id,
            referrer_company_key=company_key(contact.customer_name),
            referrer_person_key=person_key(contact.name),
        ),
        referrals.known(doer.conn, team_id, key),
        [KnownCustomer(one.id, key) for one in customers.named(doer.conn, team_id, typed.company)],
    )


def add(doer: Doer, contact: Contact, typed: Typed, owner_id: str) -> int:
    """A new referral, with everything that it owes from now on; its id."""
    conn, workspace, now = doer.conn, doer.workspace, doer.now
    ask_id = ask_behind(doer, contact, typed.ask_id)
    referral_id = referrals.add(
        conn,
        workspace.team_id,
        now,
        referrer_id=contact.id,
        company=typed.company,
        person=typed.person,
        email=typed.email,
        need=typed.need,
        source_link=typed.source_link,
        ask_id=ask_id,
        owner_id=owner_id,
        created_by=doer.by,
    )
    doer.audit(Action.LOG_REFERRAL, "referral", referral_id, contact_id=contact.id, ask_id=ask_id)
    if ask_id:
        ask_handlers.note_referral(doer, contact, ask_id)
    facts = referrals.facts(conn, workspace.team_id, referral_id)
    person = person_time(conn, workspace, facts.owner_id)
    moved = rules.receive(facts, now, workspace.policy, person)
    changed = referrals.save_moved(conn, workspace, referral_id, moved, now, doer.by)
    keep(doer, referral_id, changed)
    consents.carry_objection(doer, referral_id)
    return referral_id


def add_what_was_told(doer: Doer, row: Referral, typed: Typed) -> None:
    """What the record lacked; a need of their own stands behind the first."""
    need = row.need
    if typed.need and typed.need not in need:
        need = f"{need}\n{typed.need}".strip()[:MAX_NOTE]
    referrals.change(
        doer.conn,
        doer.workspace.team_id,
        row.id,
        person=row.person or typed.person,
        email=row.email or typed.email,
        need=need,
        source_link=row.source_link or typed.source_link,
    )


def ask_behind(doer: Doer, contact: Contact, ask_id: int | None) -> int | None:
    """The ask that a referral answers: the one it was logged from, or the one that waits."""
    team_id = doer.workspace.team_id
    found = asks.get(doer.conn, team_id, ask_id) if ask_id else None
    if found and found.contact_id == contact.id and found.state is not AskState.CANCELLED:
        return None if found.deleted_at else found.id
    latest = next(iter(asks.of_contact(doer.conn, team_id, contact.id)), None)
    return latest.id if latest and latest.state is AskState.SENT else None


def note_ask(doer: Doer, contact: Contact, ask_id: int | None) -> None:
    """The ask that was answered by this, if there is one."""
    behind = ask_behind(doer, contact, ask_id)
    if behind:
        ask_handlers.note_referral(doer, contact, behind)
