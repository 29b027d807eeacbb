// The page: loads the state of the acting person, follows its events, and moves between places.

import { get, listen, post, RequestFailed } from "./api.js";
import { Composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { toast } from "./float.js";
import { paintHeader } from "./header.js";
import { HomePane } from "./home.js";
import { MessageList } from "./messages.js";
import { showStack } from "./modal.js";
import { paintSidebar } from "./sidebar.js";
import { appChannel, load, setClock, store } from "./store.js";
import { setLanguage, t } from "./texts.js";
import { countArrival, paintTopbar, tick } from "./topbar.js";
import { forgetChips, introOf, starterChips } from "./welcome.js";

const $ = (id) => document.getElementById(id);

let stopListening = () => {};
let visit = 0;
/** What happens in the open channel while its history is under way; null when it is shown. */
let arriving = null;

const composer = new Composer({ send, command: runCommand, shortcut: (each) => runShortcut(each) });
const list = new MessageList({
  runShortcut,
  intro: (channel, messages) => introOf(channel, messages, tryCommand),
});
const home = new HomePane();
const chips = h("div", { class: "chips" });

/** Runs a request; a failure becomes a toast. Resolves to the answer, or null. */
async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
    toast(error.message);
    return null;
  }
}

async function done(request) {
  const answer = await attempt(() => request);
  if (answer && !answer.ok) toast(answer.notice ?? t("failed"));
  return answer?.ok === true;
}

function send(text) {
  return done(post("/ui/message", { user: store.me.id, channel: store.place.channel, text }));
}

async function runCommand(command, text) {
  const ok = await done(post("/ui/command", { user: store.me.id, channel: store.place.channel, command, text }));
  if (ok) {
    forgetChips();
    paintChips();
  }
  return ok;
}

function runShortcut(shortcut, message) {
  const origin = message ? { channel: store.place.channel, ts: message.ts } : {};
  return done(post("/ui/shortcut", { user: store.me.id, callback_id: shortcut.callback_id, ...origin }));
}

function tryCommand(text) {
  composer.fill(text);
}

// -- places ---------------------------------------------------------------------------------

function address(place) {
  return `#/${store.me.id}/${place.home ? "home" : place.channel}`;
}

function parsedAddress() {
  const [, user, place] = location.hash.split("/");
  return { user: user || null, place: place === "home" ? { home: true } : place ? { channel: place } : null };
}

function allowed(place) {
  if (place?.home) return place;
  if (place && store.channels.has(place.channel)) return place;
  const first = appChannel() ?? store.channels.values().next().value;
  return { channel: first.id };
}

async function go(place) {
  visit += 1;
  const mine = visit;
  store.place = place;
  document.body.classList.remove("side-open");
  if (!location.hash) history.replaceState(null, "", address(place));
  else if (location.hash !== address(place)) history.pushState(null, "", address(place));
  const channel = store.channels.get(place.channel);
  const unread = channel?.unread ?? 0;
  if (channel) channel.unread = 0;
  paintFrame();
  if (place.home) {
    fill($("pane"), home.node);
    home.loading();
    const answer = await attempt(() => post("/ui/home", { user: store.me.id }));
    if (mine === visit && answer) home.show(answer.view);
    return;
  }
  fill($("pane"), list.node, chips, composer.node);
  composer.moveTo(address(place), channel.is_im ? store.bot.name : `#${channel.name}`);
  arriving = [];
  const answer = await attempt(() => get("/ui/history", { user: store.me.id, channel: place.channel }));
  if (mine !== visit) return;
  list.show(place.channel, answer?.messages ?? []);
  const missed = arriving;
  arriving = null;
  for (const event of missed) LISTED[event.type](event);
  if (unread) markRead(place.channel);
  paintChips();
  composer.input.focus({ preventScroll: true });
}

function paintChips() {
  const channel = store.channels.get(store.place.channel);
  fill(chips, channel?.is_im && list.messages.length > 0 ? starterChips(tryCommand, paintChips) : null);
}

function paintFrame() {
  document.title = `${store.bot.name} — ${t("sandbox")}`;
  paintSidebar($("side"), go);
  paintHeader($("head"), go);
}

function paintBar() {
  paintTopbar($("top"), {
    switchTo: act,
    toggleSidebar: () => document.body.classList.toggle("side-open"),
  });
}

// -- people ---------------------------------------------------------------------------------

/** Becomes `user` (null: whoever the sandbox proposes) and opens `place`, or the same place as before. */
async function act(user, place = store.place) {
  const state = await attempt(() => get("/ui/state", user ? { user } : {}));
  if (!state) return undefined;
  stopListening();
  const before = store.me && appChannel()?.id;
  load(state);
  setLanguage(store.me.locale);
  showStack([]);
  paintBar();
  await new Promise((opened) => {
    stopListening = listen(store.me.id, onEvent, (open, again) => {
      onConnection(open, again);
      if (open) opened();
    });
  });
  // "The DM with the app" is another channel for each person.
  const same = place?.channel && place.channel === before ? null : place;
  return go(allowed(same));
}

/** Tells the sandbox that the person has seen what there is in the channel. */
function markRead(channel) {
  return attempt(() => post("/ui/read", { user: store.me.id, channel }));
}

// -- events ---------------------------------------------------------------------------------

/** What changes the list of messages, when it concerns the open channel. */
const LISTED = {
  message: ({ message }) => {
    list.put(message);
    paintChips();
  },
  message_changed: ({ message }) => list.put(message, { changed: true }),
  message_deleted: ({ message }) => list.remove(message.ts),
  ephemeral_deleted: ({ ts }) => list.remove(ts),
};

const HANDLERS = {
  unread: ({ channel, unread }) => {
    const open = channel === store.place.channel;
    if (open && unread) markRead(channel);
    const known = store.channels.get(channel);
    const shown = open ? 0 : unread;
    if (!known || known.unread === shown) return;
    known.unread = shown;
    paintFrame();
  },
  view: ({ stack }) => showStack(stack),
  home: ({ view }) => store.place.home && home.show(view),
  clock: (event) => {
    setClock(event.now);
    tick();
  },
  notice: ({ text }) => toast(text),
  connected: ({ connected }) => {
    store.connected = connected;
    paintBar();
  },
};

function onEvent(event) {
  if (event.type === "message" && event.message.user !== store.me.id) countArrival();
  if (!(event.type in LISTED)) {
    HANDLERS[event.type](event);
  } else if (event.channel === store.place.channel) {
    if (arriving) arriving.push(event);
    else LISTED[event.type](event);
  }
}

async function onConnection(open, again) {
  $("offline").hidden = open;
  $("offline").textContent = t("offline");
  if (!open || !again) return;
  const state = await attempt(() => get("/ui/state", { user: store.me.id }));
  if (!state) return;
  load(state);
  paintBar();
  await go(allowed(store.place));
}

addEventListener("popstate", () => {
  const { user, place } = parsedAddress();
  if (user && user !== store.me.id) act(user, place);
  else go(allowed(place));
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.body.classList.contains("side-open")) {
    document.body.classList.remove("side-open");
  }
});

$("shade").addEventListener("click", () => document.body.classList.remove("side-open"));

const start = parsedAddress();
act(start.user, start.place);
