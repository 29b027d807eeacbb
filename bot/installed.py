"""Any number of workspaces: each with the token of its own installation."""

from dataclasses import dataclass
from urllib.parse import urljoin

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize
from slack_sdk import WebClient

from bot.clients import MakeClient, NotInstalled
from bot.scopes import OPTIONAL, SCOPES
from bot.settings import Settings
from bot.tenancy import Clock, Tenancy, answers, bolt_app, defaults_of
from bot.texts.voice import Voice
from handlers.arriving import Arrivals
from handlers.web.installing import App, Flow, routes
from handlers.web.paths import REDIRECT_PATH
from storage.engine import Store
from storage.installations import Installations
from storage.oauth_states import OAuthStates
from storage.sealed import Keys


def of_installations(
    settings: Settings, store: Store, make_client: MakeClient, clock: Clock
) -> Tenancy:
    """The workspaces that have installed Goen, and those that will."""
    app = _app(settings)
    installations = Installations(store, app.client_id, Keys(settings.keys))
    nobody = make_client(None)
    arrivals = Arrivals(store, installations, make_client, defaults_of(settings), clock)
    flow = Flow(app, nobody, OAuthStates(store, clock), arrivals)
    return Tenancy(
        clients=_Installed(installations, make_client),
        bolt=bolt_app(settings, nobody, _ByInstallation(installations), flow),
        fallback=Voice(settings.locale, settings.timezone),
        is_well=lambda: answers(nobody.api_test),
        installing=routes(flow),
    )


def _app(settings: Settings) -> App:
    secret = settings.slack_client_secret
    return App(
        client_id=settings.slack_client_id or "",
        client_secret=secret.get_secret_value() if secret else "",
        scopes=sorted(SCOPES | OPTIONAL),
        authorize_url=urljoin(settings.slack_api_url, "/oauth/v2/authorize"),
        redirect_url=f"{settings.public_base}{REDIRECT_PATH}",
    )


@dataclass(frozen=True)
class _Installed:
    """The clients of all workspaces. Tokens are read each time: an installation may be ended or
    renewed by any replica."""

    installations: Installations
    make_client: MakeClient

    def __call__(self, team_id: str) -> WebClient:
        found = self.installations.bot(team_id)
        if found is None:
            raise NotInstalled(team_id)
        return self.make_client(found.bot_token)

    def serves(self, team_id: str) -> bool:
        return self.installations.bot(team_id) is not None


class _ByInstallation(Authorize):
    """The token of the workspace that a request comes from."""

    def __init__(self, installations: Installations) -> None:
        self._installations = installations

    def __call__(
        self, *, team_id: str | None, user_id: str | None, **_: object
    ) -> AuthorizeResult | None:
        found = self._installations.bot(team_id) if team_id else None
        if found is None:
            return None
        return AuthorizeResult(
            enterprise_id=found.enterprise_id,
            team_id=team_id,
            user_id=user_id,
            bot_id=found.bot_id,
            bot_user_id=found.bot_user_id,
            bot_token=found.bot_token,
        )
