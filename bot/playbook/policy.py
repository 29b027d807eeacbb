"""The numbers of the programme: defaults of settings, never constants inside a rule."""

from dataclasses import dataclass, field
from datetime import time, timedelta

from bot.playbook.terms import MomentKind


@dataclass(frozen=True)
class Weights:
    """Hand-set points of the score of I1. All of them share one unit: points."""

    nps_point: int = 6
    """For each NPS point at or above the threshold, the threshold itself included."""
    result: int = 20
    """A result that improved; grows by `result_per_ten_percent` up to `result_cap`."""
    result_per_ten_percent: int = 2
    result_cap: int = 30
    moments: dict[MomentKind, int] = field(
        default_factory=lambda: {
            MomentKind.THANKS: 18,
            MomentKind.UPSELL: 16,
            MomentKind.RENEWAL: 12,
            MomentKind.RESULT: 10,
            MomentKind.CONTRACT: 6,
            MomentKind.HIGH_NPS: 4,
        }
    )
    referred_before: int = 10
    """They introduced somebody before."""
    declined_before: int = -12
    never_asked: int = 4
    usage_rises: int = 8
    """The product is used more than before, as other systems tell (I2)."""
    usage_falls: int = -8
    participation: int = 6
    """They took part in an event or in the community."""
    open_ticket: int = -3
    """For each ticket that is open, down to `open_tickets_floor`; a complaint forbids asking."""
    open_tickets_floor: int = -9
    decay_per_day: int = 1
    """Every contact loses the same points a day, so the order of two never depends on now."""


@dataclass(frozen=True)
class Policy:
    """Everything a rule may need to know that is not a fact about a customer."""

    promoter_threshold: int = 8
    """Lowest NPS that makes a candidate. The NPS standard's promoter is 9; both are shown."""
    nps_fresh_for: timedelta = timedelta(days=90)
    ask_again_after: timedelta = timedelta(days=60)
    """One budget for every kind of ask, whoever asks (A1)."""
    ask_answer_after: timedelta = timedelta(days=14)
    """When an ask without an answer is followed up once, and then rests (A7)."""
    first_contact_within: timedelta = timedelta(hours=24)
    first_contact_reminder_after: timedelta = timedelta(hours=20)
    thanks_within: timedelta = timedelta(hours=24)
    progress_every: timedelta = timedelta(days=7)
    erasure_within: timedelta = timedelta(days=7)
    """Article 12 of the GDPR gives a month; a promise of ours ends long before (P2)."""
    outcome_news_within: timedelta = timedelta(hours=24)
    result_report_every: timedelta = timedelta(days=31)
    repair_within: timedelta = timedelta(days=3)
    offers_fresh_for: timedelta = timedelta(days=31)
    result_fresh_for: timedelta = timedelta(days=180)
    """How long a result may be used as the reason of an ask (A3)."""
    moment_fresh_for: timedelta = timedelta(days=90)
    """How long a logged moment still adds to the score."""
    usage_compared_over: timedelta = timedelta(days=28)
    """What was used now is compared with what was used this long before: four whole weeks."""
    usage_rises_from: int = 10
    """By how many percent usage has to grow to speak for asking; less is noise."""
    usage_falls_from: int = 20
    """By how many percent it has to shrink to speak against it."""
    usage_fresh_for: timedelta = timedelta(days=45)
    participation_fresh_for: timedelta = timedelta(days=90)
    signal_news_for: timedelta = timedelta(days=7)
    """How old a signal may be for its owner to be told at once; older ones are history."""
    signals_kept_for: timedelta = timedelta(days=730)
    """How long each single usage and participation is kept."""
    nps_remind_again_after: timedelta = timedelta(days=14)
    """When a refresh that was ticked off without a new score coming in is owed again (M2)."""
    contact_news_within: timedelta = timedelta(hours=24)
    """After the first contact, how soon the referrer hears that it happened (F1)."""
    undo_within: timedelta = timedelta(days=1)
    requests_kept_for: timedelta = timedelta(days=7)
    """How long a click is known by its key. Slack sends one again for a day at most."""
    words_kept_for: timedelta = timedelta(days=30)
    """How long what a message said is kept after it was sent, and what an errand was about."""
    promises_kept_for: timedelta = timedelta(days=400)
    """How long Goen knows that a message was sent, which is the promise of "nothing twice". Its key
    names a local day or a follow-up, and nothing is put off by more than `snooze_at_most`."""
    audit_kept_for: timedelta = timedelta(days=3 * 365)
    publish_from: int = 10
    """The fewest on which a number may stand that customers are shown (S6)."""
    publish_over: timedelta = timedelta(days=395)
    """Over how long renewals are counted: a year, and a month in which one is logged."""
    entry_settled_after: timedelta = timedelta(days=31)
    """An account that is removed sooner than this after it was entered was a mistake."""
    snooze_hour: timedelta = timedelta(hours=1)
    snooze_at_most: timedelta = timedelta(days=366)
    digest_at: time = time(9, 0)
    digest_length: int = 5
    routine_at: time = time(9, 30)
    working_hours: tuple[time, time] = (time(9, 0), time(18, 0))
    working_weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    """As `date.weekday()` counts: Monday is 0."""
    country: str = "JP"
    """Whose public holidays are skipped, ISO 3166-1 alpha-2."""
    weights: Weights = field(default_factory=Weights)
