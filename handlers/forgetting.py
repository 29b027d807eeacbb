"""Forgetting a person for good, whoever asks for it: a rep, or the person on their own page (P2).

Their records lose them in the transaction of the request. What was copied elsewhere, what Goen has
said and what stands in Slack, is found and put right by an errand at once afterwards
(`handlers.erasure`), which is given the strings to look for and forgets them at its end.
"""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from bot.messages.rewrite import rewrite
from bot.playbook import referrals as rules
from bot.playbook.rights import Action
from bot.playbook.terms import Consent
from bot.playbook.traces import Traces
from bot.playbook.working_time import local_date
from handlers import consents
from handlers.consents import Given
from handlers.doer import Doer
from handlers.referral_record import keep
from storage import erasing, errands, referrals, upkeep
from storage.clocks import person_time
from storage.erasing import Someone
from storage.referrals import Referral
from storage.states import ErrandKind


def forget(doer: Doer, who: Someone, *, told: str) -> Mapping[str, int]:
    """Take a person out of their records and ask for the copies; how many records of each kind
    stay, without a name. `told` is the user who hears when the copies are gone."""
    conn, workspace, now = doer.conn, doer.workspace, doer.now
    kept = erasing.counts(conn, workspace.team_id, who)
    for row in who.referrals:
        _no_longer_owed(doer, row)
    erasing.erase(conn, workspace.team_id, who, now)
    for row in who.referrals:
        _let_go(doer, row.id, row.consent)
    changed: list[int] = []
    for one in who.contacts:
        doer.audit(Action.ERASE, "contact", one.id, customer_id=one.customer_id)
        changed += upkeep.contact_changed(conn, workspace, one.id, now).changed
    for row in who.referrals:
        doer.audit(Action.ERASE, "referral", row.id)
    rewrite(conn, workspace, changed, now, doer.key)
    about = (who.contact_ids, [row.id for row in who.referrals])
    ask_for_copies(doer, who.traces, *about, told=told)
    return kept


def ask_for_copies(
    doer: Doer,
    traces: Traces,
    contacts: Iterable[int] = (),
    referred: Iterable[int] = (),
    *,
    told: str,
) -> None:
    """Have an errand look for what was copied."""
    errands.add(
        doer.conn,
        doer.workspace.team_id,
        doer.now,
        kind=ErrandKind.ERASE,
        key=f"erase:{doer.key}",
        asked_by=told,
        detail={
            "anywhere": list(traces.anywhere),
            "nearby": list(traces.nearby),
            "contacts": list(contacts),
            "referrals": list(referred),
        },
    )


def _no_longer_owed(doer: Doer, row: Referral) -> None:
    """What they asked for on their page is done with this."""
    if row.erasure_asked_at is None:
        return
    conn, workspace, now = doer.conn, doer.workspace, doer.now
    facts = referrals.facts(conn, workspace.team_id, row.id)
    person = person_time(conn, workspace, facts.owner_id)
    moved = rules.erased(facts, now, workspace.policy, person)
    keep(doer, row.id, referrals.save_moved(conn, workspace, row.id, moved, now, doer.by))


def _let_go(doer: Doer, referral_id: int, consent: Consent) -> None:
    """Nobody contacts them again: what is open ends as the rules end it."""
    row = referrals.get(doer.conn, doer.workspace.team_id, referral_id)
    if row is None or consent is Consent.OPTED_OUT:
        return
    today = local_date(doer.now, ZoneInfo(doer.workspace.timezone))
    consents.record(doer, row, Consent.OPTED_OUT, Given(on=today))
