// What to do once a job has ended.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { get, Problem, upload } from "./api.js";
import { confirm, confirmDeletes } from "./dialog.js";
import { submitJob } from "./once.js";
import { effective, mayDelete, modeName } from "./options.js";
import { count, listed, number, resourceName } from "./format.js";
import { takeUp, takeUpCorrected } from "./import-draft.js";
import { accountName, deleteWords, foreign, jobErrors, jobTitle, noChange, OUTCOMES, planTotal, plans, snapshotText } from "./job-words.js";
import { go } from "./router.js";
import { mayWrite } from "./session.js";
import { startBackup, startMigration, startRestore } from "./start.js";
import { attempt, problem } from "./ui.js";

// Of the job that is looked at: what went wrong with one says nothing of another.
let state = { job: null, busy: false, error: null };

/** Advice and buttons for a job that has ended. */
export function nextSteps(job) {
  if (state.job !== job.id) state = { job: job.id, busy: false, error: null };
  const advice = adviceFor(job);
  if (!advice) return nothing;
  const [text, actions] = advice;
  return html`<section class="next" aria-labelledby="next"><h2 id="next">What next</h2>
    <p>${text}</p>${problem(state.error)}
    ${actions && mayWrite() ? html`<p class="actions">${actions}</p>` : nothing}
    ${actions && !mayWrite() ? html`<p class="quiet">Your key is a viewer's: an operator's key is needed for this.</p>` : nothing}</section>`;
}

function adviceFor(job) {
  const link = (address, label, primary) => html`<a class=${primary ? "button primary" : "button"} href=${address}>${label}</a>`;
  const exit = job.state === "cancelled" ? 130 : job.exit;
  const failed = (job.files ?? []).map((file) => file.name).find((name) => /(^|\/)failed\.(csv|jsonl)$/.test(name));
  if (exit === 130 || exit === 6) return ["Resume goes on from where it ended; rows that are done stay as they are.", null];
  if (exit === 1 && job.can?.includes("resume")) return ["Once the cause is gone, Resume goes on from where it ended; rows that are done stay as they are.", null];
  if (exit === 5) {
    const then = job.can?.includes("resume") ? "then Resume: it goes on from where it ended, and rows that are done stay as they are." : "then start again.";
    return [`Check the account's credential and its permissions, ${then}`, link("/accounts", "See the accounts", true)];
  }
  if (exit === 7) return ["Resume looks up in the account what became of the rows in doubt.", null];
  if (exit === 4) {
    return job.kind === "import"
      ? ["Correct the file, or change the guards, and look at the plan again.", html`<button type="button" class="primary" @click=${() => backToImport(job.spec)}>Back to the import</button>`]
      : tooManyDeletes(job) ? raised(job) : ["Change what stands in the way, and start again.", null];
  }
  if (exit === 3 && !job.dry_run) {
    return [job.retryable.length ? "Retry the rows that may go through; correct the others in the file of failed rows, and import that."
      : failed ? `Trying again does not help these rows: correct them in ${failed}, and import that file.` : "The rows below say why.",
    html`<button type="button" class="primary" @click=${() => correctedFile(job)}>Import a corrected file</button>`];
  }
  if (exit !== 0 && exit !== 3 && exit !== 8) return null;
  return finished(job, link);
}

function finished(job, link) {
  if (job.dry_run && job.kind !== "diff") {
    const total = planTotal(job);
    if (!total) return null;
    const changes = total.create + total.update + total.delete;
    if (!changes) return [noChange(job).slice(0, 2).filter(Boolean).join(" "), null];
    const done = runs()[job.id];
    if (done) {
      return ["This rehearsal was run from here. Running it again begins another job.", html`${link(`/jobs/${encodeURIComponent(done)}`, "See the run", true)}
        <button type="button" ?disabled=${state.busy} @click=${() => run(job)}>${runLabel(job, total)}</button>`];
    }
    return [`Nothing has been changed yet. ${count(changes, "change")} would be made in ${accountName(job)}.`,
      html`<button type="button" class=${total.delete ? "danger" : "primary"} ?disabled=${state.busy} @click=${() => run(job)}>${runLabel(job, total)}</button>`];
  }
  if (job.kind === "export") {
    const id = job.summary?.snapshot;
    if (job.exit === 8) return [`${moved(job)} Take the backup again when less is being changed.`, link("/snapshots", "See the snapshots")];
    return ["The snapshot is complete.", html`${link("/snapshots", "See the snapshots", true)}
      ${id ? html`<button type="button" @click=${() => restoreOf(id)}>Restore it</button>` : nothing}`];
  }
  if (job.kind === "insight") return null;
  if (job.kind === "diff") {
    const spec = job.spec ?? {};
    const both = [spec.before, spec.after].every((side) => side?.startsWith("profile:"));
    const same = !["created", "changed", "deleted"].some((kind) => job.summary?.[kind]);
    if (same) return ["Both sides hold the same.", null];
    return both ? ["To make the first account like the second, rehearse a migration.",
      html`<button type="button" @click=${() => startMigration(spec.after.slice(8), spec.before.slice(8))}>Rehearse a migration</button>`] : null;
  }
  const counts = job.counts ?? {};
  const touched = (counts.created ?? 0) + (counts.updated ?? 0) + (counts.deleted ?? 0);
  if (counts.deleted && (job.files ?? []).some((file) => file.name.startsWith("safety-snapshot/"))) {
    return putBack(job);
  }
  if (job.exit === 8) return ["Done with what was listed, but the lists moved while they were read, so records may be missing. Run it again when fewer changes are made to the account.", null];
  return [touched ? "Done. Take a backup to keep the account as it is now." : untouched(counts),
    html`${takesBack(job) ? html`<button type="button" ?disabled=${state.busy} @click=${() => takeBack(job)}>Undo: delete what was created</button>` : nothing}${touched ? html`<button type="button" class="primary" @click=${() => startBackup(job.profile)}>Take a backup</button>` : nothing}
      ${job.kind === "import" ? link("/import", "Import another file") : nothing}${link("/snapshots", "See the snapshots")}`];
}

// The kinds of records whose lists no reading found at rest.
function moved(job) {
  const kinds = (job.summary?.resources ?? []).filter((each) => each.consistent === false).map((each) => resourceName(each.resource));
  return kinds.length ? `No reading of ${listed(kinds)} was whole: the list moved, or names a record twice.` : "A list moved while it was read.";
}

// What was deleted is in the safety snapshot, one file a kind; it goes back into the account of the job.
function putBack(job) {
  const saved = job.files.map((file) => file.name).filter((name) => /^safety-snapshot\/.*\.jsonl$/.test(name));
  const resource = job.resources.length === 1 ? job.resources[0] : null;
  const start = () => {
    takeUpCorrected({ profile: job.profile, resource, options: { mode: "upsert" } });
    go("/import");
  };
  return [`Done. What was deleted is saved: to put it back into ${accountName(job)}, download ${listed(saved)} below, and import ${saved.length === 1 ? "that file" : "each of these files"}.`,
    html`<button type="button" @click=${start}>Put it back</button>`];
}

const takesBack = (job) => job.kind === "import" && (job.files ?? []).some((file) => file.name === "created.csv");

// The ids of what was created, as the file of an import that deletes: rehearsed and confirmed like any other.
async function takeBack(job) {
  const made = await attempt(state, async () => {
    const ids = await fetch(`/v1/jobs/${encodeURIComponent(job.id)}/files/created.csv`);
    if (!ids.ok) throw new Problem({ title: "The file of what was created cannot be read", status: ids.status });
    const sent = await upload(await ids.blob(), "created.csv", () => {}).done;
    return submitJob({ kind: "import", profile: job.profile, resource: job.resources[0], upload: sent.id,
      options: { mode: "delete", max_deletes: "100%", dry_run: true } });
  });
  if (made) go(`/jobs/${encodeURIComponent(made.id)}`);
}

// A row that was skipped says nothing of what the account holds.
function untouched(counts) {
  const rows = OUTCOMES.filter((outcome) => counts[outcome]);
  if (rows.every((outcome) => outcome === "unchanged")) return rows.length ? "The account already held all of this." : "There was no row, and nothing was changed.";
  return `Nothing was changed: ${listed(rows.map((outcome) => `${number(counts[outcome])} ${outcome}`))}. The rows below say why.`;
}

/** What a button that carries out a plan says. */
export function runLabel(job, total) {
  const words = [["Create", total.create], ["update", total.update], ["delete", total.delete]].filter(([, rows]) => rows)
    .map(([verb, rows], first) => `${verb} ${first ? number(rows) : count(rows, "record")}`).join(", ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} in ${accountName(job)}`;
}

const tooManyDeletes = (job) => jobErrors(job).some((error) => error.code === "too_many_deletes");

// The limit holds for each kind of records by itself; what is planned so is a rehearsal again.
function raised(job) {
  const most = Math.max(...plans(job).map(({ plan }) => plan.delete ?? 0));
  const again = async () => {
    const made = await attempt(state, () => submitJob({ ...job.spec, kind: job.kind,
      options: { ...effective(optionsOf(job), job.resources), max_deletes: String(most), dry_run: true } }));
    if (made) go(`/jobs/${encodeURIComponent(made.id)}`);
  };
  return ["The limit of deletes keeps an account from being emptied by mistake. If these deletes are meant, rehearse with a higher limit: nothing is deleted before you have seen the plan and confirmed its number.",
    html`<button type="button" class="primary" ?disabled=${state.busy} @click=${again}>Rehearse again, allowing ${count(most, "delete")}</button>`];
}

/** Carries out what a rehearsal showed, once it is confirmed; goes to the new job's page. */
export async function run(job, into = state) {
  const total = planTotal(job);
  const spec = { ...job.spec, kind: job.kind, options: { ...effective(optionsOf(job), job.resources), dry_run: false } };
  const bound = plans(job).length === 1;
  if (total.delete) {
    const sure = await confirmDeletes({
      deletes: total.delete,
      account: `${accountName(job)} (${job.account})`,
      label: runLabel(job, total),
      details: html`<p>${deleteWords(job)} The account holds ${number(total.account_rows)}.${
        total.create + total.update ? ` Also ${number(total.create)} created and ${number(total.update)} updated.` : ""}</p>
        <p>${spec.options.safety_snapshot === false ? "No safety snapshot is taken: what is deleted cannot be put back from here."
          : "A safety snapshot is taken before the first delete."}
          ${bound ? "If the account changes so that more than this would be deleted, the job is refused and changes nothing." : nothing}</p>`,
    });
    if (!sure) return null;
    if (bound) spec.options.max_deletes = String(total.delete);
  } else if (mayDelete(spec.options.mode)) {
    spec.options.max_deletes = "0";
  } else if (job.kind !== "import") {
    const sure = await confirm({ title: `${jobTitle(job)}?`, text: `${foreign(job) ? `The snapshot is of another account, ${snapshotText(job.spec.snapshot)}. ` : ""}${runLabel(job, total)}, as the rehearsal showed.`, label: "Run it" });
    if (!sure) return null;
  }
  const made = await attempt(into, () => submitJob(spec));
  if (!made) return made;
  remember(job.id, made.id);
  go(`/jobs/${encodeURIComponent(made.id)}`);
  return made;
}

const RUNS = "sluice.runs";

// Which rehearsals were run from this tab: who goes back to one is not told that nothing was done.
function runs() {
  try {
    return JSON.parse(sessionStorage.getItem(RUNS)) ?? {};
  } catch {
    return {};
  }
}

function remember(rehearsal, job) {
  try {
    sessionStorage.setItem(RUNS, JSON.stringify({ ...runs(), [rehearsal]: job }));
  } catch {
    // Without room for it, the rehearsal says what it says to everybody else.
  }
}

// Of a restore or a migration rows of several kinds may be left: their files are read as they are.
function correctedFile(job) {
  const resource = job.resources.length === 1 ? job.resources[0] : null;
  takeUpCorrected(job.kind === "import" ? job.spec : { profile: job.profile, resource, options: job.spec?.options });
  go("/import");
}

function backToImport(spec) {
  takeUp(spec);
  go("/import?step=plan");
}

async function restoreOf(id) {
  const snapshot = await attempt(state, () => get(`/v1/snapshots/${encodeURIComponent(id)}`));
  if (snapshot) startRestore(snapshot);
}

// A prune deletes, whatever its options say of a mode.
const optionsOf = (job) => ({ ...job.spec.options, ...(job.kind === "prune" ? { mode: "delete" } : {}) });
