// What greets a newcomer: the beginning of a channel, and commands to try.

import { h, icon } from "./dom.js";
import { avatar } from "./people.js";
import { store } from "./store.js";
import { t } from "./texts.js";

const EXAMPLES = ["/goen", "/ask", "/nps 山田製作所 9"];
const FORGOTTEN = "goen-sandbox-chips-off";

function examples() {
  return EXAMPLES.filter((text) => store.commands.some((each) => each.command === text.split(" ")[0]));
}

function chip(text, tryCommand) {
  return h("button", { type: "button", class: "starter", onClick: () => tryCommand(text) }, text);
}

/** The head of a channel's messages; an empty DM with the app offers commands to try. */
export function introOf(channelId, messages, tryCommand) {
  const channel = store.channels.get(channelId);
  if (!channel?.is_im) {
    const text = t("empty_channel", { name: channel?.name ?? "" });
    return h("div", { class: "intro", "aria-live": "off" }, h("p", {}, text));
  }
  if (messages.length) return null;
  return h(
    "div",
    { class: "intro intro-app" },
    avatar(store.bot.id, "large"),
    h("h2", {}, t("welcome_title", { bot: store.bot.name })),
    h("p", {}, t("welcome_body")),
    h("div", { class: "starters" }, examples().map((text) => chip(text, tryCommand))),
  );
}

/** The same commands above the composer, until one was used or the row was dismissed. */
export function starterChips(tryCommand, onDismiss) {
  if (sessionStorage.getItem(FORGOTTEN) || !examples().length) return null;
  const dismiss = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": t("dismiss"),
      onClick: () => {
        forgetChips();
        onDismiss();
      },
    },
    icon("close", 14),
  );
  return [
    h("span", { class: "starters-label" }, t("try_it")),
    examples().map((text) => chip(text, tryCommand)),
    dismiss,
  ];
}

export function forgetChips() {
  sessionStorage.setItem(FORGOTTEN, "1");
}
