// Small helpers to build DOM nodes. Text from messages only ever becomes text nodes.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  hash: "M9 4 7 20M17 4l-2 16M4.5 9h16M3.5 15h16",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  bolt: "M13 3 5 14h6l-1 7 8-11h-6z",
  send: "M4 12 3.5 4.5 21 12 3.5 19.5 4 12Zm0 0h8",
  close: "M6 6l12 12M18 6 6 18",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  dots: "M5.5 12h.01M12 12h.01M18.5 12h.01",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Zm9.5 3a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3.5 2",
  down: "M6 9.5l6 6 6-6",
  left: "M14.5 6l-6 6 6 6",
  right: "M9.5 6l6 6-6 6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  menu: "M4 7h16M4 12h16M4 17h16",
  calendar: "M4.5 6h15v14h-15zM4.5 10.5h15M8.5 3.5v4M15.5 3.5v4",
  file: "M6.5 3h8l4 4v14h-12zM14 3v5h4.5",
  upload: "M12 16V5M7.5 9.5 12 5l4.5 4.5M5 19.5h14",
  home: "M4 11l8-7 8 7v9h-5.5v-6h-5v6H4z",
  chat: "M4 5h16v11H10l-4.5 4v-4H4z",
  warning: "M12 4 2.5 20h19zM12 10v4.5M12 17v.01",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 2.5-2.5L20 16M15.5 9v.01",
};

/** An element with attributes, `on…` listeners, `dataset`, and children (strings become text). */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2).toLowerCase(), value);
    else if (key === "dataset") Object.assign(node.dataset, value);
    else if (key === "value" || key === "checked") node[key] = value;
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child);
  }
}

/** Replaces the children of `node`. */
export function fill(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

/** Makes `nodes` the children of `parent`, without touching those that already are. */
export function reconcile(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
}

export function icon(name, size = 18) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  const attributes = { viewBox: "0 0 24 24", width: size, height: size, class: `icon icon-${name}` };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

let counter = 0;

/** An id that is unique in the page, for aria references. */
export function uid(prefix) {
  counter += 1;
  return `${prefix}-${counter}`;
}

/** True while an input method is composing: Enter then belongs to it and never sends. */
export function composing(event) {
  return event.isComposing || event.keyCode === 229;
}

const LINK_SCHEMES = new Set(["http:", "https:", "mailto:", "tel:", "sms:"]);

/** The address when it may become a link, otherwise null (no javascript: and the like). */
export function safeUrl(address) {
  try {
    const url = new URL(address);
    return LINK_SCHEMES.has(url.protocol) ? address : null;
  } catch {
    return null;
  }
}

/** A link that opens beside the sandbox; plain text when the address is not a safe one. */
export function link(address, ...children) {
  const href = safeUrl(address);
  const content = children.length ? children : [address];
  if (href === null) return h("span", {}, content);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer", class: "link" }, content);
}
