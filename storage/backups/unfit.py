"""Why a backup or a restore was not done."""


class Unfit(Exception):
    """`code` is a text of the catalogue, `backup.<code>`, with its values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code} {values}")
        self.code = code
        self.values = values
