"""Ready texts to customers, one for each follow-up (F1-F5 M1-M3 A7 P2): a mail that a rep may send
as it stands.

They are written in the customer's language and say only what is on record; whatever is missing is
left out, so that nothing has to be deleted before sending.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from bot.playbook.referral_facts import OUTCOMES
from bot.playbook.terms import Consent, FollowUpKind, Stage
from bot.texts.voice import Voice


@dataclass(frozen=True)
class Draft:
    """A mail: one line of subject, and the whole body with greeting and signature."""

    subject: str
    body: str


@dataclass(frozen=True, kw_only=True)
class DraftFacts:
    """What the texts may speak of. Names carry no honorific; texts are empty when not known.

    `company` and `contact` are whom the follow-up is owed to: the referrer, or the customer's own
    person, if one is known. Times are aware UTC.
    """

    sender: str
    sender_company: str
    company: str
    contact: str
    referred_company: str = ""
    referred_person: str = ""
    need: str = ""
    stage: Stage = Stage.RECEIVED
    consent: Consent = Consent.UNKNOWN
    contact_by: datetime | None = None
    """By when the first contact is promised."""
    contacted_at: datetime | None = None
    meeting_at: datetime | None = None
    told_at: datetime | None = None
    """When the referrer heard of it last."""
    news: str = ""
    news_at: datetime | None = None
    reason: str = ""
    who_would_fit: str = ""
    page: str = ""
    """Where the referred person agrees, objects, or has everything deleted; empty if nowhere."""
    benefit: str = ""
    benefit_page: str = ""
    results: tuple[str, ...] = ()
    """Results as lines of text in the customer's language."""


def draft(voice: Voice, kind: FollowUpKind, facts: DraftFacts) -> Draft:
    """The text for one follow-up, in the customer's voice."""
    says = _Says(voice, facts)
    paragraphs = (
        says(_greeting(kind, facts)),
        *_PARAGRAPHS[kind](says, facts),
        says("closing"),
    )
    return Draft(says(f"{kind}_subject"), "\n\n".join(paragraphs))


@dataclass(frozen=True)
class _Says:
    """Looks up a sentence of `drafts.po` with everything that any of them may name."""

    voice: Voice
    facts: DraftFacts

    def __call__(self, key: str, **more: str) -> str:
        facts = self.facts
        named = "referred_person" if facts.referred_person else "referred_company"
        referred = self.voice.plain(
            f"draft.{named}", company=facts.referred_company, person=facts.referred_person
        )
        return self.voice.plain(
            f"draft.{key}",
            sender=facts.sender,
            sender_company=facts.sender_company,
            company=facts.company,
            contact=facts.contact or self.voice.plain("draft.anybody"),
            referred=referred,
            referred_company=facts.referred_company,
            referred_person=facts.referred_person,
            **more,
        )

    def day(self, instant: datetime) -> str:
        return self.voice.day_of(instant)


Paragraphs = Callable[[_Says, DraftFacts], Iterator[str]]


_TO_REFERRED: Mapping[FollowUpKind, str] = MappingProxyType(
    {FollowUpKind.FIRST_CONTACT: "to_referred", FollowUpKind.ERASURE: "to_forgotten"}
)
"""What does not go to the referrer, and how it begins."""


def _greeting(kind: FollowUpKind, facts: DraftFacts) -> str:
    begins = _TO_REFERRED.get(kind)
    if begins is None:
        return "to_contact"
    return begins if facts.referred_person else f"{begins}_company"


def _thanks_referral(says: _Says, facts: DraftFacts) -> Iterator[str]:
    yield says("thanks_referral")
    yield _next_step(says, facts)
    if facts.stage not in OUTCOMES:
        yield says("weekly")


def _next_step(says: _Says, facts: DraftFacts) -> str:
    if facts.stage in OUTCOMES:
        return says("next_outcome")
    if facts.meeting_at:
        return says("next_after_meeting", day=says.day(facts.meeting_at))
    if facts.contacted_at:
        return says("next_after_contact", day=says.day(facts.contacted_at))
    if facts.consent is Consent.AGREED and facts.contact_by:
        return says("next_contact", day=says.day(facts.contact_by))
    if facts.consent in (Consent.REFUSED, Consent.OPTED_OUT):
        return says("next_none")
    return says("next_consent")


def _thanks_meeting(says: _Says, facts: DraftFacts) -> Iterator[str]:
    held_at = facts.meeting_at
    yield says("met", day=says.day(held_at)) if held_at else says("met_lately")
    yield facts.news if facts.news else says("met_outcome")
    yield says("worries")


def _thanks_win(says: _Says, facts: DraftFacts) -> Iterator[str]:
    yield says("won")
    if facts.reason:
        yield says("won_why", reason=facts.reason)
    yield says("won_thanks")


def _loss_news(says: _Says, facts: DraftFacts) -> Iterator[str]:
    yield says("lost")
    if facts.reason:
        yield says("lost_why", reason=facts.reason)
    yield says("lost_thanks")


def _not_a_fit_news(says: _Says, facts: DraftFacts) -> Iterator[str]:
    yield says("not_a_fit")
    if facts.reason:
        yield says("not_a_fit_why", reason=facts.reason)
    if facts.who_would_fit:
        yield says("would_fit", who=facts.who_would_fit)
    yield says("not_a_fit_thanks")


def _progress(says: _Says, facts: DraftFacts) -> Iterator[str]:
    yield says("progress")
    since = facts.told_at
    new: list[str] = []
    if facts.contacted_at and _is_news(facts.contacted_at, since):
        new.append(says("progress_contacted", day=says.day(facts.contacted_at)))
    if facts.meeting_at and _is_news(facts.meeting_at, since):
        new.append(says("progress_met", day=says.day(facts.meeting_at)))
    if facts.news and facts.news_at and _is_news(facts.news_at, since):
        new.append(facts.news)
    yield "\n".join(new) if new else says("progress_nothing")
    yield says("progress_next")


def _is_news(at: datetime, since: datetime | None) -> bool:
    return since is None or at > since


def _always(*keys: str) -> Paragraphs:
    """Paragraphs that depend on nothing but names."""

    def paragraphs(says: _Says, _: DraftFacts) -> Iterator[str]:
        return (says(key) for key in keys)

    return paragraphs


def _first_contact(says: _Says, facts: DraftFacts) -> Iterator[str]:
    yield says("first_contact")
    if facts.need:
        yield says("first_contact_need", need=facts.need)
    if facts.benefit_page:
        yield says("first_contact_benefit", benefit=facts.benefit, page=facts.benefit_page)
    yield says("first_contact_wish")
    if facts.page:
        yield says("first_contact_page", page=facts.page)


def _consent_request(says: _Says, facts: DraftFacts) -> Iterator[str]:
    yield says("consent")
    if facts.page:
        yield says("consent_page", page=facts.page)
    yield says("consent_wait")


def _result_report(says: _Says, facts: DraftFacts) -> Iterator[str]:
    if facts.results:
        yield says("report")
        yield "\n".join(says("report_line", result=line) for line in facts.results)
        yield says("report_wish")
    else:
        yield says("report_ask")


_PARAGRAPHS: Mapping[FollowUpKind, Paragraphs] = MappingProxyType(
    {
        FollowUpKind.FIRST_CONTACT: _first_contact,
        FollowUpKind.CONSENT_REQUEST: _consent_request,
        FollowUpKind.THANKS_REFERRAL: _thanks_referral,
        FollowUpKind.THANKS_MEETING: _thanks_meeting,
        FollowUpKind.THANKS_WIN: _thanks_win,
        FollowUpKind.PROGRESS_UPDATE: _progress,
        FollowUpKind.NOT_A_FIT_NEWS: _not_a_fit_news,
        FollowUpKind.LOSS_NEWS: _loss_news,
        FollowUpKind.ASK_ANSWER: _always("ask_answer", "ask_answer_ease"),
        FollowUpKind.RESULT_REPORT: _result_report,
        FollowUpKind.NPS_REFRESH: _always("nps", "nps_thanks"),
        FollowUpKind.REPAIR_PLAN: _always("repair", "repair_wish"),
        FollowUpKind.ERASURE: _always("erasure", "erasure_copies"),
    }
)
