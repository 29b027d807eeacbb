// The head of the main pane: the channel's name and topic, or the app with its tabs.

import { fill, h, icon } from "./dom.js";
import { avatar } from "./people.js";
import { appChannel, store } from "./store.js";
import { t } from "./texts.js";

/** Draws the head of the place that is open; `go(place)` is called by the app's tabs. */
export function paintHeader(node, go) {
  const channel = store.channels.get(store.place.channel);
  node.classList.toggle("with-tabs", !channel || channel.is_im);
  if (channel && !channel.is_im) {
    fill(
      node,
      h("h1", {}, icon(channel.is_private ? "lock" : "hash", 20), channel.name),
      h("p", { class: "topic" }, channel.topic ?? ""),
    );
    return;
  }
  const dm = appChannel();
  fill(
    node,
    h("h1", {}, avatar(store.bot.id, "small"), store.bot.name),
    h(
      "nav",
      { class: "tabs", "aria-label": store.bot.name },
      tab(t("home"), "home", store.place.home === true, () => go({ home: true })),
      dm && tab(t("messages"), "chat", !store.place.home, () => go({ channel: dm.id })),
    ),
  );
}

function tab(label, glyph, current, onClick) {
  return h(
    "button",
    { type: "button", class: "tab", "aria-current": current ? "page" : undefined, onClick },
    icon(glyph, 16),
    label,
  );
}
