"""What has happened in the sample workspace before somebody opens the page: data, told in days ago.

株式会社山田製作所 has no history on purpose: the README's two minutes begin with it.
"""

from dataclasses import dataclass
from decimal import Decimal

from bot.playbook.terms import (
    AskAnswer,
    Consent,
    Credit,
    FollowUpKind,
    MomentKind,
    Stage,
    VoiceKind,
    VoiceUse,
)


@dataclass(frozen=True)
class Score:
    """An NPS answer of a customer's first contact."""

    customer: str
    score: int
    days_ago: float
    comment: str = ""


@dataclass(frozen=True)
class Result:
    """A KPI before and after, as a rep types it."""

    customer: str
    kpi: str
    before: str
    after: str
    days_ago: float


@dataclass(frozen=True)
class Moment:
    """Something that makes asking natural."""

    customer: str
    kind: MomentKind
    days_ago: float
    note: str = ""


@dataclass(frozen=True)
class Settled:
    """A follow-up of a customer's first contact, or of the customer, that somebody has done."""

    customer: str
    kind: FollowUpKind
    days_ago: float


@dataclass(frozen=True)
class Complaint:
    """A contact complains, and nobody asks them for anything until that is solved."""

    customer: str
    days_ago: float


@dataclass(frozen=True)
class Ask:
    """An ask that was sent, and its answer if there is one."""

    customer: str
    days_ago: float
    answer: AskAnswer | None = None
    answered_days_ago: float = 0


@dataclass(frozen=True)
class Step:
    """One move of a referral: to a stage, with its reason, or a follow-up that was ticked off."""

    days_ago: float
    to: Stage | FollowUpKind
    why: str = ""
    who_would_fit: str = ""
    amount: Decimal | None = None


@dataclass(frozen=True)
class Referral:
    """A referral from its receipt to where it stands today."""

    referrer: str
    company: str
    person: str
    need: str
    days_ago: float
    consent: Consent = Consent.AGREED
    steps: tuple[Step, ...] = ()
    benefit: str = ""
    """What the referred person is given, in the name of the referrer."""


@dataclass(frozen=True)
class Words:
    """What a customer's first contact says in their own words, on their page."""

    customer: str
    kind: VoiceKind
    said: str
    days_ago: float
    hesitation: str = ""
    credit: Credit = Credit.PERSON
    public: tuple[VoiceUse, ...] = ()


Event = Score | Result | Moment | Complaint | Settled | Ask | Referral | Words

_F = FollowUpKind

SCORES = (
    Score("髙﨑精工株式会社", 10, 20, "担当が変わっても説明が丁寧です"),
    Score("みなと物流株式会社", 9, 16, "対応が早い"),
    Score("株式会社あおば会計", 9, 45),
    Score("株式会社北斗建設", 6, 2.2, "請求書の出し方がわかりにくい"),
    Score("すみれ薬品株式会社", 8, 11, "導入してよかった"),
    Score("東雲電子工業株式会社", 9, 31),
    Score("株式会社つばめ印刷", 7, 24),
    Score("株式会社桜井フーズ", 9, 9, "現場の評判がとてもよい"),
    Score("株式会社ひばり人材", 8, 40),
    Score("関東ねじ工業会", 9, 26, "会員にも勧めたい"),
    Score("株式会社鶴見計装", 10, 12, "トラブル時の対応に感謝"),
    Score("白樺リフォーム株式会社", 8, 18),
    Score("株式会社みどり情報サービス", 9, 33),
    Score("株式会社宝来商事", 4, 3, "約束の日に連絡がなかった"),
    Score("信濃ロジテック株式会社", 9, 7, "出荷が安定した"),
    Score("大和田歯科グループ", 9, 22),
    Score("ほたるエナジー株式会社", 8, 28),
    Score("株式会社ノースリンク", 9, 14),
    Score("中小製造DX研究会", 10, 19, "次回の勉強会でも紹介したい"),
    Score("Bramble & Finch Ltd", 10, 15, "The team is a joy to work with"),
    Score("Calder Robotics Ltd", 9, 10),
    Score("Northgate Logistics plc", 9, 21, "Saved our spring planning"),
    Score("Hazelmere Foods Ltd", 5, 2, "Support took too long last month"),
    Score("Marlow Clinics Group", 8, 30),
    Score("Kestrel Insurance Brokers", 7, 17),
    Score("Thames Makers Network", 9, 8),
    Score("Fairweather Partners", 9, 25),
)

RESULTS = (
    Result("髙﨑精工株式会社", "見積提出までの日数", "3.5日", "1.2日", 14),
    Result("みなと物流株式会社", "配車計画の作成時間", "90分", "35分", 6),
    Result("株式会社あおば会計", "月次決算の日数", "12日", "7日", 34),
    Result("すみれ薬品株式会社", "問い合わせの一次回答時間", "5.0h", "1.5h", 2),
    Result("東雲電子工業株式会社", "不良の再発件数", "24件", "9件", 27),
    Result("株式会社桜井フーズ", "発注ミス", "31件", "8件", 4),
    Result("関東ねじ工業会", "会員からの相談対応時間", "3日", "1日", 22),
    Result("株式会社鶴見計装", "点検報告書の作成時間", "2.5h", "1.0h", 5),
    Result("白樺リフォーム株式会社", "見積から契約までの日数", "21日", "14日", 13),
    Result("株式会社みどり情報サービス", "月あたりの商談件数", "11件", "17件", 29),
    Result("信濃ロジテック株式会社", "誤出荷", "18件", "5件", 3),
    Result("大和田歯科グループ", "予約の無断キャンセル率", "9.0%", "4.1%", 18),
    Result("株式会社ノースリンク", "共同提案の受注率", "18%", "27%", 10),
    Result("Bramble & Finch Ltd", "Order processing time", "6.5h", "2.0h", 12),
    Result("Calder Robotics Ltd", "Quote turnaround", "5d", "2d", 3),
    Result("Northgate Logistics plc", "Late deliveries", "23%", "14%", 16),
    Result("Marlow Clinics Group", "No-show rate", "11%", "6%", 26),
    Result("Thames Makers Network", "Workshop sign-ups", "40", "66", 5),
)

MOMENTS = (
    Moment("みなと物流株式会社", MomentKind.THANKS, 1, "「おかげで残業がほぼなくなりました」"),
    Moment("株式会社桜井フーズ", MomentKind.UPSELL, 2, "2工場目へ展開"),
    Moment("株式会社鶴見計装", MomentKind.RENEWAL, 6),
    Moment("Calder Robotics Ltd", MomentKind.THANKS, 1, "“Best supplier call we had all year.”"),
    Moment("Bramble & Finch Ltd", MomentKind.UPSELL, 9, "Added the returns module"),
)

ASKS = (
    Ask("髙﨑精工株式会社", 13, AskAnswer.REFERRED, 11),
    Ask("株式会社あおば会計", 38, AskAnswer.LATER, 30),
    Ask("東雲電子工業株式会社", 14.2),
    Ask("大和田歯科グループ", 16, AskAnswer.DECLINED, 12),
    Ask("Bramble & Finch Ltd", 11, AskAnswer.REFERRED, 8),
    Ask("Northgate Logistics plc", 13),
)

REFERRALS = (
    Referral(
        "髙﨑精工株式会社",
        "株式会社雪平金属",
        "大橋 進",
        "見積に時間がかかり、若手に任せられない",
        11,
        steps=(
            Step(10.8, _F.THANKS_REFERRAL),
            Step(10.5, Stage.CONTACTED),
            Step(7, _F.PROGRESS_UPDATE),
            Step(4, Stage.MEETING),
            Step(3.8, _F.THANKS_MEETING),
        ),
    ),
    Referral(
        "中小製造DX研究会",
        "有限会社小春精密",
        "春日 実",
        "現場の記録を紙からなくしたい",
        17,
        steps=(
            Step(16.8, _F.THANKS_REFERRAL),
            Step(16.4, Stage.CONTACTED),
            Step(16, _F.PROGRESS_UPDATE),
            Step(12, Stage.MEETING),
            Step(11.7, _F.THANKS_MEETING),
            Step(2, Stage.WON, "現場で使えるまで伴走したこと", amount=Decimal(1_800_000)),
            Step(1.8, _F.THANKS_WIN),
        ),
    ),
    Referral(
        "株式会社鶴見計装",
        "株式会社みさき設備",
        "岬 陽子",
        "点検報告の作成を楽にしたい",
        0.1,
        benefit="点検報告の見直し相談（60分）を無料で",
    ),
    Referral(
        "株式会社ノースリンク",
        "ライラック観光株式会社",
        "香川 弘",
        "予約と在庫の二重管理をやめたい",
        6,
        steps=(
            Step(5.9, _F.THANKS_REFERRAL),
            Step(5.6, Stage.CONTACTED),
            Step(5, _F.PROGRESS_UPDATE),
        ),
    ),
    Referral(
        "みなと物流株式会社",
        "株式会社あけぼの倉庫",
        "",
        "同じ倉庫団地の会社。配車で困っているらしい",
        0.8,
        consent=Consent.UNKNOWN,
    ),
    Referral(
        "株式会社みどり情報サービス",
        "株式会社もみじ製菓",
        "椛島 亜紀",
        "小売向けの受発注",
        23,
        steps=(
            Step(22.7, _F.THANKS_REFERRAL),
            Step(22.5, Stage.CONTACTED),
            Step(
                20,
                Stage.NOT_A_FIT,
                "従業員10名未満で、費用に見合う効果が出にくい",
                who_would_fit="複数の拠点で受発注を行う会社",
            ),
            Step(19.6, _F.NOT_A_FIT_NEWS),
        ),
    ),
    Referral(
        "Bramble & Finch Ltd",
        "Otterbourne Textiles Ltd",
        "Grace Holloway",
        "Orders are still re-keyed by hand",
        8,
        steps=(
            Step(7.8, _F.THANKS_REFERRAL),
            Step(7.5, Stage.CONTACTED),
            Step(7.2, _F.PROGRESS_UPDATE),
            Step(1, Stage.MEETING),
        ),
    ),
    Referral(
        "Northgate Logistics plc",
        "Pennine Cold Chain",
        "Marcus Webb",
        "Route planning across three depots",
        28,
        steps=(
            Step(27.8, _F.THANKS_REFERRAL),
            Step(27.5, Stage.CONTACTED),
            Step(27.1, _F.PROGRESS_UPDATE),
            Step(21, Stage.MEETING),
            Step(20.6, _F.THANKS_MEETING),
            Step(14, _F.PROGRESS_UPDATE),
            Step(7, _F.PROGRESS_UPDATE),
            Step(1, Stage.LOST, "Chose to build it in-house"),
        ),
    ),
    Referral(
        "Fairweather Partners",
        "Juniper & Vale",
        "Hannah Vale",
        "Wants one view of all customer projects",
        0.6,
    ),
)

SETTLED = (
    Settled("株式会社つばめ印刷", FollowUpKind.REPAIR_PLAN, 21),
    Settled("Kestrel Insurance Brokers", FollowUpKind.REPAIR_PLAN, 14.5),
)

COMPLAINTS = (Complaint("株式会社宝来商事", 3),)

WORDS = (
    Words(
        "髙﨑精工株式会社",
        VoiceKind.TESTIMONIAL,
        "見積が翌日には出せるようになり、若手にも任せられるようになりました。\n"
        "お客様から「早いね」と言われるのが、いちばんうれしいです。",
        9,
        public=(VoiceUse.WEBSITE, VoiceUse.CASE_STUDY),
    ),
    Words(
        "株式会社桜井フーズ",
        VoiceKind.TESTIMONIAL,
        "発注ミスが減り、現場の空気が変わりました。",
        0.15,
        credit=Credit.COMPANY,
        public=(VoiceUse.WEBSITE,),
    ),
    Words(
        "信濃ロジテック株式会社",
        VoiceKind.WHY,
        "こちらの倉庫を見てから提案してくれたのは、御社だけでした。",
        5,
        hesitation="繁忙期までに間に合うか",
    ),
    Words(
        "Calder Robotics Ltd",
        VoiceKind.TESTIMONIAL,
        "Quotes that took a week now leave the same day.",
        0.2,
        public=(VoiceUse.WEBSITE,),
    ),
)

EVENTS: tuple[Event, ...] = (
    *SCORES,
    *RESULTS,
    *MOMENTS,
    *COMPLAINTS,
    *SETTLED,
    *ASKS,
    *REFERRALS,
    *WORDS,
)
"""Everything, in no order: `history` plays it by time."""
