"""The sample workspace of the demo: a sales team in two languages and two time zones."""

from bot.sandbox import Channel, User, Workspace

TEAM_ID = "T0HARUKAZE"
CHANNEL_ID = "C0GOEN"
SATO, TANAKA, EMMA, MORI, GUEST = "U0SATO", "U0TANAKA", "U0EMMA", "U0MORI", "U0GUEST"

_USERS = (
    User(
        SATO,
        "sato",
        "佐藤 美咲",
        "sato@harukaze.example",
        locale="ja-JP",
        tz="Asia/Tokyo",
        title="営業",
        avatar_color="#c2553d",
    ),
    User(
        EMMA,
        "emma",
        "Emma Clarke",
        "emma@harukaze.example",
        locale="en-US",
        tz="Europe/London",
        title="Account executive",
        avatar_color="#3d7ac2",
    ),
    User(
        TANAKA,
        "tanaka",
        "田中 翔",
        "tanaka@harukaze.example",
        locale="ja-JP",
        tz="Asia/Tokyo",
        title="営業",
        avatar_color="#4c8a55",
    ),
    User(
        MORI,
        "mori",
        "森 由紀",
        "mori@harukaze.example",
        locale="ja-JP",
        tz="Asia/Tokyo",
        title="営業マネージャー",
        avatar_color="#7d5ba6",
    ),
    User(
        GUEST,
        "guest",
        "Alex Reed（ゲスト）",
        "alex@agency.example",
        locale="en-US",
        tz="Europe/London",
        title="Guest",
        is_restricted=True,
        avatar_color="#8a8a8a",
    ),
)


def workspace() -> Workspace:
    """Three reps, their manager, and a guest who shows how Goen refuses kindly."""
    return Workspace(
        TEAM_ID,
        "株式会社ハルカゼ",
        "harukaze",
        _USERS,
        (
            Channel(
                CHANNEL_ID,
                "ご縁-referrals",
                tuple(user.id for user in _USERS),
                topic="紹介プログラム / Referral programme",
            ),
            Channel("C0GENERAL", "general", tuple(user.id for user in _USERS)),
        ),
    )
