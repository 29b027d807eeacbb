// How people and the app are pictured.

import { h } from "./dom.js";
import { isApp, nameOf, store } from "./store.js";
import { city, languageOf, t } from "./texts.js";

/** One or two letters: the family name's first character in Japanese, initials otherwise. */
function initials(name) {
  const words = name.trim().split(/\s+/);
  if (/[\u3040-\u9fff]/.test(name)) return words[0].slice(0, words[0].length > 2 ? 1 : 2);
  return words.slice(0, 2).map((word) => word[0].toUpperCase()).join("");
}

/** The square picture of a user; the app has its own sign. */
export function avatar(userId, size = "") {
  const extra = size ? ` avatar-${size}` : "";
  if (isApp(userId)) return h("span", { class: `avatar avatar-app${extra}`, "aria-hidden": "true" }, "縁");
  const user = store.users.get(userId);
  const node = h("span", { class: `avatar${extra}`, "aria-hidden": "true" }, initials(nameOf(userId) ?? "?"));
  if (user?.color) node.style.backgroundColor = user.color.startsWith("#") ? user.color : `#${user.color}`;
  return node;
}

/** "Tokyo, ja": where a person is and in which language they work. */
export function whereabouts(user) {
  return { city: city(user.tz), lang: t(languageOf(user.locale)) };
}
