"""The page of a benefit, for whoever it was given to (P4). It can only be read: that it was used is
ticked in Slack."""

from zoneinfo import ZoneInfo

from bot.messages.referred import known_as
from bot.pages import benefit as views
from bot.pages.benefit import BenefitFacts
from bot.playbook.benefits import standing
from bot.playbook.terms import Purpose
from bot.playbook.working_time import local_date
from handlers.web.guard import NotThere, PublicPage, Shown, Visit
from storage import benefits, customers, referrals


def show(visit: Visit) -> Shown:
    """What it is, for how long, and who introduced them."""
    conn, team_id = visit.conn, visit.team_id
    row = referrals.get(conn, team_id, visit.link.subject_id)
    found = benefits.of_referral(conn, team_id, row.id) if row and not row.deleted_at else None
    if row is None or found is None:
        raise NotThere
    referrer = customers.get_contact(conn, team_id, row.referrer_id)
    is_named = found.names_referrer and referrer is not None and bool(referrer.name)
    today = local_date(visit.now, ZoneInfo(visit.workspace.timezone))
    return Shown(
        views.page(
            visit.frame,
            BenefitFacts(
                company=row.company,
                person=row.person,
                referrer_company=referrer.customer_name if referrer and is_named else "",
                referrer=referrer.name if referrer and is_named else "",
                title=found.title,
                note=found.note,
                code=found.code,
                valid_until=found.valid_until,
                used_at=found.used_at,
                standing=standing(
                    is_used=found.used_at is not None, valid_until=found.valid_until, today=today
                ),
                owner=known_as(conn, visit.workspace, row.owner_id),
            ),
        )
    )


PAGE = PublicPage("/b/{token}", Purpose.BENEFIT, show)
