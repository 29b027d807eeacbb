// Block Kit blocks as DOM nodes.

import { fill, h, icon, uid } from "./dom.js";
import { elementNode, picture } from "./elements.js";
import { plain, textNodes } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { t } from "./texts.js";

/** The nodes of a list of blocks; `scope` takes their actions and values. */
export function blockNodes(blocks, scope) {
  return blocks.map((block) => {
    const make = MAKERS[block.type];
    const node = make
      ? make(block, scope)
      : h("div", { class: "unsupported" }, t("unsupported", { type: block.type }));
    if (block.block_id) node.dataset.blockId = block.block_id;
    node.classList.add("b");
    return node;
  });
}

function textBox(object) {
  return h("div", { class: "b-text" }, textNodes(object));
}

function section(block, scope) {
  const accessory = block.accessory && elementNode(block.accessory, block, scope);
  const main = h(
    "div",
    { class: "b-main" },
    block.text && textBox(block.text),
    block.fields && h("div", { class: "b-fields" }, block.fields.map(textBox)),
  );
  return h("div", { class: "b-section" }, main, accessory && h("div", { class: "b-accessory" }, accessory));
}

function context(block) {
  return h(
    "div",
    { class: "b-context" },
    block.elements.map((element) =>
      element.type === "image"
        ? picture(element, "context-image")
        : h("span", { class: "b-text" }, textNodes(element)),
    ),
  );
}

function image(block) {
  return h(
    "figure",
    { class: "b-figure" },
    block.title && h("figcaption", {}, plain(block.title)),
    picture(block, "b-image"),
  );
}

function input(block, scope) {
  const id = uid("label");
  const label = h(
    "div",
    { class: "b-label", id },
    plain(block.label),
    block.optional && h("span", { class: "b-optional" }, ` ${t("optional")}`),
  );
  const control = elementNode(block.element, block, scope, id);
  const hint = block.hint && h("div", { class: "b-hint", id: uid("hint") }, plain(block.hint));
  const focusable = control.querySelector("input, textarea, button");
  if (hint) focusable?.setAttribute("aria-describedby", hint.id);
  if (!block.optional) focusable?.setAttribute("aria-required", "true");
  label.addEventListener("click", () => focusable?.focus());
  const error = h("div", { class: "b-error", role: "alert" });
  return h("div", { class: "b-input" }, label, control, hint, error);
}

const MAKERS = {
  section,
  context,
  image,
  input,
  header: (block) => h("h3", { class: "b-header" }, plain(block.text)),
  divider: () => h("hr", { class: "b-divider" }),
  actions: (block, scope) =>
    h("div", { class: "b-actions" }, block.elements.map((element) => elementNode(element, block, scope))),
  rich_text: (block) => h("div", {}, richText(block)),
};

/** Shows (or with an empty object clears) error texts by block_id beneath their inputs. */
export function showErrors(root, errors) {
  for (const node of root.querySelectorAll(".b-input")) {
    const text = errors[node.dataset.blockId];
    const place = node.querySelector(".b-error");
    const control = node.querySelector("input, textarea, button");
    node.classList.toggle("invalid", Boolean(text));
    fill(place, text && [icon("warning", 14), h("span", {}, text)]);
    if (text) control?.setAttribute("aria-invalid", "true");
    else control?.removeAttribute("aria-invalid");
  }
  const first = root.querySelector(".b-input.invalid");
  first?.scrollIntoView({ block: "center" });
  first?.querySelector("input, textarea, button")?.focus();
}
