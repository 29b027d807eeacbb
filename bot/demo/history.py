"""Playing the story into an empty database through the same rules and tables as the bot's own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import assert_never

from sqlalchemy import Connection

from bot.demo import story
from bot.demo.people import EMMA, MORI, SATO, TANAKA
from bot.messages import voice_news
from bot.playbook import asks as ask_rules
from bot.playbook import measures
from bot.playbook import referrals as referral_rules
from bot.playbook.customer_file import read_customers
from bot.playbook.effects import Complete
from bot.playbook.file_accounts import accounts_of
from bot.playbook.reasons import Refusal
from bot.playbook.referral_facts import ReferralFacts
from bot.playbook.referrals import Moved
from bot.playbook.score import best_moment
from bot.playbook.terms import (
    AskState,
    Consent,
    ConsentTo,
    FollowUpKind,
    Role,
    Stage,
    VoiceUse,
)
from bot.playbook.voices import CONSENTS, Given, VoiceChange
from bot.texts.catalogue import language_of
from bot.texts.consents import words
from bot.texts.voice import Voice
from storage import (
    asks,
    benefits,
    consents,
    contact_states,
    customers,
    follow_ups,
    importing,
    moments,
    nps,
    offers,
    people,
    referrals,
    results,
    templates,
    upkeep,
    voices,
)
from storage.clocks import person_time
from storage.customers import Contact
from storage.follow_ups import Subject
from storage.workspaces import Workspace

SAMPLE_FILE = Path(__file__).parent.parent.parent / "samples" / "customers.csv"
_BEFORE_EVERYTHING = timedelta(days=60)
_GOOD_FOR = timedelta(days=90)


_Play = Callable[[Connection, datetime], None]


@dataclass(frozen=True)
class Happening:
    """One thing that happens, told in days before now; it runs in a transaction of its own."""

    days_ago: float
    run: _Play


def begin(conn: Connection, workspace: Workspace, now: datetime) -> None:
    """Give the team its roles and import the sample customers, as of sixty days before `now`.

    Everybody of the team must be known already, so that accounts find their owners.
    """
    roles = {MORI: Role.ADMIN, SATO: Role.REP, TANAKA: Role.REP, EMMA: Role.REP}
    for user_id, role in roles.items():
        people.set_role(conn, workspace.team_id, user_id, role)
    accounts = accounts_of(read_customers(SAMPLE_FILE.read_bytes()).rows)
    importing.take(conn, workspace, accounts, now - _BEFORE_EVERYTHING, MORI)


def happenings(workspace: Workspace) -> list[Happening]:
    """The story as things that happen, in their order."""
    player = _Player(workspace)
    told = [one for event in story.EVENTS for one in player.happenings(event)]
    return sorted(told, key=lambda happening: -happening.days_ago)


@dataclass(frozen=True)
class _Player:
    """Turns the story's events into records, each at its time."""

    workspace: Workspace

    @property
    def team_id(self) -> str:
        return self.workspace.team_id

    def contact(self, conn: Connection, customer: str) -> Contact:
        """The first contact of a sample customer."""
        found = customers.named(conn, self.team_id, customer)
        return customers.contacts_of(conn, self.team_id, [found[0].id])[0]

    def happenings(self, event: story.Event) -> list[Happening]:
        match event:
            case story.Score():
                return [Happening(event.days_ago, lambda conn, at: self._score(conn, event, at))]
            case story.Result():
                return [Happening(event.days_ago, lambda conn, at: self._result(conn, event, at))]
            case story.Moment():
                return [Happening(event.days_ago, lambda conn, at: self._moment(conn, event, at))]
            case story.Settled():
                return [Happening(event.days_ago, lambda conn, at: self._settle(conn, event, at))]
            case story.Complaint():
                return [Happening(event.days_ago, lambda conn, at: self._complain(conn, event, at))]
            case story.Ask():
                return self._ask(event)
            case story.Referral():
                return self._referral(event)
            case story.Words():
                return [Happening(event.days_ago, lambda conn, at: self._words(conn, event, at))]
            case _:
                assert_never(event)

    def _by(self, contact: Contact) -> str:
        return contact.owner_id or MORI

    def _score(self, conn: Connection, event: story.Score, at: datetime) -> None:
        contact = self.contact(conn, event.customer)
        nps.add(
            conn,
            self.team_id,
            contact_id=contact.id,
            score=event.score,
            comment=event.comment,
            answered_at=at,
            created_by=self._by(contact),
            created_at=at,
        )
        upkeep.contact_changed(conn, self.workspace, contact.id, at)

    def _result(self, conn: Connection, event: story.Result, at: datetime) -> None:
        contact = self.contact(conn, event.customer)
        before, after = measures.parse_measure(event.before), measures.parse_measure(event.after)
        direction = measures.guess_direction(event.kpi, before.unit)
        change = measures.compare(before, after, direction)
        results.add(
            conn,
            self.team_id,
            customer_id=contact.customer_id,
            contact_id=None,
            kpi=event.kpi,
            before=before.value,
            after=after.value,
            before_unit=before.unit,
            after_unit=after.unit,
            direction=direction,
            percent=change.percent,
            improved=change.improved,
            measured_at=at,
            created_by=self._by(contact),
            created_at=at,
        )
        customers.change(conn, self.team_id, contact.customer_id, reported_at=at)
        upkeep.customer_changed(conn, self.workspace, contact.customer_id, at)

    def _moment(self, conn: Connection, event: story.Moment, at: datetime) -> None:
        contact = self.contact(conn, event.customer)
        moments.add(
            conn,
            self.team_id,
            contact_id=contact.id,
            kind=event.kind,
            note=event.note,
            happened_at=at,
            created_by=self._by(contact),
            created_at=at,
        )
        upkeep.contact_changed(conn, self.workspace, contact.id, at)

    def _complain(self, conn: Connection, event: story.Complaint, at: datetime) -> None:
        contact = self.contact(conn, event.customer)
        customers.change_contact(conn, self.team_id, contact.id, complaint_at=at)
        upkeep.contact_changed(conn, self.workspace, contact.id, at)

    def _words(self, conn: Connection, event: story.Words, at: datetime) -> None:
        contact = self.contact(conn, event.customer)
        language = language_of(contact.locale) or self.workspace.locale
        voice = Voice(language, self.workspace.timezone)
        permitted = frozenset({VoiceUse.INTERNAL, *event.public})
        given = Given(event.said, event.hesitation, event.credit, permitted)
        voice_id = voices.add(conn, self.team_id, contact.id, event.kind, given, language, at)
        if voice_id is None:
            raise ValueError(f"{event.customer} says the same twice")
        texts = {}
        for use in permitted:
            about = CONSENTS[use]
            said = words(voice, about, self.workspace.name)
            texts[use] = consents.keep_text(conn, self.team_id, about, language, said, at).id
        voices.grant(conn, self.team_id, voice_id, texts, at)
        voice_news.tell(conn, self.workspace, voice_id, VoiceChange.GIVEN, at, f"story:{voice_id}")

    def _settle(self, conn: Connection, event: story.Settled, at: datetime) -> None:
        contact = self.contact(conn, event.customer)
        subject = Subject(contact_id=contact.id)
        done = (Complete(event.kind),)
        follow_ups.apply(conn, self.team_id, subject, done, at, self._by(contact))

    def _ask(self, event: story.Ask) -> list[Happening]:
        sent: list[int] = []
        happenings = [
            Happening(event.days_ago, lambda conn, at: sent.append(self._send(conn, event, at)))
        ]
        if event.answer:
            answered = event.answered_days_ago
            happenings.append(
                Happening(answered, lambda conn, at: self._answer(conn, event, sent[0], at))
            )
        return happenings

    def _send(self, conn: Connection, event: story.Ask, at: datetime) -> int:
        contact = self.contact(conn, event.customer)
        by = self._by(contact)
        state = contact_states.get(conn, self.team_id, contact.id)
        moment = best_moment(state, self.workspace.policy) if state else None
        if state is None or moment is None:
            raise LookupError(f"{event.customer} has given no reason to be asked")
        language = contact.locale or self.workspace.locale
        texts = [t for t in templates.current(conn, self.team_id) if t.locale == language]
        ask_id = asks.add(
            conn,
            self.team_id,
            contact_id=contact.id,
            result_id=state.result_id,
            offer_id=offers.catalogue(conn, self.team_id)[0].id,
            template_id=texts[0].id,
            moment=moment.kind,
            state=AskState.SENT,
            sent_by=by,
            sent_at=at,
            created_by=by,
            created_at=at,
        )
        person = person_time(conn, self.workspace, by)
        moved = ask_rules.send(by, at, self.workspace.policy, person)
        follow_ups.apply(conn, self.team_id, self._of_ask(contact, ask_id), moved.effects, at)
        upkeep.contact_changed(conn, self.workspace, contact.id, at)
        return ask_id

    def _answer(self, conn: Connection, event: story.Ask, ask_id: int, at: datetime) -> None:
        contact = self.contact(conn, event.customer)
        found = asks.get(conn, self.team_id, ask_id)
        if found is None or event.answer is None:
            raise LookupError(f"ask {ask_id} was just sent")
        moved = ask_rules.answer(found.facts(has_referral=False), event.answer)
        if isinstance(moved, Refusal):
            raise ValueError(f"{event} can't be answered: {moved.reasons}")
        asks.change(
            conn,
            self.team_id,
            ask_id,
            state=moved.ask.state,
            answer=moved.ask.answer,
            answered_at=at,
        )
        follow_ups.apply(conn, self.team_id, self._of_ask(contact, ask_id), moved.effects, at)
        upkeep.contact_changed(conn, self.workspace, contact.id, at)

    def _of_ask(self, contact: Contact, ask_id: int) -> Subject:
        return Subject(customer_id=contact.customer_id, contact_id=contact.id, ask_id=ask_id)

    def _referral(self, event: story.Referral) -> list[Happening]:
        received: list[int] = []
        happenings = [
            Happening(
                event.days_ago, lambda conn, at: received.append(self._receive(conn, event, at))
            )
        ]
        return happenings + [self._step(received, step) for step in event.steps]

    def _step(self, received: list[int], step: story.Step) -> Happening:
        return Happening(step.days_ago, lambda conn, at: self._move(conn, received[0], step, at))

    def _receive(self, conn: Connection, event: story.Referral, at: datetime) -> int:
        referrer = self.contact(conn, event.referrer)
        by = self._by(referrer)
        asked = asks.of_contact(conn, self.team_id, referrer.id)
        referral_id = referrals.add(
            conn,
            self.team_id,
            at,
            referrer_id=referrer.id,
            company=event.company,
            person=event.person,
            need=event.need,
            owner_id=by,
            created_by=by,
            ask_id=asked[0].id if asked else None,
        )
        facts = referrals.facts(conn, self.team_id, referral_id)
        person = person_time(conn, self.workspace, by)
        policy = self.workspace.policy
        moved = referral_rules.receive(facts, at, policy, person)
        if event.consent is not facts.consent:
            moved = referral_rules.record_consent(facts, event.consent, at, policy, person)
        referrals.save_moved(conn, self.workspace, referral_id, moved, at, by)
        if event.benefit:
            self._give(conn, referral_id, event.benefit, at, by)
        return referral_id

    def _give(self, conn: Connection, referral_id: int, title: str, at: datetime, by: str) -> None:
        """A benefit that names its referrer, who agreed to that."""
        consents.record(
            conn, self.team_id, referral_id, ConsentTo.NAMING, Consent.AGREED, by, at, how="電話"
        )
        benefits.give(
            conn,
            self.team_id,
            referral_id,
            by,
            at,
            title=title,
            valid_until=(at + _GOOD_FOR).date(),
            names_referrer=True,
        )

    def _move(self, conn: Connection, referral_id: int, step: story.Step, at: datetime) -> None:
        facts = referrals.facts(conn, self.team_id, referral_id)
        by = facts.owner_id or MORI
        moved = self._moved(conn, facts, step, at, by)
        if isinstance(moved, Refusal):
            raise ValueError(f"{step} is not possible: {moved.reasons}")
        referrals.save_moved(conn, self.workspace, referral_id, moved, at, by)

    def _moved(
        self, conn: Connection, facts: ReferralFacts, step: story.Step, at: datetime, by: str
    ) -> Moved | Refusal:
        policy = self.workspace.policy
        person = person_time(conn, self.workspace, by)
        match step.to:
            case FollowUpKind():
                return referral_rules.follow_up_done(facts, step.to, at, policy, person)
            case Stage.CONTACTED:
                return referral_rules.mark_contacted(facts, at, policy, person)
            case Stage.MEETING:
                return referral_rules.mark_meeting(facts, at, policy, person)
            case Stage.WON:
                return referral_rules.close_won(
                    facts,
                    step.why,
                    at,
                    policy,
                    person,
                    amount_minor=int(step.amount) if step.amount else None,
                    currency=self.workspace.currency,
                )
            case Stage.LOST:
                return referral_rules.close_lost(facts, step.why, at, policy, person)
            case Stage.NOT_A_FIT:
                return referral_rules.close_not_a_fit(
                    facts, step.why, step.who_would_fit, at, policy, person
                )
            case _:
                raise ValueError(f"the story has no step to {step.to}")
