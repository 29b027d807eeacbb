// The composer: messages, slash commands with a list of what there is, global shortcuts.

import { composing, fill, h, icon, uid } from "./dom.js";
import { openMenu, toast } from "./float.js";
import { store } from "./store.js";
import { t } from "./texts.js";

const MAX_HEIGHT_PX = 220;
const NARROW = matchMedia("(max-width: 720px)");

export class Composer {
  /** `send(text)`, `command(command, text)` and `shortcut(shortcut)` resolve to true when done. */
  constructor({ send, command, shortcut }) {
    this.handlers = { send, command, shortcut };
    this.shown = [];
    this.active = 0;
    this.last = "";
    this.drafts = new Map();
    this.place = "";
    this.build();
    this.wire();
  }

  build() {
    const listId = uid("commands");
    this.list = h("div", { class: "commands", id: listId, role: "listbox", hidden: true });
    this.usage = h("div", { class: "usage", hidden: true, role: "status" });
    this.input = h("textarea", {
      class: "composer-input",
      rows: "1",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      "aria-controls": listId,
    });
    this.plus = h(
      "button",
      { type: "button", class: "icon-button", "aria-haspopup": "menu", "aria-expanded": "false" },
      icon("bolt", 18),
    );
    this.slash = h("button", { type: "button", class: "icon-button slash-button" }, "/");
    this.button = h("button", { type: "submit", class: "send" }, icon("send", 18));
    this.hint = h("span", { class: "composer-hint", "aria-hidden": "true" });
    this.node = h(
      "form",
      { class: "composer" },
      this.list,
      this.usage,
      h(
        "div",
        { class: "composer-box" },
        this.input,
        h("div", { class: "composer-bar" }, this.plus, this.slash, this.hint, this.button),
      ),
    );
  }

  wire() {
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("input", () => this.refresh());
    this.input.addEventListener("focus", () => this.refresh());
    this.input.addEventListener("blur", () => this.closeList());
    this.plus.addEventListener("click", () => this.openShortcuts());
    this.slash.addEventListener("mousedown", (event) => event.preventDefault());
    this.slash.addEventListener("click", () => this.fill("/"));
    NARROW.addEventListener("change", () => this.label(this.place));
  }

  /** Goes to another place, whose unfinished text comes back. */
  moveTo(key, place) {
    this.drafts.set(this.placeKey, this.input.value);
    this.placeKey = key;
    this.input.value = this.drafts.get(key) ?? "";
    this.label(place);
  }

  /** Names the place that is written to and takes over the person's language. */
  label(place) {
    this.place = place;
    const values = { name: place, bot: store.bot.name };
    this.input.placeholder = t(NARROW.matches ? "place_composer_short" : "place_composer", values);
    this.input.setAttribute("aria-label", t("message_to", values));
    this.list.setAttribute("aria-label", t("commands"));
    for (const [node, key] of [[this.plus, "shortcuts"], [this.slash, "commands"], [this.button, "send"]]) {
      node.setAttribute("aria-label", t(key));
      node.title = t(key);
    }
    this.hint.textContent = t("hint_send");
    this.refresh();
  }

  /** Puts `text` into the field, with the focus behind it. */
  fill(text) {
    this.input.value = text;
    this.input.focus();
    this.input.setSelectionRange(text.length, text.length);
    this.refresh();
  }

  clear() {
    this.input.value = "";
    this.refresh();
  }

  refresh() {
    const text = this.input.value;
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, MAX_HEIGHT_PX)}px`;
    this.button.disabled = !text.trim();
    const typing = /^\/\S*$/.exec(text);
    const focused = document.activeElement === this.input;
    if (typing && focused) this.openList(text.slice(1).toLowerCase());
    else this.closeList();
    this.showUsage(text);
  }

  openList(typed) {
    const fits = (each) => each.command.slice(1).startsWith(typed);
    const others = (each) => !fits(each) && typed && each.command.includes(typed);
    this.shown = [...store.commands.filter(fits), ...store.commands.filter(others)];
    if (!this.shown.length) {
      this.closeList();
      return;
    }
    const rows = this.shown.map((each, index) => this.row(each, index));
    fill(
      this.list,
      h(
        "div",
        { class: "commands-head", role: "presentation" },
        h("span", {}, store.bot.name),
        h("span", { class: "commands-keys" }, t("hint_keys")),
      ),
      rows,
    );
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.move(0);
  }

  row(each, index) {
    const usage = h("span", { class: "command-usage" }, each.usage_hint ?? "");
    const row = h(
      "div",
      { role: "option", id: `${this.list.id}-${index}`, class: "command", "aria-selected": "false" },
      h("span", { class: "avatar avatar-app avatar-small", "aria-hidden": "true" }, "縁"),
      h(
        "span",
        { class: "command-text" },
        h("span", {}, h("strong", {}, each.command), " ", usage),
        h("span", { class: "command-detail" }, each.description ?? ""),
      ),
    );
    row.addEventListener("mousedown", (event) => event.preventDefault());
    row.addEventListener("click", () => this.pick(index));
    row.addEventListener("pointermove", () => this.move(index));
    return row;
  }

  move(to) {
    this.active = (to + this.shown.length) % this.shown.length;
    const rows = this.list.querySelectorAll(".command");
    rows.forEach((row, index) => row.setAttribute("aria-selected", index === this.active ? "true" : "false"));
    rows[this.active].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", rows[this.active].id);
  }

  pick(index) {
    this.fill(`${this.shown[index].command} `);
  }

  closeList() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  showUsage(text) {
    const command = store.commands.find((each) => text.startsWith(`${each.command} `));
    this.usage.hidden = !command;
    if (!command) return;
    const hint = command.usage_hint ? ` ${command.usage_hint}` : "";
    fill(
      this.usage,
      h("span", { class: "usage-label" }, t("usage")),
      h("code", {}, command.command + hint),
      h("span", { class: "usage-detail" }, command.description ?? ""),
    );
  }

  key(event) {
    if (composing(event)) return;
    const open = !this.list.hidden;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.move(this.active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (open && event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      this.pick(this.active);
    } else if (open && event.key === "Escape") {
      event.preventDefault();
      this.closeList();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      const whole = open && this.shown[this.active].command === this.input.value;
      if (open && !whole) this.pick(this.active);
      else this.submit();
    } else if (event.key === "ArrowUp" && !this.input.value && this.last) {
      event.preventDefault();
      this.fill(this.last);
    }
  }

  async submit() {
    const text = this.input.value.trim();
    if (!text || this.node.getAttribute("aria-busy") === "true") return;
    const [, command, rest] = /^(\/\S+)\s*([\s\S]*)$/.exec(text) ?? [];
    if (command && !store.commands.some((each) => each.command === command)) {
      toast(t("unknown_command", { command }));
      return;
    }
    this.node.setAttribute("aria-busy", "true");
    this.last = text;
    this.clear();
    const done = command ? await this.handlers.command(command, rest) : await this.handlers.send(text);
    this.node.removeAttribute("aria-busy");
    if (!done && !this.input.value) this.fill(text);
  }

  openShortcuts() {
    const shortcuts = store.shortcuts.filter((each) => each.type === "global");
    const items = shortcuts.map((shortcut) => ({
      label: shortcut.name,
      detail: shortcut.description,
      lead: icon("bolt", 16),
      run: () => this.handlers.shortcut(shortcut),
    }));
    const heading = { heading: t(items.length ? "shortcuts" : "no_shortcuts") };
    openMenu(this.plus, [heading, ...items], { label: t("shortcuts") });
  }
}
