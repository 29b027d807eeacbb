// Things that float above the page: pop-ups at an anchor, menus, toasts.

import { composing, fill, h, icon, uid } from "./dom.js";
import { t } from "./texts.js";

const GAP = 4;
const EDGE = 8;

/**
 * Shows `node` at `anchor` (below it, above when there is no room). It lives in the anchor's
 * dialog, if there is one, because everything outside an open dialog is inert.
 * Returns a function that closes it; `onClose` is called once, however it is closed.
 */
export function float(anchor, node, { onClose, matchWidth = false, alignEnd = false } = {}) {
  const host = anchor.closest("dialog") ?? document.body;
  node.classList.add("float");
  host.append(node);
  let open = true;

  function place() {
    const box = anchor.getBoundingClientRect();
    node.style.maxHeight = "";
    if (matchWidth) node.style.width = `${box.width}px`;
    const below = innerHeight - box.bottom - GAP - EDGE;
    const above = box.top - GAP - EDGE;
    const size = node.getBoundingClientRect();
    const upwards = size.height > below && above > below;
    node.style.maxHeight = `${Math.max(120, upwards ? above : below)}px`;
    const height = Math.min(size.height, upwards ? above : below);
    node.style.top = `${upwards ? box.top - GAP - height : box.bottom + GAP}px`;
    const left = alignEnd ? box.right - size.width : box.left;
    node.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - size.width - EDGE))}px`;
  }

  function close() {
    if (!open) return;
    open = false;
    document.removeEventListener("pointerdown", outside, true);
    removeEventListener("resize", place);
    removeEventListener("scroll", place, true);
    resized.disconnect();
    node.remove();
    onClose?.();
  }

  function outside(event) {
    if (!node.contains(event.target) && !anchor.contains(event.target)) close();
  }

  const resized = new ResizeObserver(place);
  resized.observe(node);
  document.addEventListener("pointerdown", outside, true);
  addEventListener("resize", place);
  addEventListener("scroll", place, true);
  place();
  return close;
}

/**
 * A menu at a button. Items: { label, detail?, lead? (node), checked?, run() } or { heading }.
 * Arrow keys, Home, End, Enter and Esc work; the focus goes back to the button.
 */
export function openMenu(anchor, items, { label, alignEnd = false, radio = false } = {}) {
  const role = radio ? "menuitemradio" : "menuitem";
  const buttons = [];
  let first = null;
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label, id: uid("menu") });
  const close = float(anchor, menu, {
    alignEnd,
    onClose: () => anchor.setAttribute("aria-expanded", "false"),
  });
  const leave = () => {
    close();
    anchor.focus();
  };
  fill(
    menu,
    items.map((item) => {
      if (item.heading) return h("div", { class: "menu-heading", role: "presentation" }, item.heading);
      const checked = radio ? { "aria-checked": item.checked ? "true" : "false" } : {};
      const pick = () => {
        leave();
        item.run();
      };
      const button = h(
        "button",
        { type: "button", role, tabindex: "-1", class: "menu-item", ...checked, onClick: pick },
        item.lead,
        h(
          "span",
          { class: "menu-text" },
          h("span", { class: "menu-label" }, item.label),
          item.detail && h("span", { class: "menu-detail" }, item.detail),
        ),
        item.checked && icon("check", 16),
      );
      buttons.push(button);
      if (item.checked) first = button;
      return button;
    }),
  );
  anchor.setAttribute("aria-expanded", "true");
  menu.addEventListener("keydown", (event) => menuKey(event, buttons, leave));
  (first ?? buttons[0])?.focus();
  return close;
}

function menuKey(event, buttons, leave) {
  const at = buttons.indexOf(document.activeElement);
  const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 };
  if (event.key in moves) {
    event.preventDefault();
    buttons.at(moves[event.key] % buttons.length).focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    leave();
  }
}

const TOAST_MS = 6500;
const SAME_TOAST_MS = 3000;
let lastToast = { text: "", at: -Infinity };

/** A short notice at the bottom; the same one twice in a row is shown once. */
export function toast(text, kind = "error") {
  if (text === lastToast.text && performance.now() - lastToast.at < SAME_TOAST_MS) return;
  lastToast = { text, at: performance.now() };
  const shelf = document.getElementById("toasts");
  const dismiss = h("button", { type: "button", class: "icon-button", "aria-label": t("dismiss") }, icon("close", 16));
  const mark = kind === "error" ? icon("warning") : icon("check");
  const note = h("div", { class: `toast toast-${kind}` }, mark, h("span", {}, text), dismiss);
  dismiss.addEventListener("click", () => note.remove());
  shelf.append(note);
  // Raised again each time: a dialog opened meanwhile would lie above it.
  if (shelf.matches(":popover-open")) shelf.hidePopover();
  shelf.showPopover();
  setTimeout(() => {
    note.remove();
    if (!shelf.children.length && shelf.matches(":popover-open")) shelf.hidePopover();
  }, TOAST_MS);
}

/**
 * Slack's confirm dialog (the `confirm` object of an element). Resolves to true when confirmed.
 * `texts`: { title, text (nodes), confirm, deny, danger }.
 */
export function ask({ title, text, confirm, deny, danger }) {
  return new Promise((resolve) => {
    const heading = uid("ask");
    const body = uid("ask-text");
    const dialog = h("dialog", {
      class: "dialog dialog-ask",
      role: "alertdialog",
      "aria-labelledby": heading,
      "aria-describedby": body,
    });
    const finish = (result) => {
      dialog.close();
      dialog.remove();
      resolve(result);
    };
    const no = h("button", { type: "button", class: "btn", onClick: () => finish(false) }, deny);
    const yes = h(
      "button",
      { type: "button", class: `btn ${danger ? "btn-danger" : "btn-primary"}`, onClick: () => finish(true) },
      confirm,
    );
    dialog.append(
      h(
        "div",
        { class: "panel panel-ask" },
        h("h2", { id: heading }, title),
        h("div", { id: body, class: "ask-text" }, text),
        h("div", { class: "panel-buttons" }, no, yes),
      ),
    );
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      finish(false);
    });
    document.body.append(dialog);
    dialog.showModal();
    yes.focus();
  });
}

/** Runs `action` on Enter, but never on the Enter that ends an input method's composition. */
export function onEnter(event, action) {
  if (event.key !== "Enter" || composing(event)) return false;
  event.preventDefault();
  action();
  return true;
}
