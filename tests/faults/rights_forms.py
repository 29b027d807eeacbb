"""A case, or several, for every form; each is sent in without ever having been opened."""

import json
from collections.abc import Mapping

from bot.playbook.terms import (
    Consent,
    CustomerKind,
    GiftPolicy,
    MomentKind,
    OfferKind,
    Promise,
)
from bot.views import ids
from bot.views.benefits import NAMED
from bot.views.catalogue import EVERYBODY
from bot.views.results import GUESS
from bot.views.settings import SPANS, TIMES
from handlers.request import Entry
from tests.faults.rights_case import (
    Case,
    Element,
    Right,
    channel,
    chosen,
    day,
    file,
    hour,
    ticked,
    typed,
    user,
)
from tests.house import CHANNEL, MORI, SATO, TANAKA

_CHOICE = "<id>:0:0:0"
_TODAY = "2026-11-16"


def _form(
    name: str,
    right: Right,
    about: str,
    kept: str,
    answers: Mapping[str, Element] | None = None,
    variant: str = "",
    *,
    only_shows: bool = False,
    blank_is_new: bool = False,
) -> Case:
    return Case(
        Entry.SUBMISSION,
        name,
        right,
        about,
        kept=kept,
        answers=answers or {},
        variant=variant,
        only_shows=only_shows,
        blank_is_new=blank_is_new,
    )


_RESULT = {
    ids.KPI: typed("見積時間"),
    ids.BEFORE: typed("4.2h"),
    ids.AFTER: typed("2.2h"),
    ids.DIRECTION: chosen(GUESS),
    ids.PERIOD: typed(""),
    ids.NOTE: typed(""),
}
_SUMMARY = {
    ids.SUMMARY_TITLE: typed("見積が早くなりました。"),
    ids.SUMMARY_DIVISION: typed(""),
    ids.SUMMARY_QUOTE: typed("早い。"),
    ids.SUMMARY_QUOTE_BY: typed("吉野"),
    ids.SUMMARY_AGREED_ON: day(_TODAY),
    ids.SUMMARY_THEIRS: typed("吉野 / 部長"),
    ids.SUMMARY_OURS: typed(""),
    ids.SUMMARY_STEPS: typed("12月 / 展開"),
}
_SCORE = {ids.SCORE: chosen("7"), ids.COMMENT: typed("")}
_MOMENT = {
    ids.MOMENT: chosen(MomentKind.UPSELL),
    ids.NOTE: typed("増席"),
    ids.DAY: day(_TODAY),
}
_COMPANY = {
    ids.COMPANY: typed("新星商会"),
    ids.PERSON: typed("鈴木"),
    ids.EMAIL: typed(""),
    ids.NEED: typed("早い見積"),
}
_WHO = {ids.CONTACT: chosen("contact:<id>"), ids.NEW_CONTACT: typed("")}

_RECORDS = [
    _form(ids.NPS_FORM, Right.OWNER, "contact", "", {**_SCORE, **_WHO}),
    _form(
        ids.NPS_FORM,
        Right.OWNER,
        "customer",
        "",
        {**_SCORE, ids.CONTACT: chosen("customer:<id>"), ids.NEW_CONTACT: typed("新田")},
        "for somebody new",
    ),
    _form(ids.NPS_FORM, Right.OWNER, "nps", "<id>", _SCORE, "correcting"),
    _form(
        ids.RESULT_FORM,
        Right.OWNER,
        "customer",
        "",
        {**_RESULT, ids.CUSTOMER: chosen("customer:<id>"), ids.NEW_CONTACT: typed("")},
    ),
    _form(
        ids.RESULT_FORM,
        Right.OWNER,
        "contact",
        "",
        {**_RESULT, ids.CUSTOMER: chosen("contact:<id>"), ids.NEW_CONTACT: typed("新田")},
        "for somebody new",
    ),
    _form(ids.RESULT_FORM, Right.OWNER, "result", "<id>", _RESULT, "correcting"),
    _form(ids.SUMMARY_FORM, Right.OWNER, "contact", "<id>", _SUMMARY),
    _form(ids.MOMENT_FORM, Right.OWNER, "contact", "{}", {**_MOMENT, **_WHO}),
    _form(ids.MOMENT_FORM, Right.OWNER, "moment", '{"moment_id": <id>}', _MOMENT, "correcting"),
]
_ACCOUNTS = [
    _form(
        ids.CONTACT_FORM,
        Right.OWNER,
        "contact",
        "<id>",
        {
            ids.NAME: typed("改名"),
            ids.JOB_TITLE: typed("部長"),
            ids.EMAIL: typed(""),
            ids.STANDING: ticked("complaint"),
            ids.LANGUAGE: chosen("ja"),
            ids.GIFT_POLICY: chosen(GiftPolicy.ALLOWED),
        },
    ),
    *(
        _form(
            ids.CUSTOMER_FORM,
            Right.OWNER,
            "customer",
            "<id>",
            {
                ids.NAME: typed("改称産業"),
                ids.KIND: chosen(CustomerKind.PARTNER),
                ids.OWNER: user(owner),
                ids.SHARED: ticked(),
                ids.CONTRACT_DATE: day(None),
            },
            f"for {owner}",
        )
        for owner in (SATO, TANAKA)
    ),
    _form(
        ids.NEW_CONTACT_FORM,
        Right.OWNER,
        "customer",
        "<id>",
        {ids.NAME: typed("新田"), ids.EMAIL: typed(""), ids.JOB_TITLE: typed("")},
    ),
    _form(ids.DELETE_CONTACT_FORM, Right.OWNER, "idle_contact", "<id>"),
    *(
        _form(
            ids.ERASE_FORM,
            Right.OWNER,
            about,
            "",
            {ids.ERASED: chosen(f"{kind}:<id>")},
            kind,
        )
        for about, kind in (("idle_contact", "contact"), ("referral", "referral"))
    ),
    _form(
        ids.OPEN_CUSTOMER_FORM,
        Right.OWNER,
        "customer",
        "",
        {ids.CUSTOMER: chosen("customer:<id>")},
        only_shows=True,
    ),
]
_ASKS = [
    _form(
        ids.ASK_FORM,
        Right.OWNER,
        "contact",
        "",
        {ids.CONTACT: chosen("contact:<id>")},
        only_shows=True,
    ),
    _form(
        ids.ASK_FORM,
        Right.OWNER,
        "customer",
        "",
        {ids.CONTACT: chosen("customer:<id>")},
        "by the customer",
        only_shows=True,
    ),
    _form(
        ids.CHOOSE_ASK_FORM,
        Right.OWNER,
        "contact",
        _CHOICE,
        {ids.OFFER: chosen("<offer>"), ids.TEMPLATE: chosen("<template>")},
        only_shows=True,
    ),
    _form(
        ids.OVERRIDE_ASK_FORM,
        Right.MANAGER,
        "idle_contact",
        _CHOICE,
        {ids.OVERRIDE_REASON: typed("社長同士の約束")},
        only_shows=True,
    ),
    _form(
        ids.SEND_OVERRIDDEN_ASK,
        Right.MANAGER,
        "contact",
        json.dumps({"choice": _CHOICE, "reason": "社長同士の約束"}),
    ),
    _form(
        ids.MAIL_FORM,
        Right.OWNER,
        "contact",
        json.dumps({"choice": _CHOICE, "to": "<email>"}),
        {ids.SUBJECT: typed("ご相談"), ids.BODY: typed("いつもありがとうございます。")},
    ),
]
_REFERRALS = [
    _form(
        ids.REFERRAL_FORM,
        Right.OWNER,
        "contact",
        "",
        {ids.CONTACT: chosen("contact:<id>"), ids.NEW_CONTACT: typed(""), **_COMPANY},
    ),
    _form(
        ids.KNOWN_REFERRAL_FORM,
        Right.OWNER,
        "contact",
        '{"contact_id": <id>, "company": "<idle_name>"}',
        {ids.DECISION: chosen("anyway"), ids.NEED: typed("")},
    ),
    _form(ids.EDIT_REFERRAL_FORM, Right.OWNER, "referral", "<id>", _COMPANY),
    _form(
        ids.CONSENT_FORM,
        Right.OWNER,
        "referral",
        "<id>",
        {
            ids.CONSENT: chosen(Consent.AGREED),
            ids.CONSENT_HOW: typed("電話"),
            ids.DAY: day(_TODAY),
        },
    ),
    _form(
        ids.BENEFIT_FORM,
        Right.OWNER,
        "referral",
        "<id>",
        {
            ids.OFFER: chosen("<offer>"),
            ids.BENEFIT_TITLE: typed("初回診断"),
            ids.BENEFIT_NOTE: typed(""),
            ids.VALID_UNTIL: day(_TODAY),
            ids.NAMING: chosen(NAMED),
            ids.NAMING_HOW: typed("電話"),
        },
    ),
    _form(ids.NEWS_FORM, Right.OWNER, "contacted", "<id>", {ids.NEWS: typed("見積を提出")}),
    _form(
        ids.WON_FORM,
        Right.OWNER,
        "met",
        "<id>",
        {ids.WHY: typed("実績"), ids.AMOUNT: typed("120万")},
    ),
    _form(ids.LOST_FORM, Right.OWNER, "contacted", "<id>", {ids.WHY: typed("予算")}),
    _form(
        ids.NOT_A_FIT_FORM,
        Right.OWNER,
        "contacted",
        "<id>",
        {ids.WHY: typed("規模"), ids.WOULD_FIT: typed("製造業")},
    ),
    _form(ids.CANCEL_REFERRAL_FORM, Right.OWNER, "contacted", "<id>"),
    _form(ids.REASSIGN_FORM, Right.OWNER, "referral", "<id>", {ids.OWNER: user(MORI)}),
    _form(ids.DELETE_REFERRAL_FORM, Right.OWNER, "referral", "<id>"),
    _form(ids.ERASE_PERSON_FORM, Right.OWNER, "referral", "<id>"),
]
_FOLLOW_UPS = [
    *(
        _form(
            ids.SNOOZE_FORM,
            Right.OWES,
            about,
            "<id>:alone:modal",
            {ids.SNOOZE_DAY: day("2026-11-25")},
            about,
        )
        for about in ("follow_up", "lent")
    ),
    *(
        _form(
            ids.HAND_OVER_FORM,
            Right.OWNER,
            about,
            "<id>:alone:modal",
            {ids.NEW_OWNER: user(MORI)},
            about,
        )
        for about in ("follow_up", "lent")
    ),
]
_PROGRAMME = [
    *(
        _form(
            ids.OFFER_FORM,
            Right.MANAGER,
            about,
            kept,
            {
                ids.OFFER_KIND: chosen(OfferKind.INFORMATION),
                ids.TITLE_JA: typed("勉強会"),
                ids.TITLE_EN: typed("Seminar"),
                ids.AUDIENCE: chosen(EVERYBODY),
                ids.VALID_UNTIL: day(None),
                ids.MONEY: ticked(),
            },
            about,
            blank_is_new=True,
        )
        for about, kept in (("offer", "<id>"), ("", ""))
    ),
    *(
        _form(
            ids.TEMPLATE_FORM,
            Right.MANAGER,
            about,
            kept,
            {
                **which,
                ids.SUBJECT: typed("ご紹介のお願い"),
                ids.BODY: typed("{kpi} {offer}"),
                ids.SHORT: typed("お願いします"),
            },
            about,
        )
        # Which template is edited is not asked for again.
        for about, kept, which in (
            ("template", "<id>", {}),
            ("", "", {ids.TEMPLATE_NAME: chosen("default"), ids.LANGUAGE: chosen("ja")}),
        )
    ),
    _form(
        ids.IDEAL_CUSTOMER_FORM,
        Right.MANAGER,
        "",
        "",
        {ids.IDEAL_CUSTOMER_JA: typed("見積が遅い会社"), ids.IDEAL_CUSTOMER_EN: typed("")},
    ),
    _form(ids.IMPORT_FORM, Right.MANAGER, "", "", {ids.IMPORT_FILE: file("F0FORGED")}),
    _form(
        ids.ROLE_FORM,
        Right.ADMIN,
        "",
        "",
        {ids.MEMBER: user(SATO), ids.ROLE: chosen("admin")},
        "oneself",
    ),
    _form(
        ids.SETTINGS_FORM,
        Right.ADMIN,
        "",
        "",
        {
            ids.CHANNEL: channel(CHANNEL),
            ids.LOCALE: chosen("en"),
            ids.TIMEZONE: chosen("Asia/Tokyo"),
            ids.COUNTRY: chosen("JP"),
            ids.CURRENCY: chosen("JPY"),
            ids.PROMISE: chosen(Promise.AT_LEAST_ONCE),
            **{name: typed(str(span.least)) for name, span in SPANS.items()},
            **{name: hour("09:00") for name in TIMES},
        },
    ),
]

FORMS = [*_RECORDS, *_ACCOUNTS, *_ASKS, *_REFERRALS, *_FOLLOW_UPS, *_PROGRAMME]
