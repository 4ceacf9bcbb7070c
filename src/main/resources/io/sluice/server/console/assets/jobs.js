// The jobs page: what runs now, and what ran before.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { repeat } from "/lib/lit-html/directives/repeat.js";
import { get } from "./api.js";
import { jobBar } from "./bar.js";
import { duration, number, rate, when } from "./format.js";
import { accountName, jobTitle, kindName, kindOptions, resultLine, stateMark, stateWords } from "./job-words.js";
import { note } from "./router.js";
import { announce, announceFound, every, pageSize, update } from "./screen.js";
import { mayWrite } from "./session.js";
import { startBackup, startCompare, startMigration } from "./start.js";
import { empty, Loaded, problem, select, table } from "./ui.js";

const RESULTS = [["", "Any result"], ["well", "All well"], ["trouble", "Trouble"], ["cancelled", "Cancelled"]];
const PAGE = pageSize();
const OPEN = 100;
// How many turns of looking at what runs go by until the history is looked at, too.
const HISTORY = 5;

export function open({ query }) {
  const filter = { account: query.account ?? "", kind: query.kind ?? "", result: query.result ?? "" };
  const running = new Loaded(async () => {
    const { items, next } = await get("/v1/jobs", { result: "open", limit: OPEN });
    return Object.assign(items, { more: Boolean(next) });
  });
  const past = { jobs: null, next: null, error: null, turn: 0, busy: false };
  let cardsShown = PAGE;
  let turns = 0;
  let missed = false;
  const accounts = new Loaded(async () => (await get("/v1/profiles")).items);

  async function loadPast(more = false, asked = false) {
    const turn = ++past.turn;
    const before = more ? past.next : null;
    past.busy = true;
    try {
      const answer = await get("/v1/jobs", { ...filter, result: filter.result || "ended", before, limit: PAGE });
      if (turn !== past.turn) return;
      const last = answer.items.at(-1)?.id;
      // What was shown below the first page stays there.
      const open = new Set((running.value ?? []).map((job) => job.id));
      const older = more || !answer.next ? [] : (past.jobs ?? []).filter((job) => job.id < last && !open.has(job.id));
      if (!older.length) past.next = answer.next ?? null;
      past.jobs = more ? [...past.jobs, ...answer.items] : [...answer.items, ...older];
      past.error = null;
      if (more || asked) announceFound(past.jobs.length, "job", past.next);
    } catch (error) {
      if (turn === past.turn) past.error = error;
    }
    if (turn === past.turn) past.busy = false;
    update();
  }

  async function refresh() {
    if (running.awaited) return;
    const before = new Set((running.value ?? []).map((job) => job.id));
    await running.load();
    const now = new Set((running.value ?? []).map((job) => job.id));
    const ended = [...before].filter((id) => !now.has(id));
    if (ended.length) announce(ended.length === 1 ? "A job has ended." : `${ended.length} jobs have ended.`);
    turns += 1;
    // A job may have begun and ended between two looks at what runs.
    if (ended.length) missed = true;
    // What somebody asked for is not given up for what only keeps the list fresh.
    if ((missed || turns % HISTORY === 0) && !past.busy) {
      missed = false;
      loadPast();
    }
  }

  function choose(name, value) {
    filter[name] = value;
    note({ [name]: value });
    Object.assign(past, { jobs: null, next: null, error: null });
    loadPast(false, true);
    update();
  }

  running.load();
  accounts.load();
  loadPast();
  const stop = every(2000, refresh);

  const runningCards = (jobs) => html`${cards(jobs.slice(0, cardsShown))}
    ${jobs.length > cardsShown || jobs.more ? html`<p class="actions">${jobs.length > cardsShown ? html`<button type="button" @click=${() => {
      cardsShown += PAGE;
      update();
    }}>Show more</button>` : nothing} <span class="quiet">${number(Math.min(cardsShown, jobs.length))} of ${jobs.more ? `more than ${number(jobs.length)}` : number(jobs.length)} shown.</span></p>` : nothing}`;
  const filtered = () => filter.account || filter.kind || filter.result;
  const nothingYet = () => running.value?.length === 0 && past.jobs?.length === 0 && !filtered();

  return {
    title: () => "Jobs",
    close: stop,
    view: () => html`
      <header class="head"><h1>Jobs</h1>${nothingYet() ? nothing : starters()}</header>
      ${nothingYet() ? beginning() : html`
        <section aria-labelledby="now"><h2 id="now">Running</h2>
          ${running.show((jobs) => (jobs.length ? runningCards(jobs) : html`<p class="quiet">No job is running.</p>`), "Loading running jobs")}
        </section>
        <section aria-labelledby="before"><h2 id="before">History</h2>
          ${filters(filter, accounts.value ?? [], choose)}
          ${problem(past.error, () => loadPast())}
          ${pastTable(past, filtered())}
          ${past.next ? html`<p class="actions"><button type="button" @click=${() => loadPast(true)}>Show older</button></p>` : nothing}
        </section>`}`,
  };
}

function starters() {
  if (!mayWrite()) return nothing;
  return html`<p class="actions">
    <a class="button primary" href="/import">Import a file</a>
    <button type="button" @click=${() => startBackup()}>Take a backup</button>
    <button type="button" @click=${() => startCompare()}>Compare</button>
    <button type="button" @click=${() => startMigration()}>Migrate</button></p>`;
}

function beginning() {
  if (!mayWrite()) return empty("No jobs yet.", "Your key is a viewer's. Jobs that others start appear here.");
  return empty("No jobs yet.", "Start with one of these. Nothing is changed before you have seen what would change.", html`
    <a class="button primary" href="/import">Import a file</a>
    <button type="button" @click=${() => startBackup()}>Take a backup</button>
    <button type="button" @click=${() => startCompare()}>Compare two accounts</button>
    <button type="button" @click=${() => startMigration()}>Migrate into another account</button>`);
}

function cards(jobs) {
  return html`<ul class="cards">${repeat(jobs, (job) => job.id, (job) => html`<li class="card">
    <p class="card-head"><a href=${`/jobs/${encodeURIComponent(job.id)}`}>${jobTitle(job)}</a>
      <span class=${`mark ${stateMark(job)[0]}`}>${stateMark(job)[1]}</span></p>
    ${jobBar(job)}
    <p>${stateWords(job, job.waits_for)}</p>
    ${pace(job)}
    <p class="quiet">${kindName(job)}: ${accountName(job)}, by ${job.made_by}, ${when(job.started_at ?? job.made_at)}</p>
  </li>`)}</ul>`;
}

function pace({ state, progress }) {
  if (state !== "running" || !progress) return nothing;
  const facts = [];
  if (progress.rows_per_second) facts.push(rate(progress.rows_per_second));
  if (progress.seconds_left) facts.push(`about ${duration(progress.seconds_left)} left`);
  if (typeof progress.quota?.remaining === "number") facts.push(`quota left ${number(progress.quota.remaining)}`);
  return facts.length ? html`<p class="quiet">${facts.join(", ")}</p>` : nothing;
}

function filters(filter, profiles, choose) {
  const seen = new Map();
  for (const { account, name } of profiles) if (account) seen.set(account, seen.has(account) ? `${seen.get(account)}, ${name}` : name);
  if (filter.account && !seen.has(filter.account)) seen.set(filter.account, filter.account);
  return html`<div class="filters" role="group" aria-label="Which jobs">
    ${select({ label: "Account", value: filter.account, options: [["", "All accounts"], ...seen], change: (value) => choose("account", value) })}
    ${select({ label: "Kind of job", value: filter.kind, options: [["", "All"], ...kindOptions], change: (value) => choose("kind", value) })}
    ${select({ label: "Result", value: filter.result, options: RESULTS, change: (value) => choose("result", value) })}
  </div>`;
}

function pastTable(past, filtered) {
  if (!past.jobs) return past.error ? nothing : html`<p class="loading" role="status">Loading jobs</p>`;
  const { jobs } = past;
  if (!jobs.length) {
    return filtered ? empty("No job matches.", "Choose other filters.") : html`<p class="quiet">No job has ended yet.</p>`;
  }
  return table({
    caption: "Jobs that have ended, the latest first",
    rows: jobs,
    columns: [
      { label: "When", class: "tight", cell: (job) => when(job.ended_at ?? job.made_at) },
      { label: "What", head: true, class: "wide", cell: (job) => html`<a href=${`/jobs/${encodeURIComponent(job.id)}`}>${jobTitle(job)}</a>
        ${job.dry_run && job.kind !== "diff" ? html` <span class="tag">rehearsal</span>` : nothing}
        ${job.schedule ? html` <span class="tag">by schedule</span>` : nothing}` },
      { label: "Account", cell: (job) => accountName(job) },
      { label: "Who", cell: (job) => job.made_by },
      { label: "Result", class: "wide", cell: (job) => html`<span class=${`mark ${stateMark(job)[0]}`}>${stateMark(job)[1]}</span> ${resultLine(job)}` },
    ],
  });
}
