// The app's Home tab.

import { blockNodes } from "./blocks.js";
import { fill, h } from "./dom.js";
import { remembered, Scope } from "./scope.js";
import { t } from "./texts.js";

export class HomePane {
  constructor() {
    this.content = h("div", { class: "home" });
    this.node = h("div", { class: "scroll", tabindex: "-1" }, this.content);
    this.view = null;
    this.memory = new Map();
  }

  loading() {
    this.view = null;
    fill(this.content, h("div", { class: "home-note", role: "status" }, t("loading")));
  }

  /** Shows a Home view (null: there is none yet); keeps values, focus and scroll position. */
  show(view) {
    if (view && JSON.stringify(view) === JSON.stringify(this.view)) return;
    if (!view) {
      fill(this.content, h("div", { class: "home-note" }, t("home_empty")));
      return;
    }
    const focused = this.content.contains(document.activeElement) ? document.activeElement : null;
    const action = focused?.closest("[data-action-id]")?.dataset.actionId;
    if (view.id !== this.view?.id) this.memory = remembered(view.state.values);
    this.view = view;
    const scope = new Scope("home", { type: "view", view_id: view.id }, this.memory);
    const scrolled = this.node.scrollTop;
    fill(this.content, h("div", { class: "blocks" }, blockNodes(view.blocks, scope)));
    this.node.scrollTop = scrolled;
    if (action) {
      this.content.querySelector(`[data-action-id="${CSS.escape(action)}"] :is(button, input)`)?.focus();
    }
  }
}
