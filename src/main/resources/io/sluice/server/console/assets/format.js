// Numbers, sizes, times and names, as people read them.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { now } from "./time.js";

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const ONE_DIGIT = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const ABSOLUTE = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });
const MOMENT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "shortOffset" });
const CLOCK = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const MINUTE = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone: "UTC" };
const THERE = new Intl.DateTimeFormat("en-GB", MINUTE);
const THERE_ANOTHER_YEAR = new Intl.DateTimeFormat("en-GB", { ...MINUTE, year: "numeric" });
const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB"];

/** 4993 as 4,993; a dash for what is not known. */
export function number(value) {
  return value === null || value === undefined ? "–" : WHOLE.format(value);
}

/** A number with its noun: 1 row, 2 rows. */
export function count(value, noun, plural = `${noun}s`) {
  return `${number(value)} ${value === 1 ? noun : plural}`;
}

/** Rows each second: whole ones, and a digit more where there are few. */
export function rate(value) {
  return `${value < 10 ? ONE_DIGIT.format(value) : WHOLE.format(value)} rows/s`;
}

/** Bytes in binary units. */
export function size(bytes) {
  if (bytes === null || bytes === undefined) return "–";
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  if (unit === 0) return count(value, "byte");
  return `${value < 100 ? ONE_DIGIT.format(value) : WHOLE.format(value)} ${UNITS[unit]}`;
}

/** Seconds as "1 min 40 s". */
export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole}\u00a0s`;
  if (whole < 3600) return join(Math.floor(whole / 60), "min", whole % 60, "s");
  if (whole < 86400) return join(Math.floor(whole / 3600), "h", Math.round((whole % 3600) / 60), "min");
  return join(Math.floor(whole / 86400), "d", Math.round((whole % 86400) / 3600), "h");
}

/** How long something took, which is never nothing. */
export function lasted(seconds) {
  return seconds < 1 ? "less than 1 s" : duration(seconds);
}

function join(big, bigUnit, small, smallUnit) {
  return small === 0 ? `${big}\u00a0${bigUnit}` : `${big}\u00a0${bigUnit} ${small}\u00a0${smallUnit}`;
}

/** How long ago, or in how long, in words. */
export function relative(iso) {
  const seconds = (now() - Date.parse(iso)) / 1000;
  const far = Math.abs(seconds);
  if (far < 5) return "now";
  if (far > 30 * 86400) return moment(iso);
  const words = coarse(far);
  return seconds < 0 ? `in ${words}` : `${words} ago`;
}

function coarse(seconds) {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 2 * 86400) return `${Math.round(seconds / 3600)} h`;
  return count(Math.round(seconds / 86400), "day");
}

/** A time in full, in the reader's own time zone. */
export function absolute(iso) {
  return `${ABSOLUTE.format(new Date(iso))} (${zone()})`;
}

/** A time that comes with an offset, as clocks there show it: "Sun 29 Mar, 03:00 (UTC+2)". */
export function thereAt(iso) {
  const [, local, offset] = /^(.{16}).*?(Z|[+-].{5,})$/.exec(iso);
  const [hours, minutes] = offset === "Z" ? ["+00", "00"] : offset.split(":");
  const far = Number(hours) === 0 && minutes === "00" ? "" : `${hours[0]}${Number(hours.slice(1))}${minutes === "00" ? "" : `:${minutes}`}`;
  const format = Number(local.slice(0, 4)) === new Date(now()).getFullYear() ? THERE : THERE_ANOTHER_YEAR;
  return `${format.format(new Date(`${local}Z`))} (UTC${far})`;
}

/** Hours, minutes and seconds. */
export function clock(time) {
  return CLOCK.format(new Date(time));
}

/** The reader's own time zone. */
export function zone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A time to the minute, with its offset: "29 Nov 2026, 09:12 UTC+1". */
export function moment(iso) {
  return MOMENT.format(new Date(iso)).replace(/GMT(\+0$)?/, "UTC");
}

/** A time, relative, with the absolute one beside it where nothing can be hovered over. */
export function when(iso) {
  if (!iso) return "–";
  const [near, exact] = [relative(iso), moment(iso)];
  return html`<time datetime=${iso} title=${absolute(iso)}>${near}${near === exact ? nothing : html`<span class="at"> (${exact})</span>`}</time>`;
}

/** block-senders or block_senders as "block senders". */
export function resourceName(slug) {
  return String(slug ?? "").replaceAll(/[-_]/g, " ");
}

/** A few names in a row: a, b and c. */
export function listed(names) {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** A JSON value as text on one line. */
export function value(json) {
  if (json === null || json === undefined) return "none";
  if (json === "") return "empty";
  return typeof json === "string" ? json : JSON.stringify(json);
}
