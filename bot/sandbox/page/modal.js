// The modal stack: one dialog that shows the view on top.

import { post, RequestFailed } from "./api.js";
import { blockNodes, showErrors } from "./blocks.js";
import { composing, fill, h, icon, uid } from "./dom.js";
import { toast } from "./float.js";
import { plain } from "./mrkdwn.js";
import { remembered, Scope } from "./scope.js";
import { store } from "./store.js";
import { t } from "./texts.js";

/** The sandbox no longer knows the view: it was closed elsewhere. */
const GONE = 404;

let dialog = null;
let form = null;
let opener = null;
let top = null;
let scope = null;
/** The values typed so far, by view id, for as long as the view is in the stack. */
const memories = new Map();

/** Takes over the whole modal stack of the acting person; an empty one closes the dialog. */
export function showStack(stack) {
  const ids = new Set(stack.map((view) => view.id));
  for (const id of memories.keys()) if (!ids.has(id)) memories.delete(id);
  if (!stack.length) return closeDialog();
  const view = stack.at(-1);
  if (JSON.stringify(view) === JSON.stringify(top)) return undefined;
  const sameView = top?.id === view.id;
  top = view;
  if (!dialog) openDialog();
  render(view, sameView);
  return undefined;
}

function openDialog() {
  opener = document.activeElement;
  dialog = h("dialog", { class: "dialog dialog-modal" });
  // Not the dialog's own Esc: the browser lets a second one close it behind our back.
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || composing(event)) return;
    event.preventDefault();
    leave(false);
  });
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  document.body.append(dialog);
  dialog.showModal();
}

function closeDialog() {
  if (!dialog) return;
  dialog.close();
  dialog.remove();
  dialog = null;
  top = null;
  const back = opener?.isConnected && opener !== document.body;
  const next = back ? opener : document.querySelector(".composer-input");
  next?.focus({ preventScroll: true });
}

function render(view, sameView) {
  const focused = sameView ? focusedField() : null;
  const scrolled = sameView ? form.querySelector(".panel-body").scrollTop : 0;
  if (!memories.has(view.id)) memories.set(view.id, remembered(view.state.values));
  scope = new Scope("modal", { type: "view", view_id: view.id }, memories.get(view.id));
  const title = uid("modal-title");
  dialog.setAttribute("aria-labelledby", title);
  const blocks = blockNodes(view.blocks, scope);
  form = h(
    "form",
    { class: "panel panel-modal", novalidate: true, onSubmit: submit, dataset: { viewId: view.id } },
    h(
      "header",
      { class: "panel-head" },
      h("span", { class: "avatar avatar-app avatar-small", "aria-hidden": "true" }, "縁"),
      h("h2", { id: title }, plain(view.title)),
      h(
        "button",
        { type: "button", class: "icon-button", "aria-label": t("back_all"), onClick: () => leave(true) },
        icon("close", 20),
      ),
    ),
    h("div", { class: "panel-body", tabindex: "-1" }, blocks),
    foot(view),
  );
  fill(dialog, form);
  form.querySelector(".panel-body").scrollTop = scrolled;
  focusFirst(view, focused);
}

function foot(view) {
  const close = view.close ? plain(view.close) : t(view.submit ? "cancel" : "close");
  return h(
    "footer",
    { class: "panel-foot" },
    h("button", { type: "button", class: "btn", onClick: () => leave(false) }, close),
    view.submit && h("button", { type: "submit", class: "btn btn-primary" }, h("span", {}, plain(view.submit))),
  );
}

function focusedField() {
  const active = document.activeElement;
  const block = active?.closest("[data-block-id]")?.dataset.blockId;
  const action = active?.closest("[data-action-id]")?.dataset.actionId;
  return block && action ? { block, action, start: active.selectionStart, end: active.selectionEnd } : null;
}

function fieldOf(block, action) {
  const holder = form.querySelector(
    `[data-block-id="${CSS.escape(block)}"] [data-action-id="${CSS.escape(action)}"]`,
  );
  return holder?.querySelector("input, textarea, button") ?? null;
}

function focusFirst(view, focused) {
  const kept = focused && fieldOf(focused.block, focused.action);
  if (kept) {
    kept.focus();
    if (focused.start !== null && kept.setSelectionRange) kept.setSelectionRange(focused.start, focused.end);
    return;
  }
  const asked = view.blocks.find((block) => block.element?.focus_on_load);
  const first = asked
    ? fieldOf(asked.block_id, asked.element.action_id)
    : form.querySelector(".b-input input, .b-input textarea, .b-input button");
  (first ?? form.querySelector("[type=submit], .panel-foot button")).focus();
}

async function submit(event) {
  event.preventDefault();
  const view = top;
  if (form.getAttribute("aria-busy") === "true") return;
  showErrors(form, {});
  await busily(async () => {
    const answer = await post("/ui/submit", { user: store.me.id, view_id: view.id, state: scope.state() });
    if (answer.ok) return;
    if (answer.errors) showErrors(form, answer.errors);
    if (answer.notice) toast(answer.notice);
  });
}

/** Closes the view on top, or the whole stack. */
async function leave(everything) {
  const view = top;
  const cleared = everything || view.clear_on_close === true;
  await busily(() => post("/ui/close", { user: store.me.id, view_id: view.id, is_cleared: cleared }));
}

async function busily(work) {
  const mine = form;
  mine.setAttribute("aria-busy", "true");
  try {
    await work();
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
    if (error.status === GONE) closeDialog();
    else toast(error.message);
  } finally {
    mine.removeAttribute("aria-busy");
  }
}
