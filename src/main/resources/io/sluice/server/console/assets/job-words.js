// Jobs in words: what they do, how far they are, how they ended, and what to do next.
import { kindsInAll } from "./kinds.js";
import { nameOf } from "./names.js";
import { count, duration, listed, number, resourceName } from "./format.js";

/** Outcomes in the order in which they are shown. */
export const OUTCOMES = ["created", "updated", "deleted", "unchanged", "skipped", "invalid", "failed", "unknown", "unprocessed"];

// What a person has to look at, and perhaps do something about.
const FIRST = ["failed", "unknown", "invalid", "skipped", "unprocessed"];

/** The outcomes that a job has, those to be looked at first; one empty text, for all, where all went well. */
export function outcomesFirst(job) {
  const there = OUTCOMES.filter((outcome) => job.counts?.[outcome]);
  const first = FIRST.filter((outcome) => there.includes(outcome) && !(job.dry_run && outcome === "unprocessed"));
  return first.length ? [...first, ...there.filter((outcome) => !first.includes(outcome))] : [""];
}

const KINDS = { export: "Backup", import: "Import", restore: "Restore", migrate: "Migration", prune: "Prune", feed: "Feed", diff: "Comparison", insight: "Insight" };

/** The kinds of jobs, for people to choose from. */
export const kindOptions = Object.entries(KINDS);

/** What kind of job it is, in a word or two. */
export function kindName(job) {
  const name = KINDS[job.kind] ?? job.kind;
  return job.dry_run && job.kind !== "diff" ? `${name} rehearsal` : name;
}

/** The account as people know it: the profile's name, and the id behind it. */
export function accountName(job) {
  const compared = [job.spec?.before, job.spec?.after].filter((side) => side?.startsWith("profile:")).map((side) => side.slice(8));
  return job.profile || compared.join(", ") || job.account;
}

/** What a job does, as a heading. */
export function jobTitle(job) {
  const spec = job.spec ?? {};
  const what = resourcesText(job.resources);
  if (job.kind === "diff") return `Compare ${side(spec.before)} with ${side(spec.after)}`;
  if (job.kind === "insight") return `${spec.about === "explain" ? "Explain" : "Check"} ${what} of ${accountName(job)}`;
  if (job.kind === "prune") return `Delete what has expired of ${what} of ${accountName(job)}`;
  if (job.kind === "feed") return `Import the feed ${spec.feed} into ${accountName(job)}`;
  if (job.kind === "migrate") return `Migrate ${what} from ${spec.from} to ${spec.to}`;
  if (job.kind === "export") return `Back up ${what} of ${accountName(job)}`;
  if (job.kind === "restore") return `Restore ${what} of ${spec.snapshot ? snapshotText(spec.snapshot) : "a snapshot"}${foreign(job) ? ` into ${accountName(job)}` : ""}`;
  return `Import ${what} into ${accountName(job)}`;
}

/** True if a job restores a snapshot of another account than the one it changes. */
export const foreign = (job) => job.kind === "restore" && Boolean(job.account) && (job.spec?.snapshot ?? "").split("~")[0] !== job.account;

/** The names of resources, short enough for a heading; "everything" where it is all of them. */
export function resourcesText(slugs) {
  if (!slugs?.length || slugs.length === kindsInAll()) return "everything";
  return slugs.length < 4 ? listed(slugs.map(resourceName)) : `${resourceName(slugs[0])} and ${slugs.length - 1} other kinds`;
}

/** A side of a comparison, as people know it. */
export function side(text) {
  if (!text) return "?";
  return text.startsWith("profile:") ? text.slice(8) : snapshotText(text);
}

/** A snapshot's id as account and time. */
export function snapshotText(id) {
  const [account, name = ""] = id.split("~");
  const time = /^(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(name);
  return time ? `${nameOf(account)} of ${time[1]} ${time[2]}:${time[3]}:${time[4]} UTC` : id;
}

/** What state a job is in, as a short mark: [kind of mark, word]. */
export function stateMark(job) {
  if (job.state === "finished") {
    if (job.exit === 0) return ["good", "finished"];
    if (job.exit === 3 && job.dry_run) return ["warn", "some rows wrong"];
    if (UNEVEN[job.exit]) return ["warn", UNEVEN[job.exit]];
    if (job.exit === 4) return ["bad", "refused"];
    return job.exit === 130 || job.exit === 6 ? ["warn", "ended early"] : ["bad", "did not work"];
  }
  if (job.state === "awaiting_approval") return ["warn", "awaits approval"];
  if (job.state === "running" && (job.progress?.outage || held(job))) return ["warn", "waiting"];
  return [job.state === "running" ? "busy" : "idle", job.state];
}

const UNEVEN = { 3: "some rows failed", 7: "outcome unknown", 8: "not consistent" };

/** True if a job waits for quota. */
export const held = (job) => (job.progress?.quota?.delay_seconds ?? 0) > 1;

/** What a job is doing just now, in words. */
export function stateWords(job, waitsFor = null) {
  const progress = job.progress;
  if (job.state === "queued") {
    return waitsFor ? `Waits for job ${waitsFor}, which changes the same records.` : "Waits for its turn.";
  }
  if (job.state === "paused") return "Paused. Changes made so far stay; Resume goes on from there.";
  if (job.state === "cancelled") return "Cancelled. Changes made before stay.";
  if (job.state === "awaiting_approval") return "The plan is ready and waits until another person has approved it. Nothing has been changed.";
  if (job.state === "finished") return endWords(job);
  if (job.request === "cancel") return "Stopping: requests under way are finished and recorded first.";
  if (job.request === "pause") return "Pausing: requests under way are finished and recorded first.";
  if (progress?.outage) return `Paused: the API is out (${progress.outage}). It goes on by itself when the API answers.`;
  if (progress && held(job)) return `Waiting for quota, ${duration(progress.quota.delay_seconds)}.`;
  return progress ? phaseWords(progress) : "Starting.";
}

function endWords(job) {
  if (job.kind === "diff" && job.exit === 0) return "The comparison is done.";
  if (job.kind === "insight" && job.exit === 0) return "The lists were checked. The findings are in insight.json.";
  if (job.summary?.outcome === "unchanged") return "The feed is as it was when it was imported last: nothing was sent.";
  if (job.dry_run && job.kind !== "diff" && (job.exit === 0 || job.exit === 3)) return "The plan is ready. Nothing has been changed.";
  return ENDS[job.exit] ?? "Ended.";
}

function phaseWords(progress) {
  const phase = progress.phase.charAt(0).toUpperCase() + progress.phase.slice(1);
  const where = progress.resource ? `, ${resourceName(progress.resource)}` : "";
  if (!progress.done && !progress.total) return `${phase}${where}.`;
  const far = progress.total ? `${number(progress.done)} of ${number(progress.total)}` : number(progress.done);
  return `${phase}${where}: ${far}.`;
}

const ENDS = {
  0: "Finished, all well.",
  1: "Ended with an unexpected error.",
  2: "It could not start: the request is invalid.",
  3: "Finished. Some rows are invalid or were refused.",
  4: "Refused before anything was sent. The account is as it was.",
  5: "Stopped: the API did not accept the credential, or it may not do this.",
  6: "Gave up on an outage or on quota. Changes made before stay.",
  7: "Finished, but the outcome of some rows is not known.",
  8: "Finished, but what was read is not consistent, or there are differences.",
  9: "Verification failed.",
  130: "Interrupted. What was done stays done.",
};

/** The plans of a rehearsal or a run: one for each kind of records. */
export function plans(job) {
  const summary = job.summary;
  if (!summary) return [];
  const parts = summary.parts ?? (summary.plan ? [summary] : []);
  return parts.filter((part) => part.plan).map((part) => ({ resource: part.resource ?? job.resources[0], plan: part.plan }));
}

/** All plans of a job in one; null if there is none. */
export function planTotal(job) {
  const found = plans(job);
  if (!found.length) return null;
  const names = ["account_rows", "create", "update", "delete", "unchanged", "skipped", "failed", "invalid", "finished", "requests", "read_requests", "seconds"];
  return Object.fromEntries(names.map((name) => [name, found.reduce((sum, { plan }) => sum + (plan[name] ?? 0), 0)]));
}

/** Why a plan skips rows, those reasons of all parts together: [{ message, rows }]. */
export function skipReasons(job) {
  const rows = new Map();
  for (const { plan } of plans(job)) {
    for (const why of plan.skipped_by ?? []) rows.set(why.message || why.code, (rows.get(why.message || why.code) ?? 0) + why.rows);
  }
  return [...rows].map(([message, count]) => ({ message, rows: count }));
}

/** What a plan without a change means: [title, text, true if the account holds what the rows say]. */
export function noChange(job) {
  const { unchanged, skipped, invalid, failed } = planTotal(job);
  const held = unchanged > 0 && !skipped && !invalid && !failed;
  if (held) return ["There is nothing to change.", "The account already holds all of this.", true];
  const rows = unchanged + skipped + invalid + failed;
  const absent = plans(job).flatMap(({ plan }) => plan.skipped_by ?? []).filter((why) => why.code === "not_found").reduce((sum, why) => sum + why.rows, 0);
  if (absent && absent === rows) {
    const none = rows === 1 ? "The row is not in the account" : `None of the ${number(rows)} rows is in the account`;
    return [`${none}: there is ${(job.spec?.options?.mode ?? "") === "delete" ? "nothing to delete" : "nothing to change"}.`, "", false];
  }
  const parts = [[unchanged, "as the account holds it"], [skipped, "skipped"], [invalid, "invalid"], [failed, "that cannot be planned"]];
  return ["There is nothing to change.", rows ? `Of ${count(rows, "row")}: ${listed(parts.filter(([each]) => each).map(([each, word]) => `${number(each)} ${word}`))}.` : "", false];
}

/** The errors that ended a job or a part of it, each once. */
export function jobErrors(job) {
  const summary = job.summary ?? {};
  const all = [summary.error, ...(summary.parts ?? []).map((part) => part.error)].filter(Boolean);
  return all.filter((error, index) => all.findIndex((other) => other.message === error.message) === index);
}

/** How a job ended or how far it is, on one line. */
export function resultLine(job) {
  if (job.result && job.result !== job.state) return job.result;
  const plan = job.dry_run ? planTotal(job) : null;
  if (plan) {
    return ["create", "update", "delete"].filter((name) => plan[name]).map((name) => `${number(plan[name])} to ${name}`).join(", ") || "nothing to do";
  }
  const counts = job.counts ?? {};
  const words = OUTCOMES.filter((outcome) => counts[outcome]).map((outcome) => `${number(counts[outcome])} ${outcome}`);
  return words.join(", ") || (job.state === "finished" ? ENDS[job.exit] ?? "" : job.state);
}

/** What a plan deletes, in words; empty if it deletes nothing. */
export function deleteWords(job) {
  const deletes = planTotal(job)?.delete;
  if (!deletes) return "";
  if (job.spec.options.mode !== "mirror") return `Deletes ${count(deletes, "record")} of ${accountName(job)}: those that the file names.`;
  const source = { import: "the file", restore: "the snapshot" }[job.kind] ?? job.spec.from;
  return `Deletes ${count(deletes, "record")} of ${accountName(job)}: those that are not in ${source}.`;
}

/** What a plan costs, in words. */
export function costWords(plan) {
  const reads = plan.read_requests ?? 0;
  if (!plan.requests) return `no request that changes anything, ${number(reads)} to read`;
  return `${count(plan.requests + reads, "request")}: ${number(plan.requests)} to write, ${number(reads)} to read; about ${duration(Math.max(1, plan.seconds))}`;
}
