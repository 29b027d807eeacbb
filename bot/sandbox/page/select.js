// One combobox for every kind of select: static, external, people, channels; single and multiple.

import { RequestFailed } from "./api.js";
import { composing, fill, h, icon, uid } from "./dom.js";
import { float } from "./float.js";
import { plain } from "./mrkdwn.js";
import { t } from "./texts.js";

const DEBOUNCE_MS = 180;

const fold = (text) => text.normalize("NFKC").toLowerCase();
const labelOf = (option) => plain(option.text);

/** A source for a combobox that filters options known beforehand. */
export function staticSource(options, groups) {
  const all = groups ?? [{ options: options ?? [] }];
  return (query) => {
    const wanted = fold(query);
    const fits = (option) => fold(labelOf(option)).includes(wanted);
    return all.map((group) => ({ ...group, options: group.options.filter(fits) }));
  };
}

/** A source that asks the bot; `ask(query)` answers { options, option_groups? }. */
export function externalSource(ask) {
  return async (query) => {
    const answer = await ask(query);
    if (answer.notice) throw new RequestFailed(answer.notice, 0);
    return answer.option_groups ?? [{ options: answer.options ?? [] }];
  };
}

const DEFAULTS = {
  multiple: false,
  max: Infinity,
  minLength: 0,
  external: false,
  clearable: false,
  chosen: [],
};

/**
 * Settings: `source(query)` gives option groups, at once or as a promise; `chosen` is the list of
 * options picked at first; `onChange(options)` may return false (or a promise of it) to take the
 * choice back; `external` waits for a pause in typing; `minLength` characters must be typed first.
 */
export class Combobox {
  constructor(settings) {
    Object.assign(this, DEFAULTS, settings);
    this.picked = [...this.chosen];
    this.shown = [];
    this.active = -1;
    this.searches = 0;
    this.timer = null;
    this.closePopup = null;
    this.build();
    this.wire();
    this.paint();
  }

  build() {
    const id = uid("list");
    this.input = h("input", {
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      class: "combo-input",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": id,
      "aria-labelledby": this.labelledBy,
      "aria-label": this.labelledBy ? undefined : this.label,
    });
    this.chips = h("span", { class: "combo-chips" });
    this.clear = h(
      "button",
      { type: "button", class: "icon-button combo-clear", "aria-label": t("clear") },
      icon("close", 14),
    );
    const arrow = h("span", { class: "combo-arrow" }, icon("down", 16));
    this.node = h("div", { class: "combo" }, this.leading, this.chips, this.input, this.clear, arrow);
    const many = this.multiple ? "true" : undefined;
    this.list = h("div", { role: "listbox", id, class: "options", "aria-multiselectable": many });
  }

  wire() {
    const typed = () => {
      this.open({ search: false });
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.search(), this.external ? DEBOUNCE_MS : 0);
    };
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("input", (event) => event.isComposing || typed());
    this.input.addEventListener("compositionend", typed);
    this.input.addEventListener("blur", () => {
      this.close();
      if (this.multiple) this.input.value = "";
      this.paint();
    });
    this.node.addEventListener("click", (event) => {
      if (event.target.closest("button")) return;
      this.input.focus();
      this.open();
    });
    this.clear.addEventListener("click", () => this.change([]));
  }

  paint() {
    const first = this.picked.length && !this.multiple ? labelOf(this.picked[0]) : "";
    if (this.multiple) fill(this.chips, this.picked.map((option) => this.chip(option)));
    else if (document.activeElement !== this.input) this.input.value = first;
    this.input.placeholder = this.multiple && this.picked.length ? "" : first || this.placeholder;
    this.clear.hidden = !(this.clearable && first);
  }

  chip(option) {
    const name = labelOf(option);
    const remove = h("button", { type: "button", "aria-label": t("remove", { name }) }, icon("close", 12));
    remove.addEventListener("click", () => this.change(this.without(option)));
    return h("span", { class: "chip" }, name, remove);
  }

  without(option) {
    return this.picked.filter((other) => other.value !== option.value);
  }

  isPicked(option) {
    return this.picked.some((other) => other.value === option.value);
  }

  async change(next) {
    const before = this.picked;
    this.picked = next;
    this.paint();
    if ((await this.onChange(next)) === false) {
      this.picked = before;
      if (!this.multiple) this.input.value = before.length ? labelOf(before[0]) : "";
      this.paint();
    }
  }

  open({ search = true } = {}) {
    if (this.closePopup) return;
    this.input.setAttribute("aria-expanded", "true");
    this.closePopup = float(this.node, this.list, {
      matchWidth: true,
      onClose: () => {
        this.closePopup = null;
        this.input.setAttribute("aria-expanded", "false");
        this.input.removeAttribute("aria-activedescendant");
      },
    });
    if (search) this.search();
  }

  close() {
    this.searches += 1;
    clearTimeout(this.timer);
    this.node.classList.remove("busy");
    this.closePopup?.();
  }

  note(text) {
    this.shown = [];
    this.active = -1;
    fill(this.list, h("div", { class: "options-note", role: "status" }, text));
  }

  /** What to look for: nothing while the field still shows the picked option. */
  query() {
    const typed = this.input.value.trim();
    const untouched = !this.multiple && this.picked.length && typed === labelOf(this.picked[0]);
    return untouched ? "" : typed;
  }

  async search() {
    const query = this.query();
    this.searches += 1;
    const mine = this.searches;
    if (query.length < this.minLength) {
      this.note(t("type_more", { n: this.minLength }));
      return;
    }
    if (this.external && !this.shown.length) this.note(t("loading"));
    this.node.classList.toggle("busy", this.external);
    try {
      const groups = await this.source(query);
      if (mine === this.searches) this.paintOptions(groups);
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      if (mine === this.searches) this.note(t("options_failed"));
    } finally {
      if (mine === this.searches) this.node.classList.remove("busy");
    }
  }

  paintOptions(groups) {
    const filled = groups.filter((group) => group.options.length);
    this.shown = filled.flatMap((group) => group.options);
    if (!this.shown.length) {
      this.note(t("no_results"));
      return;
    }
    fill(
      this.list,
      filled.map((group) => [
        group.label && h("div", { class: "options-heading", role: "presentation" }, plain(group.label)),
        group.options.map((option) => this.optionNode(option)),
      ]),
    );
    const picked = this.multiple ? -1 : this.shown.findIndex((option) => this.isPicked(option));
    this.move(Math.max(picked, 0));
  }

  optionNode(option) {
    const index = this.shown.indexOf(option);
    const picked = this.isPicked(option);
    const node = h(
      "div",
      {
        role: "option",
        id: `${this.list.id}-${index}`,
        class: "option",
        "aria-selected": picked ? "true" : "false",
        dataset: { value: option.value },
      },
      h(
        "span",
        { class: "option-text" },
        h("span", {}, labelOf(option)),
        option.description && h("span", { class: "option-detail" }, plain(option.description)),
      ),
      picked && icon("check", 16),
    );
    // The field keeps the focus while an option is clicked.
    node.addEventListener("pointerdown", (event) => event.preventDefault());
    node.addEventListener("mousedown", (event) => event.preventDefault());
    node.addEventListener("click", () => this.choose(option));
    node.addEventListener("pointermove", () => this.move(index, { scroll: false }));
    return node;
  }

  move(to, { scroll = true } = {}) {
    if (!this.shown.length) return;
    this.active = (to + this.shown.length) % this.shown.length;
    const nodes = this.list.querySelectorAll(".option");
    nodes.forEach((node, index) => node.classList.toggle("active", index === this.active));
    if (scroll) nodes[this.active].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", nodes[this.active].id);
  }

  choose(option) {
    if (!this.multiple) {
      this.close();
      this.input.value = labelOf(option);
      this.change([option]);
      return;
    }
    this.input.value = "";
    const next = this.isPicked(option) ? this.without(option) : [...this.picked, option];
    if (next.length <= this.max) this.change(next);
    this.search();
  }

  key(event) {
    if (composing(event)) return;
    const open = this.closePopup !== null;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) this.move(this.active + (event.key === "ArrowDown" ? 1 : -1));
      else this.open();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!open) this.open();
      else if (this.shown[this.active]) this.choose(this.shown[this.active]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Tab") {
      this.close();
    } else if (event.key === "Backspace" && this.multiple && !this.input.value && this.picked.length) {
      this.change(this.picked.slice(0, -1));
    }
  }
}
