// The page of one job: how far it is, what became of each row, and what to do next.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { get, post } from "./api.js";
import { jobBar } from "./bar.js";
import { changesView } from "./changes.js";
import { inControls } from "./controls.js";
import { awaits, decided, decision } from "./decide.js";
import { confirm } from "./dialog.js";
import { diffTable } from "./diff-table.js";
import { follow, isOver } from "./follow.js";
import { absolute, count, duration, lasted, listed, number, rate, resourceName, size } from "./format.js";
import { failuresView, retryLabel } from "./failures.js";
import { jobChart } from "./job-chart.js";
import { nextSteps } from "./job-next.js";
import { rowsView } from "./job-rows.js";
import { accountName, jobErrors, jobTitle, kindName, planTotal, stateMark, stateWords } from "./job-words.js";
import { once } from "./once.js";
import { planFigures } from "./plan-view.js";
import { noticeTable } from "./notice-table.js";
import { go } from "./router.js";
import { announce, every } from "./screen.js";
import { mayWrite } from "./session.js";
import { attempt, empty, Loaded, notice, problem, table } from "./ui.js";

export function open({ params, query }) {
  const [id] = params;
  const acting = { busy: false, error: null };
  let rows = null;
  let changes = null;
  let changesOf = null;
  let notices = null;
  let spoken = "";

  const it = follow(id, (job) => {
    rows ??= rowsView(job, query);
    rows.job(job);
    showChanges(job);
    if (awaits(job) || isOver(job)) showNotices(job);
    speak(job);
  });
  const chart = jobChart(it);
  // A notice goes out a moment after what it tells of, and what comes next has a notice of its own.
  let noticesOf = null;
  const stopNotices = every(5000, () => notices?.value?.some((notice) => notice.state === "waiting") && notices.refresh());

  function showNotices(job) {
    notices ??= new Loaded(async () => (await get("/v1/notices", { job: id, limit: 20 })).items);
    const moment = `${job.state} ${job.approval?.plan_sha256}`;
    if (moment !== noticesOf) notices.load();
    noticesOf = moment;
  }

  // A plan that is made again has other changes, and a plan that no longer waits is not shown any more.
  function showChanges(job) {
    const of = awaits(job) ? job.approval.plan_sha256 : isOver(job) && (job.dry_run || job.kind === "diff") ? "result" : null;
    if (of !== changesOf) changes = of ? changesView(job) : null;
    changesOf = of;
  }

  // Said when the state, the phase or the next tenth is reached: progress alone would chatter.
  function speak(job) {
    const [, mark] = stateMark(job);
    const { phase, resource, done, total } = job.progress ?? {};
    const moment = [mark, job.request, phase, resource, total ? Math.floor((done * 10) / total) : ""].join();
    if (moment !== spoken) announce(isOver(job) ? stateWords(job) : `${mark}. ${stateWords(job, it.waitsFor)}`);
    spoken = moment;
  }

  async function act(verb, said, resource = null) {
    const which = verb === "retry" ? `?retryable=true${resource ? `&resource=${encodeURIComponent(resource)}` : ""}` : "";
    const send = verb === "retry" ? once : post;
    const job = await attempt(acting, () => send(`/v1/jobs/${encodeURIComponent(id)}/${verb}${which}`), said);
    if (!job) return;
    if (job.id !== id) go(`/jobs/${encodeURIComponent(job.id)}`);
    else it.took(job);
  }

  async function cancel() {
    const sure = await confirm({ title: "Cancel this job?", label: "Cancel the job", dismiss: "Keep it running", danger: true,
      text: "What is in flight is finished and recorded first. What was done stays done; the rest stays undone." });
    if (sure) act("cancel", "The job is being cancelled.");
  }

  const view = (job) => html`
    <header class="head"><div><p class="crumb"><a href="/">Jobs</a></p><h1>${jobTitle(job)}</h1>
      ${job.dry_run && job.kind !== "diff" ? html`<p><span class="tag">rehearsal: changes nothing</span></p>` : nothing}</div>${actions(job, acting, act, cancel)}</header>
    ${it.lost ? notice("warn", "The connection is lost.", "It is tried again every few seconds. The job goes on without this page; what is shown may be out of date.") : nothing}
    ${awaits(job) ? nothing : problem(acting.error)}
    <section aria-labelledby="state"><h2 id="state" class="unseen">State</h2>
      <p class="state"><span class=${`mark ${stateMark(job)[0]}`}>${stateMark(job)[1]}</span> ${stateWords(job, it.waitsFor)}
        ${it.waitsFor && job.state === "queued" ? html`<a href=${`/jobs/${encodeURIComponent(it.waitsFor)}`}>See it</a>` : nothing}</p>
      ${jobBar(job)}
      ${(job.kind === "export" || job.kind === "insight") && isOver(job) && !jobErrors(job).length ? html`<p>${job.result}${job.kind === "insight" ? html` <a href=${`/insight?job=${encodeURIComponent(job.id)}`}>See the findings</a>` : nothing}</p>` : nothing}
      ${isOver(job) || awaits(job) ? nothing : pace(it)}
    </section>
    ${awaits(job) ? decision(job, acting, it.took) : decided(job)}
    ${errors(job)}
    ${isOver(job) ? failuresView(job) : nothing}
    ${planFigures(job)}
    ${isOver(job) ? nextSteps(job) : nothing}
    ${job.kind === "diff" ? diffTable(job) : nothing}
    ${chart.view()}
    ${changes ? changes.view() : nothing}
    ${rows && job.kind !== "export" && job.kind !== "diff" && job.kind !== "insight" ? rowsPart(job, rows) : nothing}
    ${files(job)}
    ${notices?.value ? noticeTable(notices.value, "Notices of this job") : nothing}
    ${details(job)}`;

  return {
    title: () => (it.job ? jobTitle(it.job) : "Job"),
    close: () => {
      it.stop();
      rows?.stop();
      stopNotices();
      chart.stop();
    },
    view: () => (it.job ? view(it.job) : html`<h1>${it.error?.status === 404 ? "No such job" : "Job"}</h1>${it.error?.status === 404
      ? empty("There is no job at this address.", "It may have been removed, or the address was shortened when it was copied.", html`<a class="button" href="/">Go to the jobs</a>`) : it.error ? problem(it.error, it.load) : html`<p class="loading" role="status">Loading the job</p>`}`),
  };
}

// The changes of a rehearsal say the same, but for rows that change nothing.
function rowsPart(job, rows) {
  const twice = job.dry_run && isOver(job) && planTotal(job);
  return twice ? html`<details class="more"><summary>Every row, as planned</summary>${rows.view()}</details>` : rows.view();
}

function actions(job, acting, act, cancel) {
  if (!mayWrite()) return nothing;
  const can = new Set(job.can ?? []);
  return html`<p class="actions">
    ${can.has("pause") ? html`<button type="button" ?disabled=${acting.busy} @click=${() => act("pause", "The job is being paused.")}>Pause</button>` : nothing}
    ${can.has("resume") ? html`<button type="button" class="primary" ?disabled=${acting.busy} @click=${() => act("resume", "The job goes on.")}>Resume</button>` : nothing}
    ${can.has("retry") && !can.has("resume") && !job.dry_run ? job.retryable.map(({ resource, rows }) => html`<button type="button" ?disabled=${acting.busy}
      @click=${() => act("retry", "A new job for the rows that may go through.", job.resources.length > 1 ? resource : null)}>${retryLabel(rows, job.resources.length > 1 ? resource : null)}</button>`) : nothing}
    ${can.has("cancel") ? html`<button type="button" class="danger" ?disabled=${acting.busy} @click=${cancel}>Cancel</button>` : nothing}</p>`;
}

function pace(it) {
  const progress = it.job.progress;
  const facts = [];
  if (progress?.rows_per_second) facts.push(rate(progress.rows_per_second));
  if (progress?.seconds_left) facts.push(`about ${duration(progress.seconds_left)} left`);
  if (typeof progress?.quota?.remaining === "number") facts.push(`quota left ${number(progress.quota.remaining)} of ${number(progress.quota.limit)}`);
  if (progress?.requests) facts.push(count(progress.requests, "request"));
  return facts.length ? html`<p class="quiet">${facts.join(" · ")}</p>` : nothing;
}

function errors(job) {
  const warnings = [job.summary?.warnings, ...(job.summary?.parts ?? []).map((part) => part.warnings)].flat().filter(Boolean);
  return html`${jobErrors(job).map((error) => html`<div class="notice bad">
      <p><strong>${inControls(error.message)}</strong></p>
      ${error.hint ? html`<p class="text">${inControls(error.hint)}</p>` : nothing}
      ${error.http_status || error.ray_id ? html`<p class="quiet">${error.http_status ? `HTTP ${error.http_status}` : ""} ${
        error.ray_id ? html`ray <code>${error.ray_id}</code>` : nothing}</p>` : nothing}</div>`)}
    ${warnings.length ? notice("warn", count(warnings.length, "warning"), html`<ul>${warnings.map((text) => html`<li class="text">${inControls(text)}</li>`)}</ul>`) : nothing}`;
}

function files(job) {
  if (!job.files?.length) return nothing;
  const address = (name) => `/v1/jobs/${encodeURIComponent(job.id)}/files/${name.split("/").map(encodeURIComponent).join("/")}`;
  const all = table({
    caption: "Files of this job", rows: job.files, key: (file) => file.name, compact: true,
    columns: [
      { label: "File", head: true, class: "text", cell: (file) => html`<a href=${address(file.name)} download>${file.name}</a>` },
      { label: "What it is", class: "wide", cell: (file) => fileWords(file.name) },
      { label: "Size", class: "num", cell: (file) => size(file.bytes) },
    ],
  });
  return html`<section aria-labelledby="files"><h2 id="files">Files</h2>${job.files.length > FEW_FILES
    ? html`<details><summary>${count(job.files.length, "file")}</summary>${all}</details>` : all}</section>`;
}

const FEW_FILES = 6;
const FILES = {
  "report.csv": "What became of every row, in the order of the input",
  "created.csv": "The ids of the created records; import the file in the mode Delete to delete them again",
  "failed.csv": "The rows that were not written, each with its reason; correct what needs it and import the file",
  "failed.jsonl": "The rows that were not written; correct what needs it and import the file",
  "summary.json": "The numbers, for scripts",
  "journal.ndjson": "Every step as it was taken",
  "plan.jsonl": "The saved plan: what is decided on, and carried out as it is",
  "changes.ndjson": "Every change, field by field",
};

function fileWords(name) {
  if (name.startsWith("safety-snapshot/")) return "The account as it was before the first delete";
  if (name.startsWith("source/")) return "The source as it was read";
  return FILES[name.split("/").at(-1)] ?? "";
}

function details(job) {
  const facts = [
    ["Job", html`<code>${job.id}</code>`],
    ["Kind of job", kindName(job)],
    ["Account", html`${accountName(job)} <span class="quiet">${job.account}</span>`],
    [job.resources.length === 1 ? "Kind of records" : "Kinds of records", listed(job.resources.map(resourceName))],
    ["File", job.file_name],
    ["Started by", job.schedule ? `${job.made_by}, by a schedule` : job.made_by],
    ["Submitted", job.made_at ? absolute(job.made_at) : null],
    ["Started", job.started_at ? absolute(job.started_at) : null],
    ["Ended", job.ended_at ? html`${absolute(job.ended_at)}, after ${lasted((Date.parse(job.ended_at) - Date.parse(job.started_at ?? job.made_at)) / 1000)}` : null],
    ["Requests", job.summary?.requests === undefined ? null : number(job.summary.requests)],
  ].filter(([, text]) => text);
  return html`<section aria-labelledby="about"><h2 id="about">About this job</h2>
    <dl class="facts">${facts.map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}</dl>
    <details><summary>Request as JSON</summary><pre tabindex="0">${JSON.stringify(job.spec, null, 2)}</pre></details></section>`;
}
