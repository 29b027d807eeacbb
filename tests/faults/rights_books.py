"""The same records for each owner: one of each kind that something can be done to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import Connection, select

from bot.playbook import referrals as rules
from bot.playbook.effects import Complete, Open
from bot.playbook.policy import Policy
from bot.playbook.reasons import Refusal
from bot.playbook.referral_facts import ReferralFacts
from bot.playbook.referral_removal import remove
from bot.playbook.referrals import Moved
from bot.playbook.terms import (
    AskAnswer,
    AskState,
    Consent,
    Credit,
    Direction,
    FollowUpKind,
    MomentKind,
    VoiceKind,
    VoiceUse,
)
from bot.playbook.voices import CONSENTS, Given
from bot.playbook.working_time import PersonTime
from storage import (
    asks,
    benefits,
    consents,
    customers,
    deliveries,
    follow_ups,
    moments,
    nps,
    referrals,
    results,
    tables,
    upkeep,
    voices,
)
from storage.clocks import person_time
from storage.deliveries import NewDelivery
from storage.follow_ups import Subject
from storage.states import DeliveryState
from storage.workspaces import Workspace
from tests.house import SATO

Rule = Callable[[ReferralFacts, datetime, Policy, PersonTime], Moved | Refusal]


@dataclass(frozen=True)
class Book:
    """The ids of one owner's records, of each kind one that an action can be done to.

    `secret` stands in every text of them but the customers' names, which people may type.
    """

    secret: str
    name: str
    idle_name: str
    customer: int
    contact: int
    email: str
    """The contact's."""
    nps: int
    result: int
    moment: int
    voice: int
    ask: int
    answered_ask: int
    follow_up: int
    lent: int
    """A follow-up at this owner's customer that another rep owes."""
    settled: int
    idle_customer: int
    idle_contact: int
    gone_customer: int
    gone_contact: int
    """At a customer who is still there."""
    referral: int
    agreed: int
    contacted: int
    met: int
    cancelled: int
    gone_referral: int
    benefit: int
    used_benefit: int
    offer: int
    template: int
    stuck: int
    """A message of which nobody knows whether it arrived."""


@dataclass(frozen=True)
class Writer:
    """Writes the records of one owner; None owns what the team shares."""

    conn: Connection
    workspace: Workspace
    owner: str | None
    lends_to: str
    mark: str
    now: datetime

    @property
    def team(self) -> str:
        return self.workspace.team_id

    @property
    def by(self) -> str:
        return self.owner or SATO

    @property
    def email(self) -> str:
        return f"{(self.owner or 'shared').lower()}@customer.example"

    @property
    def secret(self) -> str:
        return f"秘{self.mark}密"

    def book(self) -> Book:
        customer, contact = self.account("商事")
        records = self.promoter(customer, contact)
        idle_customer, idle_contact = self.account("興業")
        gone_customer, _ = self.account("旧社")
        customers.change(self.conn, self.team, gone_customer, deleted_at=self.now)
        gone_contact = self.person(customer, f"{self.secret}旧姓")
        customers.change_contact(self.conn, self.team, gone_contact, deleted_at=self.now)
        customers.change_contact(self.conn, self.team, contact, email=self.email)
        return Book(
            secret=self.secret,
            name=f"{self.mark}商事",
            idle_name=f"{self.mark}興業",
            customer=customer,
            contact=contact,
            email=self.email,
            **records,
            ask=self.ask(self.account("物産")[1]),
            answered_ask=self.ask(self.account("工業")[1], AskAnswer.LATER),
            follow_up=self.duty(idle_contact, FollowUpKind.REPAIR_PLAN, self.owner),
            # Whoever owes it sees whom it is owed to.
            lent=self.duty(
                self.account("貸与", "委細")[1], FollowUpKind.NPS_REFRESH, self.lends_to
            ),
            settled=self.duty(contact, FollowUpKind.REPAIR_PLAN, self.owner, is_done=True),
            idle_customer=idle_customer,
            idle_contact=idle_contact,
            gone_customer=gone_customer,
            gone_contact=gone_contact,
            **self.referrals(contact),
            offer=self.first(tables.offer),
            template=self.first(tables.template),
            stuck=self.stuck_message(),
        )

    def referrals(self, second_referrer: int) -> dict[str, int]:
        """One at each stage, all by the same person."""
        referrer = self.account("紹介元")[1]
        agreed = partial(_with_consent, Consent.AGREED)
        met = (agreed, rules.mark_contacted, rules.mark_meeting)
        found = {
            "referral": self.referral(referrer, "一番"),
            "agreed": self.referral(referrer, "二番", agreed),
            "contacted": self.referral(referrer, "三番", agreed, rules.mark_contacted),
            "met": self.referral(referrer, "四番", *met),
            "cancelled": self.referral(referrer, "五番", rules.cancel),
            "gone_referral": self.referral(referrer, "六番"),
        }
        referrals.add_second_referrer(
            self.conn, self.team, found["referral"], second_referrer, self.by, self.now
        )
        self.delete_referral(found["gone_referral"])
        found["benefit"] = self.benefit(found["agreed"])
        found["used_benefit"] = self.benefit(found["contacted"])
        used = {"used_at": self.now, "used_by": self.by}
        benefits.change(self.conn, self.team, found["used_benefit"], **used)
        return found

    def benefit(self, referral: int) -> int:
        return benefits.give(
            self.conn,
            self.team,
            referral,
            self.by,
            self.now,
            title=f"{self.secret}特典",
            names_referrer=False,
        )

    def account(self, name: str, person: str = "") -> tuple[int, int]:
        """A customer with one person; their ids."""
        customer = customers.create(
            self.conn,
            self.team,
            self.now,
            name=f"{self.mark}{name}",
            owner_id=self.owner,
            created_by=self.by,
        )
        return customer, self.person(customer, person or f"{self.secret}{name}")

    def person(self, customer: int, name: str) -> int:
        return customers.add_contact(
            self.conn, self.team, self.now, customer_id=customer, name=name, created_by=self.by
        )

    def voice(self, contact: int) -> int:
        """What a contact said in their own words, which may stand on a website."""
        uses = frozenset({VoiceUse.INTERNAL, VoiceUse.WEBSITE})
        given = Given(self.secret, self.secret, Credit.PERSON, uses)
        kind = VoiceKind.TESTIMONIAL
        found = voices.add(self.conn, self.team, contact, kind, given, "ja", self.now)
        if found is None:
            raise LookupError("the contact has said something already")
        texts = {
            use: consents.keep_text(self.conn, self.team, CONSENTS[use], "ja", use, self.now).id
            for use in uses
        }
        voices.grant(self.conn, self.team, found, texts, self.now)
        return found

    def promoter(self, customer: int, contact: int) -> dict[str, int]:
        wrote: dict[str, Any] = {"created_by": self.by, "created_at": self.now}
        kept = {
            "nps": nps.add(
                self.conn,
                self.team,
                contact_id=contact,
                score=9,
                comment=self.secret,
                answered_at=self.now,
                **wrote,
            ),
            "result": results.add(
                self.conn,
                self.team,
                customer_id=customer,
                contact_id=contact,
                kpi=f"{self.secret}時間",
                measured_at=self.now,
                **_HALVED,
                **wrote,
            ),
            "voice": self.voice(contact),
            "moment": moments.add(
                self.conn,
                self.team,
                contact_id=contact,
                kind=MomentKind.THANKS,
                note=self.secret,
                happened_at=self.now,
                source_link=None,
                **wrote,
            ),
        }
        customers.change(self.conn, self.team, customer, reported_at=self.now)
        upkeep.customer_changed(self.conn, self.workspace, customer, self.now)
        return kept

    def ask(self, contact: int, answer: AskAnswer | None = None) -> int:
        ask = asks.add(
            self.conn,
            self.team,
            contact_id=contact,
            moment=MomentKind.RESULT,
            state=AskState.ANSWERED if answer else AskState.SENT,
            answer=answer,
            answered_at=self.now if answer else None,
            sent_by=self.by,
            sent_at=self.now,
            created_by=self.by,
            created_at=self.now,
        )
        effects = [Open(FollowUpKind.ASK_ANSWER, self.by, self.now + timedelta(days=14))]
        subject = Subject(contact_id=contact, ask_id=ask)
        follow_ups.apply(self.conn, self.team, subject, effects, self.now)
        if answer:
            done = [Complete(FollowUpKind.ASK_ANSWER)]
            follow_ups.apply(self.conn, self.team, subject, done, self.now, self.by)
        upkeep.contact_changed(self.conn, self.workspace, contact, self.now)
        return ask

    def duty(
        self, contact: int, kind: FollowUpKind, by: str | None, *, is_done: bool = False
    ) -> int:
        subject = Subject(contact_id=contact)
        opened = [Open(kind, by, self.now + timedelta(days=2))]
        (found,) = follow_ups.apply(self.conn, self.team, subject, opened, self.now)
        if is_done:
            follow_ups.apply(self.conn, self.team, subject, [Complete(kind)], self.now, self.by)
        return found

    def referral(self, referrer: int, company: str, *steps: Rule) -> int:
        referral = referrals.add(
            self.conn,
            self.team,
            self.now,
            referrer_id=referrer,
            company=f"{self.secret}{company}",
            person=f"{self.secret}紹介",
            need=self.secret,
            owner_id=self.by,
            created_by=self.by,
        )
        for step in (rules.receive, *steps):
            self.move(referral, step)
        return referral

    def move(self, referral: int, rule: Rule) -> None:
        facts = referrals.facts(self.conn, self.team, referral)
        person = person_time(self.conn, self.workspace, facts.owner_id)
        moved = rule(facts, self.now, Policy(), person)
        assert not isinstance(moved, Refusal), moved
        referrals.save_moved(self.conn, self.workspace, referral, moved, self.now, self.by)

    def delete_referral(self, referral: int) -> None:
        facts = referrals.facts(self.conn, self.team, referral)
        referrals.change(self.conn, self.team, referral, deleted_at=self.now)
        referrals.save_moved(self.conn, self.workspace, referral, remove(facts), self.now, self.by)

    def stuck_message(self) -> int:
        made = deliveries.enqueue(
            self.conn,
            NewDelivery(
                team_id=self.team,
                dedup_key=f"stuck:{self.mark}",
                kind="report",
                channel=self.by,
                payload={"text": self.secret},
                due_at=self.now,
                expires_at=self.now + timedelta(days=1),
            ),
        )
        assert made
        mine = tables.delivery.c.id == made
        state = {"state": DeliveryState.NEEDS_HUMAN, "settled_at": self.now, "last_error": "?"}
        self.conn.execute(tables.delivery.update().where(mine).values(state))
        return made

    def first(self, table: Any) -> int:
        """The team's first row; each book has another one only in another workspace."""
        mine = select(table.c.id).where(table.c.team_id == self.team).order_by(table.c.id)
        found: int = self.conn.execute(mine.limit(1)).scalar_one()
        return found


def _with_consent(
    consent: Consent, facts: ReferralFacts, now: datetime, policy: Policy, person: PersonTime
) -> Moved | Refusal:
    return rules.record_consent(facts, consent, now, policy, person)


_HALVED: dict[str, Any] = {
    "before": Decimal(4),
    "after": Decimal(2),
    "before_unit": "h",
    "after_unit": "h",
    "direction": Direction.LOWER,
    "period": "",
    "note": "",
    "percent": Decimal(-50),
    "improved": True,
}
