// Date and time pickers in the acting person's language.

import { fill, h, icon, uid } from "./dom.js";
import { float } from "./float.js";
import { now } from "./store.js";
import { Combobox } from "./select.js";
import { currentLanguage, t } from "./texts.js";
import { dayOf, plainDateLabel } from "./time.js";

const DAY_MS = 86_400_000;
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

const toDate = (day) => new Date(`${day}T00:00:00Z`);
const toDay = (date) => date.toISOString().slice(0, 10);
const shifted = (day, days) => toDay(new Date(toDate(day).getTime() + days * DAY_MS));

function shiftedMonth(day, months) {
  const date = toDate(day);
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date.getUTCDate(), last));
  return toDay(first);
}

function label(day, options) {
  const locale = currentLanguage() === "ja" ? "ja-JP" : "en-US";
  return new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options }).format(toDate(day));
}

/** A date field ("2026-11-24" or null) with a calendar; `onChange(day)` may answer false. */
export function datePicker({ value, placeholder, labelledBy, label: name, onChange }) {
  let chosen = value;
  const text = h("span", { class: "picker-text", id: uid("date") });
  const button = h(
    "button",
    {
      type: "button",
      class: "picker",
      "aria-haspopup": "dialog",
      "aria-labelledby": labelledBy ? `${labelledBy} ${text.id}` : undefined,
      "aria-label": labelledBy ? undefined : name,
    },
    icon("calendar", 16),
    text,
  );
  const paint = () => {
    text.textContent = chosen ? plainDateLabel(chosen) : placeholder;
    text.classList.toggle("placeholder", !chosen);
  };
  button.addEventListener("click", () => {
    openCalendar(button, chosen ?? dayOf(now()), chosen, async (day) => {
      const before = chosen;
      chosen = day;
      paint();
      if ((await onChange(day)) === false) {
        chosen = before;
        paint();
      }
    });
  });
  paint();
  return button;
}

function openCalendar(anchor, start, chosen, onPick) {
  let cursor = start;
  const title = h("strong", { "aria-live": "polite" });
  const grid = h("div", { class: "calendar-grid" });
  const turn = (months, name, glyph) =>
    h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": t(name),
        onClick: () => show(shiftedMonth(cursor, months), false),
      },
      icon(glyph),
    );
  const head = h("div", { class: "calendar-head" }, turn(-1, "prev_month", "left"), title, turn(1, "next_month", "right"));
  const panel = h("div", { class: "calendar", role: "dialog", "aria-label": t("choose_date") }, head, grid);
  const close = float(anchor, panel);
  const pick = (day) => {
    close();
    anchor.focus();
    onPick(day);
  };

  function show(day, focus = true) {
    cursor = day;
    title.textContent = label(day, { year: "numeric", month: "long" });
    fill(grid, weekdayNames(), monthDays(day).map((each) => dayButton(each, day, chosen, pick)));
    if (focus) grid.querySelector("[tabindex='0']").focus();
  }

  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
      anchor.focus();
    } else if (event.key in STEPS && grid.contains(document.activeElement)) {
      event.preventDefault();
      show(shifted(cursor, STEPS[event.key]));
    } else if (event.key === "PageUp" || event.key === "PageDown") {
      event.preventDefault();
      show(shiftedMonth(cursor, event.key === "PageUp" ? -1 : 1));
    }
  });
  show(cursor);
}

function weekdayNames() {
  const sunday = "2026-11-22";
  return Array.from({ length: 7 }, (_, index) =>
    h("span", { class: "calendar-weekday", "aria-hidden": "true" }, label(shifted(sunday, index), { weekday: "narrow" })),
  );
}

/** The 42 days shown for the month of `day`, from a Sunday on. */
function monthDays(day) {
  const first = `${day.slice(0, 7)}-01`;
  const from = shifted(first, -toDate(first).getUTCDay());
  return Array.from({ length: 42 }, (_, index) => shifted(from, index));
}

function dayButton(day, cursor, chosen, pick) {
  const outside = day.slice(0, 7) !== cursor.slice(0, 7);
  const today = day === dayOf(now());
  return h(
    "button",
    {
      type: "button",
      class: `calendar-day${outside ? " outside" : ""}${today ? " today" : ""}${day === chosen ? " chosen" : ""}`,
      tabindex: day === cursor ? "0" : "-1",
      "aria-label": label(day, { dateStyle: "full" }),
      "aria-current": today ? "date" : undefined,
      "aria-pressed": day === chosen ? "true" : "false",
      dataset: { day },
      onClick: () => pick(day),
    },
    String(Number(day.slice(8))),
  );
}

const QUARTERS = Array.from({ length: 96 }, (_, index) => {
  const hour = String(Math.floor(index / 4)).padStart(2, "0");
  return `${hour}:${String((index % 4) * 15).padStart(2, "0")}`;
});

const timeOption = (time) => ({ text: { type: "plain_text", text: timeText(time) }, value: time });

function timeText(time) {
  const locale = currentLanguage() === "ja" ? "ja-JP" : "en-US";
  const format = new Intl.DateTimeFormat(locale, { timeZone: "UTC", hour: "numeric", minute: "2-digit" });
  return format.format(new Date(`2026-01-01T${time}:00Z`));
}

/** "9:05", "９：０５" or "21:30" as "HH:MM"; null when it is no time. */
function typedTime(text) {
  const parts = /^(\d{1,2}):(\d{2})$/.exec(text.normalize("NFKC").trim());
  if (!parts || Number(parts[1]) > 23 || Number(parts[2]) > 59) return null;
  return `${parts[1].padStart(2, "0")}:${parts[2]}`;
}

/** A time field ("09:30" or null): quarters of an hour to choose from, any minute by typing. */
export function timePicker({ value, placeholder, labelledBy, label: name, onChange }) {
  const source = (query) => {
    const wanted = query.normalize("NFKC").toLowerCase();
    const typed = typedTime(query);
    const fitting = QUARTERS.filter((time) => time !== typed && fits(time, wanted));
    return [{ options: [...(typed ? [typed] : []), ...fitting].map(timeOption) }];
  };
  return new Combobox({
    source,
    chosen: value ? [timeOption(value)] : [],
    placeholder,
    labelledBy,
    label: name,
    leading: icon("clock", 16),
    onChange: (options) => onChange(options[0]?.value ?? null),
  }).node;
}

function fits(time, wanted) {
  return time.includes(wanted) || timeText(time).toLowerCase().includes(wanted);
}
