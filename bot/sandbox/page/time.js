// Dates and times in the acting person's time zone and language.

import { now, store } from "./store.js";
import { currentLanguage, t } from "./texts.js";

const formats = new Map();

function format(seconds, options) {
  const locale = currentLanguage() === "ja" ? "ja-JP" : "en-US";
  const key = `${locale}|${store.me.tz}|${JSON.stringify(options)}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: store.me.tz, ...options }));
  }
  return formats.get(key).format(new Date(seconds * 1000));
}

/** The local calendar day as "2026-11-24", for grouping. */
export function dayOf(seconds) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: store.me.tz }).format(seconds * 1000);
}

export function timeLabel(seconds) {
  return format(seconds, { hour: "numeric", minute: "2-digit" });
}

function relativeDay(seconds) {
  const day = dayOf(seconds);
  if (day === dayOf(now())) return t("today");
  if (day === dayOf(now() - 86400)) return t("yesterday");
  if (day === dayOf(now() + 86400)) return t("tomorrow");
  return null;
}

export function dividerLabel(seconds) {
  const sameYear = dayOf(seconds).slice(0, 4) === dayOf(now()).slice(0, 4);
  const label = format(seconds, {
    month: "long",
    day: "numeric",
    weekday: "long",
    ...(sameYear ? {} : { year: "numeric" }),
  });
  const relative = relativeDay(seconds);
  return relative ? `${relative}${currentLanguage() === "ja" ? "　" : ", "}${label}` : label;
}

export function fullLabel(seconds) {
  return format(seconds, { dateStyle: "full", timeStyle: "short" });
}

export function clockLabel(seconds) {
  return `${format(seconds, { month: "short", day: "numeric", weekday: "short" })} ${timeLabel(seconds)}`;
}

/** A "2026-11-24" shown as a date; it has no zone of its own. */
export function plainDateLabel(day) {
  return new Intl.DateTimeFormat(currentLanguage() === "ja" ? "ja-JP" : "en-US", {
    timeZone: "UTC",
    year: "numeric",
    month: "short",
    day: "numeric",
    weekday: "short",
  }).format(new Date(`${day}T00:00:00Z`));
}

const TOKENS = {
  date_num: (s) => dayOf(s),
  date_slash: (s) => dayOf(s).replaceAll("-", "/"),
  date: (s) => format(s, { year: "numeric", month: "long", day: "numeric" }),
  date_short: (s) => format(s, { year: "numeric", month: "short", day: "numeric" }),
  date_long: (s) => format(s, { year: "numeric", month: "long", day: "numeric", weekday: "long" }),
  time: timeLabel,
  time_secs: (s) => format(s, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago: (s) => agoLabel(s),
};

function agoLabel(seconds) {
  const relative = new Intl.RelativeTimeFormat(currentLanguage(), { numeric: "auto" });
  const minutes = Math.round((seconds - now()) / 60);
  if (Math.abs(minutes) < 60) return relative.format(minutes, "minute");
  if (Math.abs(minutes) < 48 * 60) return relative.format(Math.round(minutes / 60), "hour");
  return relative.format(Math.round(minutes / 1440), "day");
}

/** Slack's `<!date^…>` pattern, such as "{date_short_pretty} {time}". */
export function slackDate(seconds, pattern) {
  return pattern.replace(/\{(\w+)\}/g, (whole, token) => {
    const base = token.replace(/_pretty$/, "");
    if (base !== token) {
      const relative = relativeDay(seconds);
      if (relative) return currentLanguage() === "ja" ? relative : relative.toLowerCase();
    }
    return TOKENS[base] ? TOKENS[base](seconds) : whole;
  });
}
