// The bar at the top: the workspace, the sandbox's clock, and who is acting.

import { post, RequestFailed } from "./api.js";
import { fill, h, icon } from "./dom.js";
import { openMenu, toast } from "./float.js";
import { avatar, whereabouts } from "./people.js";
import { now, setClock, store } from "./store.js";
import { t } from "./texts.js";
import { clockLabel, fullLabel } from "./time.js";

const JUMPS = ["one_hour", "next_morning", "next_monday"];
const TICK_MS = 1000;

let jumping = false;
let arrived = 0;
let clockText = null;

/** Counts a message that came in, if the clock is moving. */
export function countArrival() {
  if (jumping) arrived += 1;
}

/** Draws the bar; `switchTo(userId)` and `toggleSidebar()` are called from its buttons. */
export function paintTopbar(node, { switchTo, toggleSidebar }) {
  clockText = h("time", { class: "clock-time" });
  fill(
    node,
    h(
      "button",
      { type: "button", class: "icon-button side-toggle", "aria-label": t("open_sidebar"), onClick: toggleSidebar },
      icon("menu", 20),
    ),
    h(
      "div",
      { class: "workspace" },
      h("strong", {}, store.workspace.name),
      h("span", { class: "sandbox-badge", title: t("sandbox_note") }, t("sandbox")),
      connection(),
    ),
    clock(),
    switcher(switchTo),
  );
  tick();
}

function connection() {
  const text = t(store.connected ? "bot_online" : "bot_offline", { bot: store.bot.name });
  return h("span", { class: `dot${store.connected ? " on" : ""}`, role: "img", "aria-label": text, title: text });
}

function clock() {
  const buttons = JUMPS.map((to) => {
    return h(
      "button",
      {
        type: "button",
        class: "jump",
        "aria-label": t("jump_to", { to: t(to) }),
        disabled: jumping,
        dataset: { to },
        onClick: () => jump(to),
      },
      h("span", { class: "long" }, t(to)),
      h("span", { class: "short" }, t(`${to}_short`)),
    );
  });
  return h(
    "div",
    {
      class: `clock${jumping ? " jumping" : ""}`,
      role: "group",
      "aria-label": t("clock"),
      "aria-busy": jumping ? "true" : undefined,
    },
    icon("clock", 16),
    clockText,
    store.canJump && h("span", { class: "jumps" }, buttons),
    h("span", { class: "clock-progress", role: "status" }, jumping && t("jumping")),
  );
}

function repaintClock() {
  document.querySelector(".clock").replaceWith(clock());
  tick();
}

/** Shows the sandbox's time; called by the second. */
export function tick() {
  if (!clockText || !store.me) return;
  const seconds = now();
  const label = clockLabel(seconds);
  if (clockText.textContent === label) return;
  clockText.textContent = label;
  clockText.title = fullLabel(seconds);
}

setInterval(tick, TICK_MS);

async function jump(to) {
  jumping = true;
  arrived = 0;
  repaintClock();
  try {
    const answer = await post("/ui/clock", { user: store.me.id, to });
    setClock(answer.now);
    const values = { now: clockLabel(answer.now), n: arrived };
    toast(answer.notice || t(arrived ? "jumped_new" : "jumped", values), "done");
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
    toast(error.message);
  } finally {
    jumping = false;
    repaintClock();
    // A disabled button lost the focus; nobody who has moved on meanwhile is called back.
    if (document.activeElement === document.body) document.querySelector(`.jump[data-to="${to}"]`)?.focus();
  }
}

function switcher(switchTo) {
  const me = store.me;
  const button = h(
    "button",
    {
      type: "button",
      class: "switcher",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": t("acting_as", { name: me.real_name, ...whereabouts(me) }),
      title: t("switch_user"),
    },
    avatar(me.id, "small"),
    h(
      "span",
      { class: "switcher-text" },
      h("span", { class: "switcher-label" }, t("act_as")),
      h("span", { class: "switcher-name" }, me.real_name, h("span", { class: "switcher-where" }, whereText(me))),
    ),
    icon("down", 16),
  );
  button.addEventListener("click", () => {
    const people = [...store.users.values()].filter((user) => !user.is_bot && !user.deleted);
    const items = people.map((user) => ({
      label: user.real_name,
      detail: [user.title, whereText(user)].filter(Boolean).join(" · "),
      lead: avatar(user.id, "small"),
      checked: user.id === me.id,
      run: () => switchTo(user.id),
    }));
    const label = t("switch_user");
    openMenu(button, [{ heading: label }, ...items], { label, alignEnd: true, radio: true });
  });
  return button;
}

function whereText(user) {
  const { city, lang } = whereabouts(user);
  return `${city} · ${lang}`;
}
