// What Slack's client checks before it submits a modal: required fields, lengths, numbers, addresses.

import { t } from "./texts.js";

const VALUE_KEYS = [
  "value", "selected_option", "selected_options", "selected_user", "selected_users",
  "selected_conversation", "selected_channel", "selected_date", "selected_time", "files",
];

function isEmpty(state) {
  const value = VALUE_KEYS.map((key) => state[key]).find((each) => each !== undefined && each !== null);
  return value === undefined || value.length === 0 || (typeof value === "string" && !value.trim());
}

/** Error texts by block_id; an empty object when the view may be submitted. */
export function clientErrors(blocks, scope) {
  const errors = {};
  for (const block of blocks.filter((each) => each.type === "input")) {
    const problem = problemOf(block, scope.get(block, block.element));
    if (problem) errors[block.block_id] = problem;
  }
  return errors;
}

function problemOf(block, state) {
  if (isEmpty(state)) return block.optional ? null : t("required");
  const check = CHECKS[block.element.type];
  return check ? check(block.element, state.value) : null;
}

function textProblem(element, value) {
  if (element.min_length && value.length < element.min_length) return t("too_short", { n: element.min_length });
  if (element.max_length && value.length > element.max_length) return t("too_long", { n: element.max_length });
  return null;
}

function emailProblem(_, value) {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? null : t("bad_email");
}

function numberProblem(element, value) {
  const pattern = element.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!pattern.test(value)) return t("bad_number");
  const number = Number(value);
  if (element.min_value !== undefined && number < Number(element.min_value)) return t("number_min", { n: element.min_value });
  if (element.max_value !== undefined && number > Number(element.max_value)) return t("number_max", { n: element.max_value });
  return null;
}

const CHECKS = {
  plain_text_input: textProblem,
  email_text_input: emailProblem,
  number_input: numberProblem,
};
