"""What a new workspace starts with: offers and the texts to ask with, in both languages (O1 A4).

The words come from the catalogues `offer_default.*` and `template_default.*`; from then on they are
the team's own, to change or to delete.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.playbook.offers import ANY_MOMENT
from bot.playbook.terms import MomentKind, OfferKind
from bot.texts.catalogue import LANGUAGES, translations
from storage import offers, templates, workspaces
from storage.workspaces import Workspace

_WITH_MONEY: Final = frozenset({OfferKind.DONATION, OfferKind.POINTS})
_NAMES: Final = (ANY_MOMENT, MomentKind.THANKS, MomentKind.UPSELL, MomentKind.RENEWAL)
_PARTS: Final = ("subject", "body", "short")
SEEDED_BY: Final = ""
"""Nobody: Goen wrote it."""


def seed(conn: Connection, workspace: Workspace, now: datetime) -> None:
    """Fill the catalogue of a workspace that was just created."""
    for kind in OfferKind:
        offers.add(
            conn,
            workspace.team_id,
            kind=kind,
            title_ja=_text("ja", f"offer_default.{kind}"),
            title_en=_text("en", f"offer_default.{kind}"),
            involves_money=kind in _WITH_MONEY,
            created_by=SEEDED_BY,
            created_at=now,
        )
    for locale in LANGUAGES:
        for name, parts in default_templates(locale).items():
            templates.add_version(
                conn,
                workspace.team_id,
                now,
                name=name,
                locale=locale,
                created_by=SEEDED_BY,
                **parts,
            )
    workspaces.change(conn, workspace.team_id, offers_reviewed_at=now)


def default_templates(language: str) -> dict[str, dict[str, str]]:
    """The texts of the house by name, each with its subject, body and short form."""
    return {
        name: {part: _text(language, f"template_default.{name}.{part}") for part in _PARTS}
        for name in _NAMES
    }


def _text(language: str, key: str) -> str:
    """A text as it stands in the catalogue, its placeholders unfilled."""
    return translations(language).gettext(key)
