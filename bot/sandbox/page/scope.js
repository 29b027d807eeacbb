// One rendered surface (a message, a modal's view, a Home view): where its actions go, and the
// values people have put into its inputs, in the shape of Slack's `state.values`.

import { post, RequestFailed, upload } from "./api.js";
import { ask, toast } from "./float.js";
import { plain, textNodes } from "./mrkdwn.js";
import { store } from "./store.js";
import { t } from "./texts.js";

const INITIAL = {
  plain_text_input: (el) => ({ value: el.initial_value ?? null }),
  email_text_input: (el) => ({ value: el.initial_value ?? null }),
  number_input: (el) => ({ value: el.initial_value ?? null }),
  url_text_input: (el) => ({ value: el.initial_value ?? null }),
  static_select: (el) => ({ selected_option: el.initial_option ?? null }),
  external_select: (el) => ({ selected_option: el.initial_option ?? null }),
  multi_static_select: (el) => ({ selected_options: el.initial_options ?? [] }),
  multi_external_select: (el) => ({ selected_options: el.initial_options ?? [] }),
  users_select: (el) => ({ selected_user: el.initial_user ?? null }),
  multi_users_select: (el) => ({ selected_users: el.initial_users ?? [] }),
  multi_conversations_select: (el) => ({ selected_conversations: el.initial_conversations ?? [] }),
  multi_channels_select: (el) => ({ selected_channels: el.initial_channels ?? [] }),
  conversations_select: (el) => ({ selected_conversation: el.initial_conversation ?? null }),
  channels_select: (el) => ({ selected_channel: el.initial_channel ?? null }),
  datepicker: (el) => ({ selected_date: el.initial_date ?? null }),
  timepicker: (el) => ({ selected_time: el.initial_time ?? null }),
  radio_buttons: (el) => ({ selected_option: el.initial_option ?? null }),
  checkboxes: (el) => ({ selected_options: el.initial_options ?? [] }),
  file_input: () => ({ files: [] }),
};

/** The memory of a rendering that begins with these `state.values`. */
export function remembered(values) {
  const memory = new Map();
  for (const [block, actions] of Object.entries(values)) {
    for (const [action, value] of Object.entries(actions)) memory.set(keyOf(block, action), value);
  }
  return memory;
}

function keyOf(block, action) {
  return `${block}\n${action}`;
}

export class Scope {
  /**
   * `container` is what POST /ui/action wants; `remembered` holds the values of an earlier
   * rendering of the same view, which survive an update while block_id and action_id stay.
   */
  constructor(surface, container, remembered = new Map()) {
    this.surface = surface;
    this.container = container;
    this.remembered = remembered;
    this.values = new Map();
  }

  /** The value to show first; registers the element as part of the state. */
  start(block, element) {
    const key = keyOf(block.block_id, element.action_id);
    const kept = this.remembered.get(key);
    const value = kept?.type === element.type ? kept : INITIAL[element.type](element);
    this.put(block, element, value);
    return value;
  }

  put(block, element, value) {
    const key = keyOf(block.block_id, element.action_id);
    const stored = { type: element.type, ...value };
    this.values.set(key, stored);
    this.remembered.set(key, stored);
  }

  get(block, element) {
    return this.values.get(keyOf(block.block_id, element.action_id));
  }

  /** `state.values` as Slack sends it. */
  state() {
    const values = {};
    for (const [key, value] of this.values) {
      const [block, action] = key.split("\n");
      (values[block] ??= {})[action] = value;
    }
    return values;
  }

  /** Stores a changed value and tells the bot when the element is one that dispatches. */
  async change(block, element, value, { dispatch } = {}) {
    const before = this.get(block, element);
    this.put(block, element, value);
    if (!(dispatch ?? (block.type !== "input" || block.dispatch_action === true))) return true;
    const done = await this.act(block, element, value);
    if (!done) this.put(block, element, before);
    return done;
  }

  /**
   * Sends a block action, after its confirm dialog; `onSend` is called when it is under way.
   * False when it was not carried out.
   */
  async act(block, element, payload = {}, onSend = () => {}) {
    if (element.confirm && !(await ask(confirmTexts(element.confirm)))) return false;
    onSend();
    try {
      const answer = await post("/ui/action", {
        user: store.me.id,
        container: this.container,
        block_id: block.block_id,
        action_id: element.action_id,
        type: element.type,
        ...payload,
        state: this.state(),
      });
      if (!answer.ok) toast(answer.notice ?? t("failed"));
      return answer.ok;
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      toast(error.message);
      return false;
    }
  }

  /** The options for a type-ahead: { options, option_groups? }. */
  options(block, element, query) {
    return post("/ui/options", {
      user: store.me.id,
      container: this.container,
      block_id: block.block_id,
      action_id: element.action_id,
      value: query,
    });
  }

  async upload(file) {
    return (await upload(store.me.id, file)).file;
  }
}

function confirmTexts(confirm) {
  return {
    title: plain(confirm.title),
    text: textNodes(confirm.text),
    confirm: confirm.confirm ? plain(confirm.confirm) : t("yes"),
    deny: confirm.deny ? plain(confirm.deny) : t("no"),
    danger: confirm.style === "danger",
  };
}
