// Block elements: buttons, overflow menus, pictures, and (through inputs.js) everything with a value.

import { h, icon, safeUrl } from "./dom.js";
import { openMenu } from "./float.js";
import { INPUTS } from "./inputs.js";
import { plain } from "./mrkdwn.js";
import { t } from "./texts.js";

/**
 * The node for `element` of `block`. `labelledBy` is the id of an input block's label.
 * Every node carries data-action-id, by which it is found again after an update.
 */
export function elementNode(element, block, scope, labelledBy) {
  const make = MAKERS[element.type] ?? INPUTS[element.type];
  if (!make) return h("span", { class: "unsupported" }, t("unsupported", { type: element.type }));
  const label = labelledBy ? { "aria-labelledby": labelledBy } : { "aria-label": nameOf(element) };
  const node = make(element, block, scope, label);
  if (!element.action_id) return node;
  const holder = h("div", { class: `el el-${element.type}`, dataset: { actionId: element.action_id } }, node);
  return holder;
}

function nameOf(element) {
  return element.accessibility_label ?? (element.placeholder ? plain(element.placeholder) : t("choose"));
}

const STYLES = { primary: " btn-primary", danger: " btn-danger" };

function button(element, block, scope) {
  const node = h(
    "button",
    {
      type: "button",
      class: `btn${STYLES[element.style] ?? ""}`,
      "aria-label": element.accessibility_label,
    },
    h("span", {}, plain(element.text)),
  );
  const payload = element.value === undefined ? {} : { value: element.value };
  node.addEventListener("click", async () => {
    if (node.classList.contains("busy")) return;
    openUrl(element.url);
    await scope.act(block, element, payload, () => {
      node.classList.add("busy");
      node.setAttribute("aria-busy", "true");
    });
    node.classList.remove("busy");
    node.removeAttribute("aria-busy");
  });
  return node;
}

/** Opens a button's address; a mail address goes to the mail client without an empty window. */
function openUrl(address) {
  const url = address && safeUrl(address);
  if (!url) return;
  if (/^https?:/i.test(url)) window.open(url, "_blank", "noopener");
  else h("a", { href: url }).click();
}

function overflow(element, block, scope) {
  const node = h(
    "button",
    {
      type: "button",
      class: "btn btn-icon",
      "aria-label": t("more_actions"),
      "aria-haspopup": "menu",
      "aria-expanded": "false",
    },
    icon("dots"),
  );
  node.addEventListener("click", () => {
    const items = element.options.map((option) => ({
      label: plain(option.text),
      detail: option.description && plain(option.description),
      run: () => {
        openUrl(option.url);
        scope.act(block, element, { selected_option: option });
      },
    }));
    openMenu(node, items, { label: t("more_actions"), alignEnd: true });
  });
  return node;
}

/** A picture; only the sandbox's own ones are loaded, the page makes no other requests. */
export function picture(element, kind) {
  const address = element.image_url ?? element.slack_file?.url;
  const url = address && new URL(address, location.href);
  if (url && (url.origin === location.origin || url.protocol === "data:")) {
    return h("img", { src: url.href, alt: element.alt_text, class: kind, loading: "lazy" });
  }
  return h(
    "span",
    { class: `${kind} image-blocked`, role: "img", "aria-label": element.alt_text, title: t("image_blocked") },
    icon("image", kind === "b-image" ? 28 : 16),
    kind === "b-image" && h("span", {}, element.alt_text),
  );
}

const MAKERS = { button, overflow, image: (element) => picture(element, "accessory-image") };
