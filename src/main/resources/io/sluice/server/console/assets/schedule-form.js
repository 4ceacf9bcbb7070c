// The form for a schedule.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { get, Problem, put } from "./api.js";
import { cronOf, cronWords, dayOptions, formOf, PATTERNS } from "./cron.js";
import { ask, dialogForm, fill, filling } from "./dialog.js";
import { resourceName, thereAt, zone } from "./format.js";
import { once } from "./once.js";
import { effective, modes } from "./options.js";
import { named } from "./kinds.js";
import { characters } from "./limits.js";
import { settled, update } from "./screen.js";
import { attempt, problem, select, ticks } from "./ui.js";

const KINDS = [["export", "Back up an account"], ["diff", "Compare two accounts"], ["migrate", "Migrate one account into another"],
  ["prune", "Delete what has expired"], ["feed", "Import a feed if it has changed"]];

/** Asks for a new schedule, or for changes to one. Resolves with it once it is kept; null if it was left. */
export function editSchedule(schedule, profile = null) {
  const form = { loaded: false, busy: false, error: null };
  const items = (path) => get(path).then((answer) => answer.items);
  fill(form, () => Promise.all([items("/v1/profiles"), items("/v1/resources"), items("/v1/feeds"), characters("schedule_name")]), ([profiles, resources, feeds, most]) => {
    Object.assign(form, begin(schedule, profile, profiles.filter((each) => !each.problem).map((each) => each.name), resources.map((each) => each.slug)),
      { feeds: feeds.map((each) => each.name), most });
    form.feed ??= form.feeds[0] ?? "";
  });
  let before = schedule;
  const body = () => ({ name: form.name.trim(), job: spec(form), cron: cronOf(form), zone: form.zone, paused: before?.paused ?? false });
  async function replace() {
    const path = `/v1/schedules/${encodeURIComponent(schedule.id)}`;
    const now = await get(path);
    const moved = JSON.stringify(kept({ ...now, paused: null })) !== JSON.stringify(kept({ ...before, paused: null }));
    before = now;
    if (moved) {
      throw new Problem({ title: "The schedule was changed meanwhile", detail: `It is due ${cronWords(now.cron, now.zone)} now, and named ${now.name}.`,
        hint: "Save again to put what is here in its place, or cancel to keep it." });
    }
    return put(path, body());
  }
  const times = dueTimes(form);
  return ask((close) => dialogForm({
    title: schedule ? `Change ${schedule.name}` : "New schedule",
    label: schedule ? "Save changes" : "Create schedule",
    busy: form.busy,
    disabled: !form.loaded || !form.name.trim() || !form.zone || !cronOf(form) || !form.resources.length || !sides(form) || refused(times().error),
    cancel: () => close(null),
    body: form.loaded ? html`${fields(form, times())}${problem(form.error)}` : filling(form),
    submit: async () => {
      const saved = await attempt(form, () => (schedule ? replace() : once("/v1/schedules", body())));
      if (saved || !form.error) close(saved ?? true);
    },
  }));
}

/** What of a schedule is changed as a whole. */
export const kept = ({ name, job, cron, zone, paused }) => ({ name, job, cron, zone, paused });

function begin(schedule, profile, profiles, slugs) {
  const job = schedule?.job ?? {};
  const live = (side) => (side?.startsWith("profile:") ? side.slice(8) : null);
  const first = job.profile ?? job.from ?? live(job.before) ?? profile ?? profiles[0] ?? "";
  return {
    error: null, busy: false, profiles, slugs, kept: job,
    name: schedule?.name ?? "",
    kind: job.kind ?? "export",
    first,
    second: job.to ?? live(job.after) ?? profiles.find((each) => each !== first) ?? "",
    resources: job.resources?.length ? job.resources : slugs,
    keep: job.kind === "export" ? String(job.keep ?? "") : "14",
    mode: job.options?.mode ?? "upsert",
    feed: job.feed ?? null,
    owner: job.options?.owner ?? "",
    expires: job.options?.expires ?? "",
    grace: job.grace ?? "",
    zone: schedule?.zone ?? zone(),
    ...(schedule ? formOf(schedule.cron) : { pattern: "daily", time: "02:00", day: "1", date: "1", cron: "0 2 * * *" }),
  };
}

/** When it would be due: asked for again once what is typed has settled. Gives what is known by now. */
function dueTimes(form) {
  let wanted = null;
  let known = { next: null, error: null };
  const fetch = settled(async (asked, query) => {
    const found = await get("/v1/schedules/next", query).then(({ next }) => ({ next, error: null }), (error) => ({ next: null, error }));
    if (asked === wanted) known = found;
    update();
  });
  return () => {
    const query = { cron: cronOf(form), zone: form.zone.trim() };
    const asked = `${query.cron} ${query.zone}`;
    if (asked !== wanted) {
      wanted = asked;
      known = { next: null, error: null };
      if (query.cron && query.zone) fetch(asked, query);
    }
    return { ...known, again: () => fetch(asked, query) };
  };
}

// A service that did not answer has refused nothing.
const refused = (error) => Boolean(error) && [400, 422].includes(error.status);

function due(form, { next, error, again }) {
  if (error) return problem(error, refused(error) ? null : again);
  return html`<p class="quiet">${cronOf(form) ? `Due ${cronWords(cronOf(form), form.zone)}.` : nothing}
    ${next ? `Next: ${next.map(thereAt).join("; ")}.` : nothing}
    A time that clocks skip is due at the next that exists, one that comes twice only once. What falls due while the service is down is made up for once.</p>`;
}

const ALONE = ["export", "prune", "feed"];
const sides = (form) => Boolean(form.first) && (form.kind === "feed" ? Boolean(form.feed) : ALONE.includes(form.kind) || (Boolean(form.second) && form.first !== form.second));
const offered = (form) => (KINDS.some(([kind]) => kind === form.kind) ? KINDS : []);

function spec(form) {
  const { kept, kind, first, second } = form;
  const resources = named(form.resources, form.slugs);
  const same = kept.kind === kind ? kept : {};
  if (kind === "export") return { ...same, kind, profile: first, resources, keep: form.keep ? Number(form.keep) : null };
  if (kind === "diff") return { ...same, kind, before: `profile:${first}`, after: `profile:${second}`, resources };
  if (kind === "migrate") return { ...same, kind, from: first, to: second, resources, options: effective({ ...same.options, mode: form.mode }, resources) };
  if (kind === "prune") return { ...same, kind, profile: first, grace: form.grace || null, options: { ...same.options, owner: form.owner || null } };
  if (kind === "feed") return { ...same, kind, profile: first, feed: form.feed, options: effective({ ...same.options, mode: form.mode, owner: form.owner, expires: form.expires }) };
  return kept;
}

const owner = (form, typed) => html`<label class="field short"><span>Owner</span>
  <input type="text" maxlength="40" spellcheck="false" .value=${form.owner} @input=${typed("owner")}><small>Empty: everybody's records.</small></label>`;

function pruneFields(form, typed) {
  return html`${owner(form, typed)}
    <label class="field short"><span>Keep for so many days longer</span>
      <input type="text" pattern="[0-9]{1,4}d" placeholder="0d" .value=${form.grace} @input=${typed("grace")}><small>Such as 7d.</small></label>`;
}

function feedFields(form, set) {
  const typed = (name) => (event) => set(name)(event.target.value.trim());
  if (!form.feeds.length) return html`<p class="notice warn">The service's configuration names no feeds: add them below "feeds:", then open this again.</p>`;
  return html`${select({ label: "Feed", value: form.feed, options: form.feeds.map((name) => [name, name]), change: set("feed") })}
    ${owner(form, typed)}
    <label class="field short"><span>Records end</span>
      <input type="text" placeholder="never" .value=${form.expires} @input=${typed("expires")}><small>A number of days such as 14d.</small></label>
    ${modes(form.mode, set("mode"), ["mirror", "upsert", "create"])}`;
}

function fields(form, times) {
  const set = (name) => (value) => {
    form[name] = value;
    update();
  };
  const typed = (name) => (event) => set(name)(event.target.value);
  const profiles = form.profiles.map((name) => [name, name]);
  return html`
    <label class="field"><span>Name</span><input type="text" maxlength=${form.most ?? nothing} required .value=${form.name} @input=${typed("name")}></label>
    ${offered(form).length ? html`
      ${select({ label: "What", value: form.kind, options: KINDS, change: set("kind") })}
      ${select({ label: ALONE.includes(form.kind) ? "Account" : "First account", value: form.first, options: profiles, change: set("first") })}
      ${ALONE.includes(form.kind) ? nothing : select({ label: "Second account", value: form.second, options: profiles, change: set("second"),
        hint: form.kind === "migrate" ? "This one is changed." : null })}
      ${form.kind === "feed" ? feedFields(form, set) : form.kind === "prune" ? pruneFields(form, typed) : ticks({ legend: "Kinds of records", options: form.slugs.map((slug) => [slug, resourceName(slug)]), chosen: form.resources, change: set("resources") })}
      ${form.kind === "migrate" ? modes(form.mode, set("mode"), ["upsert", "create", "update"]) : nothing}
      ${form.kind === "export" ? html`<label class="field short"><span>Keep the newest</span>
        <input type="number" min="1" inputmode="numeric" .value=${form.keep} @input=${typed("keep")}><small>Empty keeps all.</small></label>` : nothing}` : nothing}
    <fieldset><legend>When</legend><div class="filters">
      ${select({ label: "How often", value: form.pattern, options: PATTERNS, change: set("pattern") })}
      ${form.pattern === "own" ? html`<label class="field"><span>Minute hour day month weekday</span>
        <input type="text" spellcheck="false" .value=${form.cron} @input=${typed("cron")}></label>` : nothing}
      ${form.pattern === "weekly" ? select({ label: "On", value: form.day, options: dayOptions, change: set("day") }) : nothing}
      ${form.pattern === "monthly" ? html`<label class="field short"><span>On day</span>
        <input type="number" min="1" max="28" .value=${form.date} @input=${typed("date")}></label>` : nothing}
      ${form.pattern === "own" ? nothing : html`<label class="field short"><span>${form.pattern === "hourly" ? "At minute (of the time)" : "At"}</span>
        <input type="time" required .value=${form.time} @input=${typed("time")}></label>`}
      <label class="field"><span>Time zone</span><input type="text" list="zones" required spellcheck="false" .value=${form.zone} @input=${typed("zone")}></label>
      <datalist id="zones">${Intl.supportedValuesOf("timeZone").map((name) => html`<option value=${name}></option>`)}</datalist></div>
      ${due(form, times)}</fieldset>`;
}
