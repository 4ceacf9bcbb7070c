// What became of each row: a table that the server pages.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { get } from "./api.js";
import { inControls } from "./controls.js";
import { isOver } from "./follow.js";
import { number, resourceName } from "./format.js";
import { OUTCOMES, outcomesFirst } from "./job-words.js";
import { note } from "./router.js";
import { announceFound, every, pageSize, settled, update } from "./screen.js";
import { PATIENCE, problem, select, table } from "./ui.js";

const PAGE = pageSize(6);
const START = { turn: 0, after: null };
const ACTIONS = [["", "Any action"], ["create", "create"], ["update", "update"], ["delete", "delete"], ["none", "none"]];

/** The rows of a job; `job(…)` tells it what is known of the job. */
export function rowsView(first, query) {
  const it = { outcome: query.outcome ?? "", action: query.action ?? "", key: query.key ?? "", resource: query.resource ?? "", items: null, next: null, trail: [START], error: null, busy: false };
  let job = first;
  let turn = 0;
  let stale = false;
  let awaited = -PATIENCE;
  let left = false;

  async function load(silent = false, asked = false) {
    const mine = ++turn;
    stale = false;
    awaited = performance.now();
    it.busy = !silent;
    update();
    try {
      const page = await fetchPage(job, it, () => mine === turn);
      if (mine !== turn) return;
      Object.assign(it, { items: page.items, next: page.next, error: null });
      if (asked) announceFound(page.items.length, "row", page.next);
    } catch (error) {
      if (mine !== turn) return;
      // What was there answers another question by now.
      if (!silent || !it.items) Object.assign(it, { error, items: null, next: null });
    }
    it.busy = false;
    awaited = -PATIENCE;
    update();
  }

  function restart() {
    it.trail = [START];
    note({ outcome: it.outcome, action: it.action, key: it.key, resource: it.resource });
    load(false, true);
  }

  function choose(name, value) {
    it[name] = value;
    restart();
  }

  const typed = query.key ?? "";
  const search = settled((text) => left || choose("key", text.trim()));

  function turnPage(forward) {
    if (forward) it.trail.push(it.next);
    else it.trail.pop();
    load(false, true);
  }

  load();
  const looking = every(2000, () => stale && performance.now() - awaited >= PATIENCE && load(true));

  return {
    // The address is that of another page from now on.
    stop: () => {
      left = true;
      looking();
    },
    job: (now) => {
      stale = true;
      const ends = isOver(now) && !isOver(job);
      job = now;
      // Rows are in another order from now on: the pages begin again.
      if (ends) it.trail = [START];
      if (ends) load(true);
    },
    view: () => html`<section aria-labelledby="rows"><h2 id="rows">Rows</h2>
      <div class="filters" role="group" aria-label="Which rows">
        ${job.resources.length > 1 && job.kind !== "import" ? select({ label: "Kind of records", value: it.resource,
          options: [["", "All"], ...job.resources.map((slug) => [slug, resourceName(slug)])], change: (value) => choose("resource", value) }) : nothing}
        ${select({ label: "Outcome", value: it.outcome, options: outcomes(job, it.outcome), change: (value) => choose("outcome", value) })}
        ${select({ label: "Action", value: it.action, options: ACTIONS, change: (value) => choose("action", value) })}
        <label class="field"><span>Key contains</span><input type="search" .value=${typed} @input=${(event) => search(event.target.value)}></label>
      </div>
      ${problem(it.error, () => load())}
      ${body(it, job)}
      ${pager(it, turnPage)}</section>`,
  };
}

// The outcomes that there are, with their numbers; the one that was chosen stays, even if none is left.
function outcomes(job, chosen) {
  const counts = job.counts ?? {};
  const there = OUTCOMES.filter((name) => counts[name] || name === chosen);
  const sorted = isOver(job) && outcomesFirst(job).length > 1;
  return [["", sorted ? "Any, failed rows first" : "Any outcome"], ...there.map((name) => [name, `${name} (${number(counts[name] ?? 0)})`])];
}

// What is asked for, one after the other: in a job that has ended, the rows to be looked at come first.
const turnsOf = (job, it) => (it.outcome ? [it.outcome] : isOver(job) ? outcomesFirst(job) : [""]);

// The server looks through so much at a time: a page may be short, or empty, before the end.
async function fetchPage(job, it, wanted) {
  const found = new Map();
  const turns = turnsOf(job, it);
  let { turn, after } = it.trail.at(-1);
  do {
    const page = await get(`/v1/jobs/${encodeURIComponent(job.id)}/rows`, {
      resource: it.resource, outcome: turns[turn], action: it.action, key: it.key, after, limit: PAGE - found.size,
    });
    // While a job runs a row may come twice; the later one counts.
    for (const row of page.items) found.set(`${row.resource} ${row.row ?? row.id} ${row.key}`, row);
    after = page.next ?? null;
    if (!after) turn += 1;
  } while (turn < turns.length && found.size < PAGE && wanted());
  return { items: [...found.values()], next: turn < turns.length ? { turn, after } : null };
}

function body(it, job) {
  if (!it.items) return it.error ? nothing : html`<p class="loading">Loading rows</p>`;
  if (!it.items.length) {
    if (it.outcome || it.action || it.key) return html`<p class="quiet">No row matches.</p>`;
    if (isOver(job)) return html`<p class="quiet">This job has no rows.</p>`;
    // Counts come with each event, rows every other second.
    const done = OUTCOMES.some((name) => name !== "unprocessed" && job.counts?.[name]);
    return done ? html`<p class="loading">Loading rows</p>` : html`<p class="quiet">No row has an outcome yet.</p>`;
  }
  const columns = [
    { label: "Line", class: "num tight", cell: (row) => (row.line ? html`<span title=${row.row ? `row ${row.row}` : nothing}>${number(row.line)}</span>` : "–") },
    { label: "Key", head: true, class: "wide text", cell: (row) => row.key || html`<span class="quiet">no key</span>` },
    { label: "Outcome", class: "tight", cell: (row) => html`<i class=${`swatch ${row.outcome}`}></i> ${row.outcome}${
      row.outcome === "unprocessed" && row.action && row.action !== "none" ? html` <span class="quiet">(${row.action})</span>` : nothing}` },
    { label: "Why", class: "wide text", cell: reason },
  ];
  return table({ caption: "Rows and what became of them", rows: it.items, key: (row) => `${row.resource} ${row.row ?? row.id} ${row.key}`, compact: true, columns });
}

function reason(row) {
  if (!row.message && !row.code) return "";
  const code = row.message && row.code !== row.outcome ? row.code : "";
  const pointer = row.message?.includes(row.pointer) ? "" : row.pointer;
  const facts = [row.http_status ? `HTTP ${row.http_status}` : "", code, pointer, row.attempts > 1 ? `${row.attempts} attempts` : ""].filter(Boolean);
  return html`${inControls(row.message) || row.code}${facts.length ? html` <span class="quiet">${facts.join(" · ")}</span>` : nothing}`;
}

function pager(it, turnPage) {
  if (!it.next && it.trail.length === 1) return nothing;
  return html`<p class="actions">
    <button type="button" ?disabled=${it.trail.length === 1 || it.busy} @click=${() => turnPage(false)}>Earlier rows</button>
    <button type="button" ?disabled=${!it.next || it.busy} @click=${() => turnPage(true)}>Later rows</button>
    <span class="quiet">Page ${number(it.trail.length)}</span></p>`;
}
