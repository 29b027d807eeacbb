"""Referrals moved by the rules on a real database."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from bot.playbook import referrals as rules
from bot.playbook.policy import Policy
from bot.playbook.reasons import Refusal
from bot.playbook.referrals import Moved
from bot.playbook.terms import Consent, FollowUpKind, FollowUpState
from storage import customers, follow_ups, referrals
from storage.clocks import person_time
from storage.follow_ups import Subject
from storage.workspaces import Workspace

NOW = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
TEAM, SATO, TANAKA = "T0HARUKAZE", "U0SATO", "U0TANAKA"
HARUKAZE = Workspace(
    team_id=TEAM,
    name="株式会社ハルカゼ",
    bot_user_id="U0GOEN",
    channel_id="C0REFERRALS",
    locale="ja",
    timezone="Asia/Tokyo",
    country="JP",
    currency="JPY",
    policy=Policy(),
    ideal_customer="",
    offers_reviewed_at=None,
)


@dataclass
class Books:
    """A workspace with one customer, 山田製作所, and its contact 吉野."""

    conn: Connection
    yoshino: int
    now: datetime = NOW

    def contact(self, company: str, name: str) -> int:
        customer_id = customers.create(
            self.conn, TEAM, self.now, name=company, owner_id=SATO, created_by=SATO
        )
        return customers.add_contact(
            self.conn, TEAM, self.now, customer_id=customer_id, name=name, created_by=SATO
        )

    def receive(self, company: str, person: str = "", referrer: int | None = None) -> int:
        referral_id = referrals.add(
            self.conn,
            TEAM,
            self.now,
            referrer_id=referrer or self.yoshino,
            company=company,
            person=person,
            owner_id=SATO,
            created_by=SATO,
        )
        facts = referrals.facts(self.conn, TEAM, referral_id)
        self.save(referral_id, rules.receive(facts, *self.when))
        return referral_id

    def win(self, referral_id: int) -> None:
        facts = referrals.facts(self.conn, TEAM, referral_id)
        agreed = rules.record_consent(facts, Consent.AGREED, *self.when)
        won = rules.close_won(agreed.facts, "実績を評価", *self.when, amount_minor=1_200_000)
        self.save(referral_id, agreed)
        self.save(referral_id, won)

    def reopen(self, referral_id: int) -> None:
        facts = referrals.facts(self.conn, TEAM, referral_id)
        self.save(referral_id, rules.reopen(facts, *self.when))

    def save(self, referral_id: int, moved: Moved | Refusal) -> tuple[int, ...]:
        assert isinstance(moved, Moved)
        changed = referrals.save_moved(self.conn, HARUKAZE, referral_id, moved, self.now, SATO)
        self.now += timedelta(minutes=1)
        return changed

    @property
    def when(self) -> tuple[datetime, Policy, rules.PersonTime]:
        return self.now, HARUKAZE.policy, person_time(self.conn, HARUKAZE, SATO)

    def row(self, referral_id: int) -> referrals.Referral:
        found = referrals.get(self.conn, TEAM, referral_id)
        assert found
        return found

    def owed(self, referral_id: int) -> dict[FollowUpKind, FollowUpState]:
        about = follow_ups.about(self.conn, TEAM, Subject(referral_id=referral_id))
        return {one.kind: one.state for one in about}

    def live_contacts(self, company: str) -> list[str]:
        return [
            contact.name
            for customer in customers.named(self.conn, TEAM, company)
            for contact in customers.contacts_of(self.conn, TEAM, [customer.id])
        ]
