"""What the models say on the wire is what their own, slower way of saying it is."""

import pytest
from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import (
    CheckboxesElement,
    ConfirmObject,
    DatePickerElement,
    ExternalDataSelectElement,
    InputBlock,
    MarkdownTextObject,
    Option,
    OptionGroup,
    OverflowMenuElement,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    RichTextBlock,
    RichTextElementParts,
    RichTextPreformattedElement,
    RichTextSectionElement,
    SectionBlock,
    StaticSelectElement,
    UserSelectElement,
)

from bot.texts.voice import Markup
from bot.views.as_json import as_json
from bot.views.blocks import actions, button, context, destroying, divider, header, option

OPTIONS = [option("9", 9), option("10", 10)]
PLAIN = PlainTextObject(text="山田製作所", emoji=True)

MODELS: dict[str, JsonObject] = {
    "a text": PLAIN,
    "a text with markup": MarkdownTextObject(text="*山田*", verbatim=False),
    "an option": Option(value="1", text=PLAIN, description=PLAIN),
    "options in a group": OptionGroup(label=PLAIN, options=OPTIONS),
    "a question before": ConfirmObject(
        title="Delete?", text="It is gone.", confirm="Delete", deny="Keep", style="danger"
    ),
    "a button": button("Correct", "nps.correct", 7, style="primary"),
    "a button with an address": button("Open", "open", url="https://goen.example"),
    "buttons in a row": actions(
        button("Correct", "nps.correct", 7),
        destroying("Delete", "nps.delete", 7, title="Delete?", text="Gone", keep="Keep"),
        OverflowMenuElement(action_id="more", options=OPTIONS),
    ),
    "a line": divider(),
    "a heading": header("今日"),
    "small print": context(Markup("a"), Markup("b")),
    "a section with a choice": SectionBlock(
        text=PLAIN, accessory=StaticSelectElement(action_id="score", options=OPTIONS)
    ),
    "a section of fields": SectionBlock(fields=[MarkdownTextObject(text="*a*"), PLAIN]),
    "a field": InputBlock(
        label=PLAIN,
        hint=PLAIN,
        optional=True,
        element=PlainTextInputElement(action_id="note", multiline=True, max_length=300),
    ),
    "a choice that is made": InputBlock(
        label=PLAIN,
        element=StaticSelectElement(
            action_id="score", options=OPTIONS, initial_option=OPTIONS[0], placeholder=PLAIN
        ),
    ),
    "a search": InputBlock(
        label=PLAIN,
        element=ExternalDataSelectElement(action_id="find", min_query_length=0),
    ),
    "a person": InputBlock(label=PLAIN, element=UserSelectElement(action_id="who")),
    "a day": InputBlock(
        label=PLAIN, element=DatePickerElement(action_id="on", initial_date="2026-11-16")
    ),
    "ticks": InputBlock(
        label=PLAIN,
        element=CheckboxesElement(action_id="ticks", options=OPTIONS, initial_options=OPTIONS[:1]),
    ),
    "one of few": InputBlock(
        label=PLAIN, element=RadioButtonsElement(action_id="one", options=OPTIONS)
    ),
    "a letter to copy": RichTextBlock(
        elements=[
            RichTextPreformattedElement(elements=[RichTextElementParts.Text(text="拝啓")]),
            RichTextSectionElement(elements=[]),
        ]
    ),
}


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_a_model_is_spelled_as_it_would_spell_itself(model: JsonObject) -> None:
    assert as_json(model) == model.to_dict()
