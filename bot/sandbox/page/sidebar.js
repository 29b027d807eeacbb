// The left sidebar: the workspace's channels and the app.

import { fill, h, icon } from "./dom.js";
import { avatar } from "./people.js";
import { appChannel, store } from "./store.js";
import { t } from "./texts.js";

/** Draws the sidebar into `node`; `go(place)` is called with { channel } or { home: true }. */
export function paintSidebar(node, go) {
  const channels = [...store.channels.values()].filter((channel) => !channel.is_im);
  const dm = appChannel();
  const focused = [...node.querySelectorAll("button")].indexOf(document.activeElement);
  fill(
    node,
    h("h2", { class: "side-heading" }, t("channels")),
    h("ul", { class: "side-list" }, channels.map((channel) => channelItem(channel, go))),
    h("h2", { class: "side-heading" }, t("apps")),
    h("ul", { class: "side-list" }, appItems(dm, go)),
  );
  node.querySelectorAll("button")[focused]?.focus();
}

function entry({ current, unread, lead, name, target, go }) {
  return h(
    "li",
    {},
    h(
      "button",
      {
        type: "button",
        class: `side-item${unread ? " unread" : ""}`,
        "aria-current": current ? "page" : undefined,
        onClick: () => go(target),
      },
      lead,
      h("span", { class: "side-name" }, name),
      unread ? h("span", { class: "badge", "aria-label": t("unread", { n: unread }) }, String(unread)) : null,
    ),
  );
}

function channelItem(channel, go) {
  return entry({
    current: store.place?.channel === channel.id,
    unread: channel.unread,
    lead: icon(channel.is_private ? "lock" : "hash", 16),
    name: channel.name,
    target: { channel: channel.id },
    go,
  });
}

function appItems(dm, go) {
  const bot = store.bot;
  return [
    dm &&
      entry({
        current: store.place?.channel === dm.id,
        unread: dm.unread,
        lead: avatar(bot.id, "tiny"),
        name: bot.name,
        target: { channel: dm.id },
        go,
      }),
    entry({
      current: store.place?.home === true,
      unread: 0,
      lead: icon("home", 16),
      name: `${bot.name} ${t("home")}`,
      target: { home: true },
      go,
    }),
  ];
}
