"""What a button of a prepared ask carries: ids of records, each of which is checked again."""

from dataclasses import dataclass

from bot.views.values import id_in


@dataclass(frozen=True)
class AskChoice:
    """An ask that is prepared and not sent: whom, and the result, offer and template in it.

    None is for what is left to the rules, and for what a manager set aside.
    """

    contact_id: int
    result_id: int | None = None
    offer_id: int | None = None
    template_id: int | None = None

    def __str__(self) -> str:
        parts = (self.contact_id, self.result_id, self.offer_id, self.template_id)
        return ":".join(str(part or 0) for part in parts)


def read_choice(value: str) -> AskChoice | None:
    """The choice of a button's value, which may be a contact's id alone; None if it is not one."""
    contact_id, *others = (id_in(part) for part in value.split(":"))
    if contact_id is None or None in others or len(others) not in (0, 3):
        return None
    return AskChoice(contact_id, *(other or None for other in others))
