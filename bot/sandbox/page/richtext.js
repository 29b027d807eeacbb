// `rich_text` blocks (shown only; Slack makes them of what people type).

import { h, link } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelMention, emojiNode, userMention } from "./mrkdwn.js";
import { slackDate } from "./time.js";

const STYLE_TAGS = { bold: "strong", italic: "em", strike: "s", code: "code" };

export function richText(block) {
  return h("div", { class: "b-rich" }, block.elements.map(part));
}

function part(element) {
  const children = () => element.elements.map(leaf);
  switch (element.type) {
    case "rich_text_section":
      return h("div", { class: "pre-wrap" }, children());
    case "rich_text_preformatted":
      return h("pre", {}, children());
    case "rich_text_quote":
      return h("blockquote", { class: "pre-wrap" }, children());
    case "rich_text_list": {
      const tag = element.style === "ordered" ? "ol" : "ul";
      const list = h(tag, {}, element.elements.map((item) => h("li", {}, part(item))));
      list.style.marginInlineStart = `${(element.indent ?? 0) * 20}px`;
      return list;
    }
    default:
      return null;
  }
}

function leaf(element) {
  let node = plainLeaf(element);
  for (const [style, tag] of Object.entries(STYLE_TAGS)) {
    if (element.style?.[style]) node = h(tag, {}, node);
  }
  return node;
}

function plainLeaf(element) {
  switch (element.type) {
    case "text":
      return element.text;
    case "link":
      return link(element.url, element.text ?? element.url);
    case "user":
      return userMention(element.user_id);
    case "channel":
      return channelMention(element.channel_id);
    case "broadcast":
      return h("span", { class: "mention mention-me" }, `@${element.range}`);
    case "emoji": {
      const character = emoji(element.name);
      return character ? emojiNode(character, element.name) : `:${element.name}:`;
    }
    case "date":
      return h("time", {}, slackDate(element.timestamp, element.format));
    default:
      return element.text ?? "";
  }
}
