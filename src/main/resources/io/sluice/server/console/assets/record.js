// A record: where it is, since when, who imported it, and what became of it over the snapshots.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { all, get, post } from "./api.js";
import { count, number, resourceName, value, when } from "./format.js";
import { jobTitle } from "./job-words.js";
import { nameOf } from "./names.js";
import { pageSize, update } from "./screen.js";
import { empty, Loaded, notice } from "./ui.js";

const JOBS = 30;
const WRITERS = ["import", "restore", "migrate", "feed", "prune"];
const WORDS = { created: "came", changed: "changed", deleted: "went" };
const MARKS = { created: "created", changed: "updated", deleted: "deleted" };

export function open({ query }) {
  const { account, resource, key } = query;
  const it = { shown: pageSize() };
  if (!account || !resource || !key) {
    return { title: () => "Record", view: () => html`<h1>Record</h1>${empty("No record is named.", "The address may have been shortened when it was copied.", html`<a class="button" href="/insight">Go to Insight</a>`)}` };
  }
  const history = new Loaded(() => lifeOf(account, resource, key));
  const jobs = new Loaded(() => writersOf(account, resource, key));
  history.load();
  jobs.load();

  return {
    title: () => key,
    view: () => html`<header class="head"><div><p class="crumb"><a href="/insight">Insight</a></p><h1 class="text">${key}</h1>
      <p class="quiet">${resourceName(resource)} of ${nameOf(account)}</p></div></header>
      <section aria-labelledby="where"><h2 id="where">Where it is</h2>${history.show(where, "Looking through the snapshots")}</section>
      <section aria-labelledby="who"><h2 id="who">Who wrote it</h2>${jobs.show(writers, "Looking through the jobs")}</section>
      <section aria-labelledby="life"><h2 id="life">History</h2>${history.show((life) => changes(life, it), "Looking through the snapshots")}</section>`,
  };
}

async function lifeOf(account, resource, key) {
  try {
    return await post("/v1/insights/history", { account, resources: [resource], key });
  } catch (error) {
    if (error.code === "no_snapshots") return null;
    throw error;
  }
}

function where(life) {
  if (!life) return notice("info", "There is no snapshot of this account.", "A backup of it would show where the record is and since when.");
  const { summary } = life;
  const last = life.changes.at(-1);
  const before = summary.there_before?.[0];
  const first = life.changes.find((change) => change.change === "created");
  if (!last && !before) return html`<p>No snapshot of the account holds it.</p>`;
  const gone = last?.change === "deleted";
  return html`<dl class="facts">
    <div><dt>Now</dt><dd>${gone ? `not in the newest snapshot, ${summary.last}: it went after ${last.from}` : `in the newest snapshot, ${summary.last}`}</dd></div>
    <div><dt>Since</dt><dd>${before ? `the first snapshot, ${before.snapshot}, or earlier` : first ? `between ${first.from} and ${first.to}` : "not known"}</dd></div></dl>
    ${summary.warnings?.length ? html`<ul class="plain-list">${summary.warnings.map((each) => html`<li class="quiet text">${each}</li>`)}</ul>` : nothing}`;
}

function changes(life, it) {
  if (!life) return html`<p class="quiet">Nothing is known without snapshots.</p>`;
  if (!life.changes.length) return html`<p>No change in ${count(life.summary.snapshots, "snapshot")}.</p>`;
  const newest = [...life.changes].reverse();
  return html`<p class="quiet">${count(life.changes.length, "change")} in ${count(life.summary.snapshots, "snapshot")}, the newest first${life.more ? "; there are more" : ""}.</p>
    <ul class="changes">${newest.slice(0, it.shown).map((change) => html`<li>
      <p><i class=${`swatch ${MARKS[change.change]}`}></i> <b class="kind">${WORDS[change.change]}</b> <span class="quiet">between ${change.from} and ${change.to}</span></p>
      ${fields(change)}</li>`)}</ul>
    ${newest.length > it.shown ? html`<p class="actions"><button type="button" @click=${() => {
      it.shown += pageSize();
      update();
    }}>Show more</button></p>` : nothing}`;
}

function fields(change) {
  const given = Object.entries(change.fields ?? {});
  const both = change.change === "changed";
  return html`<dl class=${both ? "fields" : "fields single"}>${given.map(([name, { before, after }]) => html`<div><dt>${name}</dt><dd>
    ${change.change === "created" ? nothing : html`<del class="text">${value(before)}</del>`}
    ${both ? html`<span class="arrow" aria-hidden="true">→</span><span class="unseen">becomes</span>` : nothing}
    ${change.change === "deleted" ? nothing : html`<ins class="text">${value(after)}</ins>`}</dd></div>`)}</dl>`;
}

// The service knows jobs, and jobs know their rows: the newest that could have written it are asked.
async function writersOf(account, resource, key) {
  const pages = await Promise.all(WRITERS.map((kind) => get("/v1/jobs", { account, kind, limit: JOBS })));
  const jobs = pages.flatMap((page) => page.items).filter((job) => !job.dry_run && job.resources?.includes(resource));
  jobs.sort((one, other) => other.made_at.localeCompare(one.made_at));
  const asked = jobs.slice(0, JOBS);
  const rows = await Promise.all(asked.map((job) => rowsOf(job, resource, key)));
  const found = asked.flatMap((job, index) => rows[index].map((row) => ({ job, row })));
  return { found, asked: asked.length, more: jobs.length > asked.length || pages.some((page) => page.next) };
}

async function rowsOf(job, resource, key) {
  try {
    const items = await all(`/v1/jobs/${encodeURIComponent(job.id)}/rows`, { resource, key, limit: 100 }, Infinity);
    return items.filter((row) => row.key === key && ["created", "updated", "deleted"].includes(row.outcome));
  } catch (error) {
    if (error.status === 404) return [];
    throw error;
  }
}

function writers({ found, asked, more }) {
  const scope = asked ? `${number(asked)} ${asked === 1 ? "job" : "jobs"} that wrote such records ${asked === 1 ? "was" : "were"} looked through${more ? ", the newest ones" : ""}.` : "No job of this service wrote such records.";
  return html`${found.length ? html`<ul class="changes">${found.map(({ job, row }) => html`<li>
      <p><i class=${`swatch ${row.outcome}`}></i> <b class="kind">${row.outcome}</b> by ${job.made_by ?? "a schedule"} ${when(job.made_at)}</p>
      <p><a href=${`/jobs/${encodeURIComponent(job.id)}`}>${jobTitle(job)}</a>${row.line ? html`<span class="quiet">, line ${number(row.line)}</span>` : nothing}</p></li>`)}</ul>`
    : html`<p>None of the jobs that are kept wrote it. It may have been made in the dashboard, or by another tool.</p>`}
    <p class="quiet">${scope}</p>`;
}
