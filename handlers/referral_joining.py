"""Two referrals that are one: a customer's page takes in everything, and a person decides (P5)."""

from bot.playbook.referral_facts import OPEN_STAGES
from bot.playbook.rights import Action
from bot.playbook.terms import Consent
from bot.views.answers import notice
from handlers import consents
from handlers.answers import Answer, Nothing, Replace
from handlers.consents import Given
from handlers.reading import record_id
from handlers.referral_care import take_away
from handlers.referral_record import find, keep
from handlers.referral_taking import Typed, add_what_was_told
from handlers.request import Surface
from handlers.turn import Turn
from storage import referrals
from storage.referrals import Referral


def join(turn: Turn) -> Answer:
    """Keep the newcomer's referrer as a second one of the referral on record.

    What was told goes along. The newcomer is deleted, and can be restored from its card.
    """
    newcomer_id, _, kept_id = turn.request.value.partition(":")
    newcomer = find(turn, record_id(newcomer_id), Action.MOVE_REFERRAL)
    kept = referrals.get(turn.conn, turn.team_id, record_id(kept_id))
    if kept is None or not _are_one(newcomer, kept):
        raise turn.sorry("arrival.gone")
    conn, team_id = turn.conn, turn.team_id
    for contact_id in (
        newcomer.referrer_id,
        *referrals.second_referrers(conn, team_id, newcomer.id),
    ):
        if contact_id != kept.referrer_id:
            referrals.add_second_referrer(
                conn, team_id, kept.id, contact_id, turn.me.user_id, turn.now
            )
    add_what_was_told(turn, kept, _told(newcomer))
    turn.audit("join_referral", "referral", kept.id, joined=newcomer.id)
    take_away(turn, newcomer)
    _carry_consent(turn, newcomer, kept)
    keep(turn, kept.id)
    if turn.request.surface is Surface.MESSAGE:
        return Nothing()
    return Replace(notice(turn.voice, "arrival.joined", company=kept.company))


def _are_one(newcomer: Referral, kept: Referral) -> bool:
    return (
        newcomer.id != kept.id
        and kept.deleted_at is None
        and newcomer.company_key == kept.company_key
        and {newcomer.stage, kept.stage} <= OPEN_STAGES
    )


def _told(row: Referral) -> Typed:
    return Typed(
        company=row.company,
        person=row.person,
        email=row.email,
        need=row.need,
        source_link=row.source_link,
    )


def _carry_consent(turn: Turn, newcomer: Referral, kept: Referral) -> None:
    """A yes that came with the newcomer counts, where nothing was known."""
    if kept.consent is Consent.UNKNOWN and newcomer.consent is Consent.AGREED:
        given = Given(how=newcomer.consent_how, on=newcomer.consent_on)
        consents.record(turn, kept, Consent.AGREED, given)
