// Inputs that hold a value: text, numbers, choices, dates, people, files.

import { h, uid } from "./dom.js";
import { fileInput } from "./files.js";
import { onEnter } from "./float.js";
import { plain, textNodes } from "./mrkdwn.js";
import { datePicker, timePicker } from "./pickers.js";
import { Combobox, externalSource, staticSource } from "./select.js";
import { isApp, nameOf, store } from "./store.js";
import { t } from "./texts.js";

const MIN_QUERY = 3;

const placeholderOf = (element, key) => (element.placeholder ? plain(element.placeholder) : t(key));
const TEXT_TYPES = { email_text_input: "email", url_text_input: "url", number_input: "text" };

/** plain_text_input, email_text_input, url_text_input, number_input. */
function textInput(element, block, scope, label) {
  const value = scope.start(block, element).value ?? "";
  const tag = element.multiline ? "textarea" : "input";
  const numeric = element.type === "number_input";
  const input = h(tag, {
    class: "text-input",
    type: tag === "input" ? TEXT_TYPES[element.type] ?? "text" : undefined,
    inputmode: numeric ? "decimal" : undefined,
    rows: element.multiline ? "4" : undefined,
    placeholder: element.placeholder ? plain(element.placeholder) : undefined,
    autocomplete: "off",
    value,
    ...label,
  });
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const current = () => ({ value: input.value === "" ? null : input.value });
  input.addEventListener("input", (event) => {
    const dispatch = block.dispatch_action === true && triggers.includes("on_character_entered");
    scope.change(block, element, current(), { dispatch: dispatch && !event.isComposing });
    counter?.update(input.value.length);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || (element.multiline && !event.ctrlKey && !event.metaKey)) return;
    onEnter(event, () => {
      if (block.dispatch_action === true && triggers.includes("on_enter_pressed")) {
        scope.change(block, element, current(), { dispatch: true });
      } else {
        input.closest("form")?.requestSubmit();
      }
    });
  });
  const counter = element.max_length ? lengthCounter(element.max_length, value.length) : null;
  return counter ? h("div", { class: "text-with-counter" }, input, counter.node) : input;
}

function lengthCounter(max, length) {
  const node = h("span", { class: "counter", "aria-hidden": "true" });
  const update = (count) => {
    node.textContent = max - count <= Math.max(20, max / 10) ? String(max - count) : "";
    node.classList.toggle("over", count > max);
  };
  update(length);
  return { node, update };
}

/** Selects whose options are objects: static and external, single and multiple. */
function optionSelect(element, block, scope, label) {
  const multiple = element.type.startsWith("multi_");
  const external = element.type.endsWith("external_select");
  const start = scope.start(block, element);
  const chosen = multiple ? start.selected_options : [start.selected_option].filter(Boolean);
  return new Combobox({
    source: external
      ? externalSource((query) => scope.options(block, element, query))
      : staticSource(element.options, element.option_groups),
    external,
    multiple,
    chosen,
    max: element.max_selected_items ?? Infinity,
    minLength: external ? element.min_query_length ?? MIN_QUERY : 0,
    placeholder: placeholderOf(element, external ? "search" : "choose"),
    clearable: block.optional === true,
    onChange: (options) =>
      scope.change(
        block,
        element,
        multiple ? { selected_options: options } : { selected_option: options[0] ?? null },
      ),
    ...comboLabel(label),
  }).node;
}

const comboLabel = (label) => ({ labelledBy: label["aria-labelledby"], label: label["aria-label"] });
const idOption = (id, text) => ({ text: { type: "plain_text", text, emoji: false }, value: id });

const ID_SELECTS = {
  users_select: ["selected_user", people],
  multi_users_select: ["selected_users", people],
  conversations_select: ["selected_conversation", channels],
  multi_conversations_select: ["selected_conversations", channels],
  channels_select: ["selected_channel", channels],
  multi_channels_select: ["selected_channels", channels],
};

function people() {
  return [...store.users.keys()].filter((id) => !isApp(id)).map((id) => idOption(id, nameOf(id)));
}

function channels() {
  const shared = [...store.channels.values()].filter((each) => !each.is_im);
  return shared.map((each) => idOption(each.id, `#${each.name}`));
}

/** Selects whose values are ids: users, conversations, channels. */
function idSelect(element, block, scope, label) {
  const [key, list] = ID_SELECTS[element.type];
  const multiple = element.type.startsWith("multi_");
  const start = scope.start(block, element)[key];
  const ids = multiple ? start : [start].filter(Boolean);
  const options = list();
  return new Combobox({
    source: staticSource(options),
    multiple,
    chosen: ids.map((id) => options.find((option) => option.value === id) ?? idOption(id, nameOf(id) ?? id)),
    max: element.max_selected_items ?? Infinity,
    placeholder: placeholderOf(element, "choose"),
    clearable: block.optional === true,
    onChange: (picked) => {
      const values = picked.map((option) => option.value);
      return scope.change(block, element, { [key]: multiple ? values : values[0] ?? null });
    },
    ...comboLabel(label),
  }).node;
}

function dateInput(element, block, scope, label) {
  return datePicker({
    value: scope.start(block, element).selected_date,
    placeholder: placeholderOf(element, "choose_date"),
    onChange: (day) => scope.change(block, element, { selected_date: day }),
    ...comboLabel(label),
  });
}

function timeInput(element, block, scope, label) {
  return timePicker({
    value: scope.start(block, element).selected_time,
    placeholder: placeholderOf(element, "choose_time"),
    onChange: (time) => scope.change(block, element, { selected_time: time }),
    ...comboLabel(label),
  });
}

/** Radio buttons and checkboxes. */
function choices(element, block, scope, label) {
  const multiple = element.type === "checkboxes";
  const start = scope.start(block, element);
  const first = multiple ? start.selected_options : [start.selected_option].filter(Boolean);
  const chosen = new Set(first.map((option) => option.value));
  const name = uid("choice");
  const boxes = element.options.map((option) => choice(option, multiple, name, chosen.has(option.value)));
  const picked = () => element.options.filter((_, index) => boxes[index].querySelector("input").checked);
  return h(
    "div",
    {
      class: "choices",
      role: multiple ? "group" : "radiogroup",
      ...label,
      onChange: () =>
        scope.change(
          block,
          element,
          multiple ? { selected_options: picked() } : { selected_option: picked()[0] ?? null },
        ),
    },
    boxes,
  );
}

function choice(option, multiple, name, checked) {
  return h(
    "label",
    { class: "choice" },
    h("input", { type: multiple ? "checkbox" : "radio", name, value: option.value, checked }),
    h(
      "span",
      {},
      textNodes(option.text),
      option.description && h("span", { class: "choice-detail" }, textNodes(option.description)),
    ),
  );
}

export const INPUTS = {
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: textInput,
  static_select: optionSelect,
  external_select: optionSelect,
  multi_static_select: optionSelect,
  multi_external_select: optionSelect,
  users_select: idSelect,
  multi_users_select: idSelect,
  conversations_select: idSelect,
  multi_conversations_select: idSelect,
  multi_channels_select: idSelect,
  channels_select: idSelect,
  datepicker: dateInput,
  timepicker: timeInput,
  radio_buttons: choices,
  checkboxes: choices,
  file_input: fileInput,
};
