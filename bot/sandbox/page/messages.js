// The list of messages of a channel, in the acting person's time zone.

import { blockNodes } from "./blocks.js";
import { h, icon, reconcile } from "./dom.js";
import { openMenu } from "./float.js";
import { mrkdwn } from "./mrkdwn.js";
import { avatar } from "./people.js";
import { Scope } from "./scope.js";
import { isApp, nameOf, store } from "./store.js";
import { t } from "./texts.js";
import { dayOf, dividerLabel, fullLabel, timeLabel } from "./time.js";

const GROUP_SECONDS = 300;
const NEAR_END_PX = 120;

const byTime = (a, b) => Number(a.ts) - Number(b.ts);

export class MessageList {
  /** `runShortcut(shortcut, message)` is called from a message's menu; `intro()` heads the list. */
  constructor({ runShortcut, intro }) {
    this.runShortcut = runShortcut;
    this.intro = intro;
    this.channel = null;
    this.messages = [];
    this.dividers = new Map();
    this.log = h("div", { class: "log", role: "log", "aria-live": "polite" });
    this.node = h("div", { class: "scroll", tabindex: "-1" }, this.log);
    this.atEnd = true;
    this.node.addEventListener("scroll", () => {
      this.atEnd = this.nearEnd();
    });
    const sizes = new ResizeObserver(() => this.atEnd && this.toEnd());
    sizes.observe(this.node);
    sizes.observe(this.log);
  }

  show(channel, messages) {
    this.channel = channel;
    this.messages = [...messages].sort(byTime);
    this.dividers.clear();
    this.log.replaceChildren();
    this.log.setAttribute("aria-label", t("messages"));
    this.atEnd = true;
    this.paint();
    this.toEnd();
  }

  /** Adds or replaces one message in place. */
  put(message, { changed = false } = {}) {
    const at = this.messages.findIndex((other) => other.ts === message.ts);
    if (at < 0) {
      this.messages.push(message);
      this.messages.sort(byTime);
      this.paint();
    } else {
      this.messages[at] = message;
      this.replace(at, changed);
    }
    if (this.atEnd) this.toEnd();
  }

  remove(ts) {
    this.messages = this.messages.filter((message) => message.ts !== ts);
    this.paint();
  }

  nearEnd() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR_END_PX;
  }

  toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
  }

  /** Brings the list up to date; nodes of messages that have not changed stay as they are. */
  paint() {
    const kept = new Map([...this.log.querySelectorAll(".message")].map((node) => [node.dataset.ts, node]));
    const nodes = [this.intro(this.channel, this.messages)].filter(Boolean);
    this.messages.forEach((message, index) => {
      const before = this.messages[index - 1];
      const newDay = !before || dayOf(Number(before.ts)) !== dayOf(Number(message.ts));
      if (newDay) nodes.push(...this.divider(Number(message.ts)));
      const grouped = !newDay && sameGroup(before, message);
      const old = kept.get(message.ts);
      const same = old && old.message === message && old.classList.contains("grouped") === grouped;
      nodes.push(same ? old : this.messageNode(message, grouped));
    });
    reconcile(this.log, nodes);
  }

  /** The rule scrolls away; the label stays at the top while its day is in view. */
  divider(seconds) {
    const label = dividerLabel(seconds);
    if (!this.dividers.has(label)) {
      const rule = h("hr", { class: "day-rule", "aria-label": label });
      const day = h("div", { class: "day", "aria-hidden": "true" }, h("span", {}, label));
      this.dividers.set(label, [rule, day]);
    }
    return this.dividers.get(label);
  }

  replace(index, changed) {
    const message = this.messages[index];
    const old = this.log.querySelector(`.message[data-ts="${CSS.escape(message.ts)}"]`);
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const action = focused?.closest("[data-action-id]")?.dataset.actionId;
    const node = this.messageNode(message, old.classList.contains("grouped"));
    if (changed) node.classList.add("flash");
    old.replaceWith(node);
    if (!focused) return;
    const again = action && node.querySelector(`[data-action-id="${CSS.escape(action)}"] :is(button, input)`);
    (again ?? node.querySelector(".el :is(button, input)") ?? this.node).focus({ preventScroll: true });
  }

  messageNode(message, grouped) {
    const seconds = Number(message.ts);
    const app = isApp(message.user);
    const name = message.username ?? nameOf(message.user) ?? t("somebody");
    const time = h("time", { title: fullLabel(seconds), class: "when" }, timeLabel(seconds));
    const head =
      !grouped &&
      h(
        "div",
        { class: "message-head" },
        h("span", { class: "who" }, name),
        app && h("span", { class: "app-badge" }, t("app")),
        time,
      );
    const node = h(
      "article",
      {
        class: `message${grouped ? " grouped" : ""}${message.ephemeral ? " ephemeral" : ""}`,
        "aria-label": `${name} ${timeLabel(seconds)}`,
        dataset: { ts: message.ts },
      },
      message.ephemeral && h("div", { class: "only-you" }, icon("eye", 14), t("only_you")),
      h("div", { class: "gutter" }, grouped ? time : avatar(message.user)),
      h("div", { class: "body" }, head, this.content(message)),
      !message.ephemeral && this.toolbar(message),
    );
    node.message = message;
    return node;
  }

  content(message) {
    const scope = new Scope("message", { type: "message", channel: this.channel, ts: message.ts });
    const edited = message.edited && h("span", { class: "edited" }, t("edited"));
    const files = message.files?.length ? h("div", { class: "attachments" }, message.files.map(fileCard)) : null;
    if (message.blocks?.length) {
      return [h("div", { class: "blocks" }, blockNodes(message.blocks, scope), edited), files];
    }
    return [h("div", { class: "text" }, mrkdwn(message.text ?? ""), edited && [" ", edited]), files];
  }

  toolbar(message) {
    const button = h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": t("more_actions"),
        title: t("more_actions"),
        "aria-haspopup": "menu",
        "aria-expanded": "false",
      },
      icon("more"),
    );
    button.addEventListener("click", () => {
      const shortcuts = store.shortcuts.filter((each) => each.type === "message");
      const items = shortcuts.map((shortcut) => ({
        label: shortcut.name,
        detail: shortcut.description,
        lead: icon("bolt", 16),
        run: () => this.runShortcut(shortcut, message),
      }));
      const heading = { heading: items.length ? t("actions_for") : t("no_shortcuts") };
      openMenu(button, [heading, ...items], { label: t("more_actions"), alignEnd: true });
    });
    return h("div", { class: "toolbar", role: "toolbar", "aria-label": t("actions_for") }, button);
  }
}

function sameGroup(before, message) {
  return (
    before.user === message.user &&
    before.username === message.username &&
    Boolean(before.ephemeral) === Boolean(message.ephemeral) &&
    Number(message.ts) - Number(before.ts) < GROUP_SECONDS
  );
}

function fileCard(file) {
  const href = `${file.url}?${new URLSearchParams({ user: store.me.id })}`;
  const size = file.size ? `${Math.max(1, Math.round(file.size / 1024))} KB` : "";
  const text = h("span", {}, h("strong", {}, file.title ?? file.name), h("small", {}, size));
  const card = h("a", { class: "file-card", href, download: file.name }, icon("file", 22), text);
  if (!file.mimetype?.startsWith("image/")) return card;
  const picture = h("img", { src: href, alt: file.alt_txt ?? file.title ?? file.name, loading: "lazy" });
  return h("figure", { class: "file-picture" }, h("a", { href, target: "_blank" }, picture), card);
}
