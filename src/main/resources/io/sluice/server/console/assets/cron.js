// When a schedule is due: cron's five fields, and the same in words.

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const NAMES = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** The patterns that the form offers. */
export const PATTERNS = [
  ["hourly", "Every hour"],
  ["daily", "Every day"],
  ["weekdays", "Monday to Friday"],
  ["weekly", "Every week"],
  ["monthly", "Every month"],
  ["own", "As a cron expression"],
];

/** The days of a week to choose from. */
export const dayOptions = [1, 2, 3, 4, 5, 6, 0].map((day) => [String(day), DAYS[day]]);

/** The five fields of what a form says; empty while its time is not whole. */
export function cronOf({ pattern, time, day, date, cron }) {
  if (pattern === "own") return cron.trim();
  const [hour, minute] = time.split(":").map(Number);
  if (!time) return "";
  if (pattern === "hourly") return `${minute} * * * *`;
  if (pattern === "weekdays") return `${minute} ${hour} * * 1-5`;
  if (pattern === "weekly") return `${minute} ${hour} * * ${day}`;
  if (pattern === "monthly") return `${minute} ${hour} ${date} * *`;
  return `${minute} ${hour} * * *`;
}

/** What a form says, of five fields. */
export function formOf(cron) {
  const form = { pattern: "own", time: "02:00", day: "1", date: "1", cron };
  const [minute, hour, date, month, day, more] = cron.trim().split(/\s+/);
  if (!/^\d+$/.test(minute) || month !== "*" || more) return form;
  if (hour === "*" && date === "*" && day === "*") return { ...form, pattern: "hourly", time: `00:${two(minute)}` };
  if (!/^\d+$/.test(hour)) return form;
  form.time = `${two(hour)}:${two(minute)}`;
  if (date === "*" && day === "*") return { ...form, pattern: "daily" };
  if (date === "*" && (day === "1-5" || day === "MON-FRI")) return { ...form, pattern: "weekdays" };
  if (date === "*" && dayOf(day) !== null) return { ...form, pattern: "weekly", day: String(dayOf(day)) };
  if (day === "*" && /^\d+$/.test(date) && Number(date) <= 28) return { ...form, pattern: "monthly", date };
  return form;
}

/** When it is due, in words, with the time zone. */
export function cronWords(cron, zone) {
  const form = formOf(cron);
  const words = {
    hourly: `every hour at ${form.time.slice(3)} past`,
    daily: `every day ${form.time}`,
    weekdays: `Monday to Friday ${form.time}`,
    weekly: `every ${DAYS[form.day]} ${form.time}`,
    monthly: `on day ${form.date} of every month ${form.time}`,
    own: `cron ${cron}`,
  };
  return `${words[form.pattern]} ${zone}`;
}

function dayOf(text) {
  if (/^[0-7]$/.test(text)) return Number(text) % 7;
  const index = NAMES.indexOf(text.toUpperCase());
  return index < 0 ? null : index;
}

const two = (text) => String(text).padStart(2, "0");
