"""Installing Goen by OAuth: `/slack/install` and `/slack/oauth_redirect`.

Bolt's flow does the exchange: https://docs.slack.dev/authentication/installing-with-oauth. A state
binds it to one browser, is good once, and for ten minutes. Nobody is sent anywhere but to Slack and
back to the address that the settings name.
"""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.oauth import AuthorizeUrlGenerator, OAuthStateStore, OAuthStateUtils
from slack_sdk.oauth.installation_store import Installation
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.texts.catalogue import LANGUAGES, language_of
from bot.texts.voice import Voice
from bot.views.install import Page, page
from handlers.arriving import Arrivals, OfOrganisation
from handlers.web.paths import INSTALL_PATH, REDIRECT_PATH

log = logging.getLogger(__name__)

_CODE = re.compile(r"with code: \S+")
_TEAM_ID = re.compile(r"T[A-Z0-9]{1,31}")
_REASONS: Final = {
    "access_denied": "cancelled",
    "invalid_browser": "other_browser",
    "invalid_state": "too_late",
    "missing_code": "too_late",
    "invalid_code": "too_late",
}
"""What Slack and Bolt say, and which of our sentences says it; whatever else is trouble."""
_HEADERS: Final = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
}


@dataclass(frozen=True)
class App:
    """Goen as Slack knows it. `authorize_url` is Slack's page where a person allows it."""

    client_id: str
    client_secret: str
    scopes: Sequence[str]
    authorize_url: str
    redirect_url: str


class _WithoutCode(logging.Filter):
    """Bolt writes the code that Slack did not take into its line."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _CODE.sub("with a code", str(record.msg))
        return True


_WITHOUT_CODE = _WithoutCode()


class Flow(OAuthFlow):
    """Bolt's flow with our pages. `arrivals` takes what was installed."""

    def __init__(
        self, app: App, client: WebClient, states: OAuthStateStore, arrivals: Arrivals
    ) -> None:
        self._arrivals = arrivals
        settings = OAuthSettings(
            client_id=app.client_id,
            client_secret=app.client_secret,
            scopes=app.scopes,
            user_scopes=[],
            redirect_uri=app.redirect_url,
            install_path=INSTALL_PATH,
            redirect_uri_path=REDIRECT_PATH,
            authorization_url=app.authorize_url,
            installation_store=arrivals.installations,
            state_store=states,
            callback_options=CallbackOptions(_succeeded, _failed),
        )
        settings.state_utils = _Cookie()
        settings.authorize_url_generator = _Addresses(app)
        bolts = logging.getLogger(f"{__name__}.flow")
        bolts.addFilter(_WITHOUT_CODE)
        super().__init__(client=client, logger=bolts, settings=settings)

    def store_installation(self, request: BoltRequest, installation: Installation) -> None:
        self._arrivals.take(installation)

    def build_authorize_url(self, state: str, request: BoltRequest) -> str:
        team = next(iter(request.query.get("team") or ()), "")
        return self.settings.authorize_url_generator.generate(
            state, team if _TEAM_ID.fullmatch(team) else None
        )

    def build_install_page_html(self, url: str, request: BoltRequest) -> str:
        shown = Page("install.begin_title", "install.begin", "install.begin_button", url)
        return page(_voices(request), shown)


def routes(flow: Flow) -> list[Route]:
    """The two addresses."""
    return [
        Route(INSTALL_PATH, _endpoint(flow.handle_installation), methods=["GET"]),
        Route(REDIRECT_PATH, _endpoint(flow.handle_callback), methods=["GET"]),
    ]


def _endpoint(handle: Callable[[BoltRequest], BoltResponse]) -> Callable[[Request], object]:
    def answer(asked: BoltRequest) -> BoltResponse:
        try:
            return handle(asked)
        except Exception:  # the last line of defence: whoever installs is told to try again
            log.exception("an installation failed")
            return BoltResponse(status=503, body=_failure(asked, "trouble"))

    async def endpoint(request: Request) -> Response:
        query: dict[str, Sequence[str]] = {
            name: request.query_params.getlist(name) for name in request.query_params
        }
        headers: dict[str, str | Sequence[str]] = dict(request.headers)
        asked = BoltRequest(body="", query=query, headers=headers)
        answered = await run_in_threadpool(answer, asked)
        response = Response(answered.body, status_code=answered.status, headers=_HEADERS)
        for cookie in answered.headers.get("set-cookie", ()):
            response.headers.append("Set-Cookie", cookie)
        return response

    return endpoint


class _Cookie(OAuthStateUtils):
    """Bolt's cookie, which no other site makes the browser send but by coming from Slack."""

    def build_set_cookie_for_new_state(self, state: str) -> str:
        return super().build_set_cookie_for_new_state(state) + "; SameSite=Lax"

    def build_set_cookie_for_deletion(self) -> str:
        return super().build_set_cookie_for_deletion() + "; SameSite=Lax"


class _Addresses(AuthorizeUrlGenerator):
    """Slack's page, every value of its address escaped."""

    def __init__(self, app: App) -> None:
        super().__init__(
            client_id=app.client_id,
            redirect_uri=app.redirect_url,
            scopes=app.scopes,
            authorization_url=app.authorize_url,
        )

    def generate(self, state: str, team: str | None = None) -> str:
        asked = {
            "client_id": self.client_id,
            "scope": ",".join(self.scopes or ()),
            "redirect_uri": self.redirect_uri or "",
            "state": state,
        }
        if team:
            asked["team"] = team
        return f"{self.authorization_url}?{urlencode(asked)}"


def _succeeded(args: SuccessArgs) -> BoltResponse:
    installed = args.installation
    address = f"slack://app?{urlencode({'team': installed.team_id, 'id': installed.app_id})}"
    shown = Page("install.done_title", "install.done", "install.done_button", address)
    body = page(_voices(args.request), shown, team=installed.team_name or installed.team_id)
    return BoltResponse(status=200, body=body, headers=_without_state(args.settings))


def _failed(args: FailureArgs) -> BoltResponse:
    reason = _REASONS.get(args.reason, "trouble")
    if isinstance(args.error, OfOrganisation):
        reason = "organisation"
    # What was sent to us is not written anywhere as it came: anybody may send anything.
    log.warning("an installation ended: %s", reason)
    status = 400 if reason == "organisation" else args.suggested_status_code
    body = _failure(args.request, reason)
    return BoltResponse(status=status, body=body, headers=_without_state(args.settings))


def _failure(request: BoltRequest, reason: str) -> str:
    shown = Page("install.failed_title", f"install.{reason}", "install.again", INSTALL_PATH)
    return page(_voices(request), shown)


def _without_state(settings: OAuthSettings) -> dict[str, str | Sequence[str]]:
    return {"Set-Cookie": settings.state_utils.build_set_cookie_for_deletion()}


def _voices(request: BoltRequest) -> list[Voice]:
    """Both languages, that of the browser first."""
    wanted = ",".join(request.headers.get("accept-language") or ())
    tags = (part.partition(";")[0].strip() for part in wanted.split(","))
    first = next((found for tag in tags if (found := language_of(tag))), "en")
    return [Voice(language, "UTC") for language in sorted(LANGUAGES, key=lambda one: one != first)]
