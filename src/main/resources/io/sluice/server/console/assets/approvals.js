// The plans that wait for an approval: the queue, and each with what it would change.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { get } from "./api.js";
import { changesView } from "./changes.js";
import { awaits, decided, decision } from "./decide.js";
import { number, when } from "./format.js";
import { accountName, jobTitle } from "./job-words.js";
import { planFigures } from "./plan-view.js";
import { note } from "./router.js";
import { announce, every, update } from "./screen.js";
import { empty, Loaded, notice, problem, table } from "./ui.js";

const MOST = 50;

export function open({ query }) {
  const acting = { busy: false, error: null };
  let more = false;
  const list = new Loaded(async () => {
    const { items, next } = await get("/v1/jobs", { result: "awaiting", limit: MOST });
    more = Boolean(next);
    return items;
  });
  let chosen = query.job ?? "";
  let whole = null;
  let changes = null;
  let asking = null;
  let missing = null;
  let unread = null;

  async function refresh() {
    await list.refresh();
    const job = find();
    // What is looked at may have been decided by another meanwhile, or before this address was opened.
    const settled = missing === chosen || (whole?.id === chosen && !awaits(whole));
    if (chosen && list.value && (job ? !isShown(job) : !settled)) await load(chosen);
    update();
  }

  // A job in a list has not all of its plan.
  async function load(id) {
    if (asking === id) return;
    asking = id;
    try {
      take(await get(`/v1/jobs/${encodeURIComponent(id)}`), id);
    } catch (error) {
      if (id === chosen) unread = error;
      if (error.status === 404) missing = id;
    }
    asking = null;
  }

  function take(job, id) {
    if (id !== chosen) return;
    unread = null;
    if (whole?.id === id && awaits(whole) && !awaits(job)) announce("This plan has been decided, or has expired.");
    if (!awaits(job)) changes = null;
    else if (!isShown(job)) changes = changesView(job);
    whole = job;
  }

  const isShown = (job) => changes && whole?.id === job.id && whole.approval.plan_sha256 === job.approval.plan_sha256;

  const find = () => (list.value ?? []).find((job) => job.id === chosen);

  function choose(id) {
    chosen = chosen === id ? "" : id;
    unread = null;
    note({ job: chosen });
    refresh();
  }

  function done(job) {
    announce(job.approval.decision === "approved" ? "The plan is approved." : "The plan is rejected.");
    choose(job.id);
    list.load();
  }

  refresh();
  const stop = every(5000, refresh);

  function settledMeanwhile() {
    if (!chosen || find()) return nothing;
    if (whole?.id !== chosen) return unread ? problem(unread) : html`<p class="loading" role="status">Loading the plan</p>`;
    if (awaits(whole)) return nothing;
    return notice("info", html`<a href=${`/jobs/${encodeURIComponent(whole.id)}`}>${jobTitle(whole)}</a>`, html`<p>This plan has been decided, or has expired.</p>${decided(whole)}`,
      html`<button type="button" @click=${() => choose(chosen)}>Close</button>`);
  }

  const view = (jobs) => html`${settledMeanwhile()}${waiting(jobs)}`;

  const waiting = (jobs) => {
    const job = find() ?? (whole?.id === chosen && awaits(whole) ? whole : null);
    if (!jobs.length && !job) return empty("Nothing waits for an approval.", "A job whose plan has to be approved appears here until another approver has decided.");
    return html`${table({ caption: "Plans that wait", rows: jobs, columns: columns(chosen, choose) })}
      ${more ? html`<p class="quiet">These are the newest ${number(MOST)}. Older plans appear once these are decided.</p>` : nothing}
      ${job ? html`<section aria-labelledby="chosen"><h2 id="chosen"><a href=${`/jobs/${encodeURIComponent(job.id)}`}>${jobTitle(job)}</a></h2>
        ${isShown(job) ? html`${decision(job, acting, done)}${planFigures(whole)}${changes.view()}`
          : html`${problem(unread, refresh)}<p class="loading" role="status">Loading the plan</p>`}</section>` : nothing}`;
  };

  return {
    title: () => "Approvals",
    close: stop,
    view: () => html`<header class="head"><h1>Approvals</h1></header>${list.show(view, "Loading what waits")}`,
  };
}

function columns(chosen, choose) {
  return [
    { label: "Job", head: true, class: "text", cell: (job) => jobTitle(job) },
    { label: "Account", cell: (job) => accountName(job) },
    { label: "Changes", class: "num", cell: (job) => number(job.approval.changes) },
    { label: "Deletes", class: "num", cell: (job) => number(job.approval.deletes) },
    { label: "Asked for by", class: "text", cell: (job) => job.made_by },
    { label: "Ends", class: "tight", cell: (job) => when(job.approval.expires_at) },
    { label: "Actions", unlabelled: true, class: "act", cell: (job) => html`<span class="actions"><button type="button" aria-expanded=${job.id === chosen ? "true" : "false"} @click=${() => choose(job.id)}>${job.id === chosen ? "Close the plan" : "Look at the plan"}<span class="unseen"> of ${jobTitle(job)}</span></button></span>` },
  ];
}
