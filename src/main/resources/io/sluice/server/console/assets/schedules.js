// Schedules: what is done again and again, when, and how it went the last time.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { get, put, remove } from "./api.js";
import { cronWords } from "./cron.js";
import { confirm } from "./dialog.js";
import { count, thereAt, when } from "./format.js";
import { jobTitle, resultLine, stateMark } from "./job-words.js";
import { once } from "./once.js";
import { go } from "./router.js";
import { editSchedule, kept } from "./schedule-form.js";
import { every } from "./screen.js";
import { mayWrite } from "./session.js";
import { attempt, empty, Loaded, notice, problem, table } from "./ui.js";

export function open({ query }) {
  const acting = { busy: false, error: null };
  const list = new Loaded(async () => (await get("/v1/schedules")).items);
  let left = false;
  list.load().then(() => query.new && mayWrite() && !left && edit(null, query.new));
  const stop = every(15000, () => list.refresh());

  async function edit(schedule, profile = null) {
    if (await editSchedule(schedule, profile)) list.load();
  }

  // Only that changes: what others have changed since the list was read stays.
  async function pause({ id, name, paused }) {
    const said = paused ? `${name} is due again.` : `${name} is paused.`;
    await attempt(acting, async () => put(address(id), { ...kept(await get(address(id))), paused: !paused }), said);
    list.load();
  }

  async function run(schedule) {
    const job = await attempt(acting, () => once(`${address(schedule.id)}/run`));
    if (job) go(`/jobs/${encodeURIComponent(job.id)}`);
  }

  async function forget(schedule) {
    const sure = await confirm({ title: `Remove the schedule ${schedule.name}?`, label: "Remove the schedule", danger: true,
      text: "Nothing is started by it any more. Its jobs and snapshots stay." });
    if (!sure) return;
    await attempt(acting, () => remove(address(schedule.id)), "The schedule is removed.");
    list.load();
  }

  const view = (schedules) => (schedules.length ? html`${problem(acting.error)}${troubles(schedules)}${table({
    caption: "Schedules", rows: schedules, columns: columns(acting, { edit, pause, run, forget }),
  })}` : empty("No schedules yet.", "A schedule takes a backup every night, for example, and removes old ones.",
    mayWrite() ? html`<button type="button" class="primary" @click=${() => edit(null)}>New schedule</button>` : nothing));

  return {
    title: () => "Schedules",
    close: () => {
      left = true;
      stop();
    },
    view: () => html`<header class="head"><h1>Schedules</h1>
      ${mayWrite() && list.value?.length ? html`<p class="actions"><button type="button" class="primary" @click=${() => edit(null)}>New schedule</button></p>` : nothing}</header>
      ${list.show(view, "Loading schedules")}`,
  };
}

const named = ({ id }) => `schedule-${id}`;
const address = (id) => `/v1/schedules/${encodeURIComponent(id)}`;

function columns(acting, { edit, pause, run, forget }) {
  const all = [
    { label: "Name", head: true, id: named, class: "text", cell: (schedule) => html`${schedule.name}${schedule.paused ? html` <span class="tag">paused</span>` : nothing}` },
    { label: "What", class: "wide", cell: (schedule) => html`${what(schedule.job)}${keeps(schedule.job)}` },
    { label: "When", class: "wide", cell: (schedule) => html`${cronWords(schedule.cron, schedule.zone)}${next(schedule)}` },
    { label: "Last", class: "wide", cell: (schedule) => html`${trouble(schedule)}${last(schedule.last_job)}` },
  ];
  if (!mayWrite()) return all;
  return [...all, { label: "Actions", unlabelled: true, class: "act", cell: (schedule) => html`<span class="actions">
    <button type="button" aria-describedby=${named(schedule)} ?disabled=${acting.busy} @click=${() => run(schedule)}>Run now</button>
    <button type="button" aria-describedby=${named(schedule)} ?disabled=${acting.busy} @click=${() => pause(schedule)}>${schedule.paused ? "Resume" : "Pause"}</button>
    <button type="button" aria-describedby=${named(schedule)} @click=${() => edit(schedule)}>Change</button>
    <button type="button" class="plain" aria-describedby=${named(schedule)} @click=${() => forget(schedule)}>Remove</button></span>` }];
}

/** What did not happen comes first. */
function troubles(schedules) {
  const failed = schedules.filter((schedule) => schedule.last_error);
  const overdue = schedules.filter((schedule) => schedule.overdue_since);
  return html`
    ${failed.length ? notice("bad", `${count(failed.length, "schedule")} could not start ${failed.length === 1 ? "its job" : "their jobs"}`,
      "Nothing ran the last time. The reason is with the schedule; put it right, then run it now.") : nothing}
    ${overdue.length ? notice("bad", `${count(overdue.length, "backup")} overdue`,
      "No complete backup has been made since it was due. Look at the last job, or run it now.") : nothing}`;
}

function trouble({ last_error: error, overdue_since: since }) {
  return html`
    ${error ? html`<span class="block"><span class="mark bad">could not start</span> ${when(error.at)}: <span class="text">${error.message}</span></span>` : nothing}
    ${since ? html`<span class="block"><span class="mark bad">overdue</span> due ${when(since)}, and no complete backup since</span>` : nothing}`;
}

function what(spec) {
  return jobTitle({ kind: spec.kind, profile: spec.profile ?? spec.to, resources: spec.resources ?? (spec.resource ? [spec.resource] : []), spec });
}

function keeps(spec) {
  if (spec.kind !== "export") return nothing;
  return html`<span class="quiet block">${spec.keep ? `Keeps the newest ${count(spec.keep, "snapshot")}.` : "Keeps all snapshots."}</span>`;
}

function next(schedule) {
  if (schedule.paused || !schedule.next_at) return nothing;
  return html`<span class="quiet block">next ${when(schedule.next_at)}</span>
    <ul class="plain-list quiet next-runs" aria-label="Next runs">${schedule.next.slice(0, 3).map((time) => html`<li>${thereAt(time)}</li>`)}</ul>`;
}

function last(job) {
  if (!job) return html`<span class="quiet">not run yet</span>`;
  return html`<span class=${`mark ${stateMark(job)[0]}`}>${stateMark(job)[1]}</span>
    <a href=${`/jobs/${encodeURIComponent(job.id)}`}>${resultLine(job) || "the job"}</a> ${when(job.ended_at ?? job.made_at)}`;
}
