// What the page knows at this moment: who acts, the people and channels, the sandbox's clock.

export const store = {
  workspace: null,
  me: null,
  users: new Map(),
  channels: new Map(),
  bot: null,
  commands: [],
  shortcuts: [],
  canJump: false,
  connected: false,
  /** Where the person looks: { channel } or { home: true }. */
  place: null,
};

let clockAt = 0;
let clockSeenAt = 0;

/** Sets the sandbox's clock (epoch seconds); it runs on from there at real speed. */
export function setClock(now) {
  clockAt = now;
  clockSeenAt = performance.now();
}

/** The sandbox's time, epoch seconds. */
export function now() {
  return clockAt + (performance.now() - clockSeenAt) / 1000;
}

/** Takes over an answer of GET /ui/state. */
export function load(state) {
  store.workspace = state.workspace;
  store.me = state.me;
  store.users = new Map(state.users.map((user) => [user.id, user]));
  store.channels = new Map(state.channels.map((channel) => [channel.id, channel]));
  store.bot = state.bot;
  store.commands = state.commands;
  store.shortcuts = state.shortcuts;
  store.canJump = state.can_jump;
  store.connected = state.connected;
  setClock(state.now);
}

/** The direct message with the app, or undefined. */
export function appChannel() {
  return [...store.channels.values()].find((channel) => channel.is_im);
}

export function isApp(userId) {
  return userId === store.bot.id || store.users.get(userId)?.is_bot === true;
}

export function nameOf(userId) {
  const user = store.users.get(userId);
  if (user) return user.is_bot ? store.bot.name : user.real_name || user.name;
  return userId === store.bot.id ? store.bot.name : null;
}
