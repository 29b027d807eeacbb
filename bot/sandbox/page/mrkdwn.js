// Slack's mrkdwn and text objects as DOM nodes. Everything a person or the bot wrote becomes text nodes.

import { h, link } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { nameOf, store } from "./store.js";
import { t } from "./texts.js";
import { fullLabel, slackDate } from "./time.js";

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const INLINE = /`([^`\n]+)`|<([^<>\n]+)>|:([a-z0-9_+'-]+(?:::skin-tone-\d)?):|(https?:\/\/[^\s<>|、。）」]+)|([*_~])/g;
const STYLES = { "*": "strong", _: "em", "~": "s" };
// Slack sees a mark only against a space or half-width punctuation: in Japanese `これは*太字*です`
// stays as typed. Where its clients differ (full-width space, backticks), the stricter way is shown.
const BOUNDARY = /^$|[ \t\u00a0\u200b!-/:-@[-`{-~]/;

function unescape(text) {
  return text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);
}

/** A text object (`plain_text` or `mrkdwn`) as nodes. */
export function textNodes(object) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text) : [plain(object)];
}

/** The string of a `plain_text` object, with its emoji. */
export function plain(object) {
  return object.emoji === false ? object.text : withEmoji(object.text);
}

/** Nodes for a mrkdwn string: code fences, quotes, and inline marks. */
export function mrkdwn(text) {
  return text.split("```").flatMap((part, index, parts) => {
    const fenced = index % 2 === 1 && index < parts.length - 1;
    if (fenced) return [h("pre", {}, codeNodes(part.replace(/^\n|\n$/g, "")))];
    return quotesAndLines(trimAroundFences(part, index, parts.length));
  });
}

function trimAroundFences(part, index, count) {
  let text = part;
  if (index > 0) text = text.replace(/^\n/, "");
  if (index < count - 1) text = text.replace(/\n$/, "");
  return text;
}

function codeNodes(text) {
  // Links stay links inside code; all other marks are shown as typed.
  return text.split(/(<(?:https?|mailto):[^<>\n]+>)/).map((piece, index) => {
    if (index % 2 === 0) return unescape(piece);
    const [address, label] = split(piece.slice(1, -1));
    return link(unescape(address), unescape(label ?? address));
  });
}

function quotesAndLines(text) {
  const nodes = [];
  let quote = [];
  const lines = text.split("\n");
  const endQuote = () => {
    if (quote.length) nodes.push(h("blockquote", {}, lineNodes(quote)));
    quote = [];
  };
  let plainLines = [];
  const endPlain = () => {
    if (plainLines.length) nodes.push(...lineNodes(plainLines));
    plainLines = [];
  };
  for (const line of lines) {
    const quoted = /^(?:&gt;|>)\s?(.*)$/.exec(line);
    if (quoted) {
      endPlain();
      quote.push(quoted[1]);
    } else {
      endQuote();
      plainLines.push(line);
    }
  }
  endQuote();
  endPlain();
  return nodes;
}

function lineNodes(lines) {
  return lines.flatMap((line, index) => [...(index ? [h("br")] : []), ...inline(line)]);
}

/** Inline marks of one line. */
export function inline(text) {
  const nodes = [];
  let from = 0;
  INLINE.lastIndex = 0;
  for (let match = INLINE.exec(text); match; match = INLINE.exec(text)) {
    const found = nodeFor(match, text);
    if (!found) continue;
    if (match.index > from) nodes.push(unescape(text.slice(from, match.index)));
    nodes.push(found.node);
    from = found.end;
    INLINE.lastIndex = from;
  }
  if (from < text.length) nodes.push(unescape(text.slice(from)));
  return nodes;
}

function nodeFor(match, text) {
  const [whole, code, entity, short, address, mark] = match;
  const end = match.index + whole.length;
  if (code !== undefined) {
    const stands = BOUNDARY.test(text.slice(0, match.index).slice(-1)) && BOUNDARY.test(text.charAt(end));
    return stands && { node: h("code", {}, codeNodes(code)), end };
  }
  if (entity !== undefined) return { node: entityNode(entity), end };
  if (short !== undefined) {
    const character = emoji(short);
    return character && { node: emojiNode(character, short), end };
  }
  if (address !== undefined) return { node: link(unescape(address)), end };
  return emphasis(text, match.index, mark);
}

function emphasis(text, start, mark) {
  const before = text.slice(0, start).slice(-1);
  if (!BOUNDARY.test(before) || before === mark) return null;
  for (let end = text.indexOf(mark, start + 1); end > 0; end = text.indexOf(mark, end + 1)) {
    const content = text.slice(start + 1, end);
    const closes = content && content.trim() === content && BOUNDARY.test(text.charAt(end + 1));
    if (!closes || content.startsWith(mark)) continue;
    const position = INLINE.lastIndex;
    const node = h(STYLES[mark], {}, inline(content));
    INLINE.lastIndex = position;
    return { node, end: end + 1 };
  }
  return null;
}

export function emojiNode(character, name) {
  return h("span", { class: "emoji", role: "img", "aria-label": name.replaceAll("_", " ") }, character);
}

function split(text) {
  const at = text.indexOf("|");
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

/** What stands between angle brackets: <@U…>, <#C…>, <!here>, <!date^…>, <url|text>. */
function entityNode(entity) {
  const [target, label] = split(entity);
  if (target.startsWith("@")) return userMention(target.slice(1), label);
  if (target.startsWith("#")) return channelMention(target.slice(1), label);
  if (target.startsWith("!")) return command(target.slice(1), label);
  const address = unescape(target);
  if (/^[a-z]+:/i.test(address)) return link(address, ...(label ? inline(label) : [address]));
  return h("span", {}, `<${unescape(entity)}>`);
}

export function userMention(id, label) {
  const name = nameOf(id) ?? label ?? t("somebody");
  const own = id === store.me.id ? " mention-me" : "";
  return h("span", { class: `mention${own}` }, `@${name}`);
}

export function channelMention(id, label) {
  const name = store.channels.get(id)?.name ?? label ?? id;
  return h("span", { class: "mention" }, `#${name}`);
}

function command(target, label) {
  const [kind, seconds, pattern, address] = target.split("^");
  if (kind === "date") {
    const shown = slackDate(Number(seconds), pattern);
    const node = h("time", { title: fullLabel(Number(seconds)) }, shown);
    return address ? link(address, node) : node;
  }
  if (["here", "channel", "everyone"].includes(kind)) {
    return h("span", { class: "mention mention-me" }, `@${kind}`);
  }
  return h("span", { class: "mention" }, label ?? `@${kind}`);
}
