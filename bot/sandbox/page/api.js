// The sandbox's HTTP interface: JSON requests, and one stream of events per acting person.

import { t } from "./texts.js";

/** A request that did not come through; its message can be shown to the person. */
export class RequestFailed extends Error {
  /** `status` is the HTTP status, 0 when there was no answer at all. */
  constructor(message, status, options) {
    super(message, options);
    this.status = status;
  }
}

async function answer(request) {
  let response;
  try {
    response = await request;
  } catch (cause) {
    throw new RequestFailed(t("request_failed", { status: "offline" }), 0, { cause });
  }
  const body = await response.json().catch(() => null);
  if (!response.ok || body === null) {
    const text = body?.notice ?? t("request_failed", { status: response.status });
    throw new RequestFailed(text, response.status);
  }
  return body;
}

export function get(path, params = {}) {
  return answer(fetch(`${path}?${new URLSearchParams(params)}`));
}

export function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return answer(fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

export function upload(user, file) {
  const form = new FormData();
  form.append("user", user);
  form.append("file", file, file.name);
  return answer(fetch("/ui/upload", { method: "POST", body: form }));
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 8000;

/**
 * Listens to the events of one person and reconnects by itself.
 * `onEvent(event)` gets each event, `onState(open, again)` each change of the connection;
 * `again` is true when events may have been missed. Returns a function that stops it.
 */
export function listen(user, onEvent, onState) {
  let source = null;
  let timer = null;
  let delay = FIRST_RETRY_MS;
  let opened = false;
  let stopped = false;

  function open() {
    source = new EventSource(`/ui/events?${new URLSearchParams({ user })}`);
    source.onopen = () => {
      delay = FIRST_RETRY_MS;
      onState(true, opened);
      opened = true;
    };
    source.onmessage = (message) => onEvent(JSON.parse(message.data));
    source.onerror = () => {
      source.close();
      if (stopped) return;
      onState(false, opened);
      timer = setTimeout(open, delay);
      delay = Math.min(delay * 2, LAST_RETRY_MS);
    };
  }

  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source.close();
  };
}
