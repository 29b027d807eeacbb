"""What a person agreed to, written down with its words and its time, and what follows (P2)."""

from dataclasses import dataclass
from datetime import date

from bot.playbook import referrals as rules
from bot.playbook.referral_facts import OPEN_STAGES
from bot.playbook.rights import READER
from bot.playbook.terms import Consent, ConsentTo
from bot.texts.consents import words
from bot.texts.voice import Voice
from handlers.doer import Doer
from handlers.referral_record import keep
from storage import consents, erasing, follow_ups, referrals
from storage.clocks import person_time
from storage.consents import ConsentText
from storage.referrals import Referral


@dataclass(frozen=True)
class Given:
    """How an answer came: in the very words of a text of ours, on a day, and by what way."""

    text: ConsentText | None = None
    how: str = ""
    on: date | None = None
    about: ConsentTo = ConsentTo.CONTACT


def text_of(doer: Doer, about: ConsentTo, voice: Voice) -> ConsentText:
    """The version of the words as they stand today, for whoever agrees to them now."""
    said = words(voice, about, doer.workspace.name)
    team_id = doer.workspace.team_id
    return consents.keep_text(doer.conn, team_id, about, voice.language, said, doer.now)


def record(doer: Doer, row: Referral, consent: Consent, given: Given) -> None:
    """What the referred person said to being contacted.

    With their yes the clock of the first contact starts; with their no it ends. The same answer
    again only mends when and how it came.
    """
    team_id, is_known = doer.workspace.team_id, consent is not Consent.UNKNOWN
    referrals.change(
        doer.conn,
        team_id,
        row.id,
        consent_how=given.how,
        consent_on=given.on if is_known else None,
        consent_by=doer.by if is_known else None,
    )
    text_id = given.text.id if given.text else None
    consents.record(
        doer.conn,
        team_id,
        row.id,
        given.about,
        consent,
        doer.by,
        doer.now,
        text_id=text_id,
        how=given.how,
        given_on=given.on,
    )
    doer.audit("record_consent", "referral", row.id, consent=consent, text=text_id)
    keep(doer, row.id, () if consent is row.consent else _moved(doer, row, consent))


def ask_for_erasure(doer: Doer, row: Referral, given: Given) -> None:
    """They want to be forgotten, and somebody has to look first: until then nobody contacts them,
    and whoever looks after them owes it."""
    conn, workspace, now = doer.conn, doer.workspace, doer.now
    if row.consent is not Consent.OPTED_OUT:
        record(doer, row, Consent.OPTED_OUT, given)
    facts = referrals.facts(conn, workspace.team_id, row.id)
    person = person_time(conn, workspace, facts.owner_id)
    moved = rules.ask_for_erasure(facts, now, workspace.policy, person)
    changed = referrals.save_moved(conn, workspace, row.id, moved, now, doer.by)
    doer.audit("ask_for_erasure", "referral", row.id)
    keep(doer, row.id, changed)


def carry_objection(doer: Doer, referral_id: int) -> None:
    """Whoever opted out once is not contacted, whoever names them next."""
    team_id = doer.workspace.team_id
    row = referrals.get(doer.conn, team_id, referral_id)
    if row is None:
        raise LookupError(f"no referral {referral_id}")
    known = erasing.of_referral(doer.conn, team_id, row).referrals
    before = next((one for one in known if one.consent is Consent.OPTED_OUT), None)
    if before:
        record(doer, row, Consent.OPTED_OUT, Given(how=before.consent_how, on=before.consent_on))


def _moved(doer: Doer, row: Referral, consent: Consent) -> tuple[int, ...]:
    """Bring what is owed in line; of what is over or away only the answer is kept."""
    conn, workspace, now = doer.conn, doer.workspace, doer.now
    if row.deleted_at or row.stage not in OPEN_STAGES:
        referrals.change(conn, workspace.team_id, row.id, consent=consent, consent_at=now)
        return ()
    facts = referrals.facts(conn, workspace.team_id, row.id)
    person = person_time(conn, workspace, facts.owner_id)
    moved = rules.record_consent(facts, consent, now, workspace.policy, person)
    # What a reader's answer ends was nobody's of the team to end, and nobody can take it back.
    by = follow_ups.SYSTEM if doer.by == READER else doer.by
    return referrals.save_moved(conn, workspace, row.id, moved, now, by)
