// Snapshots: look at, verify, download and restore them; tick two to compare them.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { live } from "/lib/lit-html/directives/live.js";
import { get, post, remove } from "./api.js";
import { changesView } from "./changes.js";
import { confirm } from "./dialog.js";
import { follow, isOver } from "./follow.js";
import { count, number, resourceName, size, when } from "./format.js";
import { jobErrors, jobTitle, snapshotText, stateWords } from "./job-words.js";
import { diffTable } from "./diff-table.js";
import { nameOf } from "./names.js";
import { submitJob } from "./once.js";
import { note } from "./router.js";
import { now } from "./time.js";
import { announce, every, pageSize, update } from "./screen.js";
import { mayWrite } from "./session.js";
import { startBackup, startRestore } from "./start.js";
import { attempt, empty, Loaded, notice, problem, select, table } from "./ui.js";

const FEW = 3;
// Clocks may be so far apart without anything being wrong.
const CLOCKS_APART = 10 * 60 * 1000;

// The newest of an account, or of all; what cannot be read has its place among them.
async function newest(account, many) {
  const found = { items: [], unreadable: [], accounts: [], more: true };
  let before = null;
  while (found.more && found.items.length + found.unreadable.length < many) {
    const left = many - found.items.length - found.unreadable.length;
    const page = await get("/v1/snapshots", { account, before, limit: Math.min(left, 1000) });
    found.items.push(...page.items);
    found.unreadable.push(...page.unreadable);
    found.accounts = page.accounts;
    found.more = page.next !== null;
    before = page.next;
  }
  return found;
}

export function open({ query }) {
  const it = { account: query.account ?? "", ticked: [], busy: false, error: null, verifying: new Set(), shown: pageSize(), unreadable: [], accounts: [], more: false };
  let diff = null;
  const list = new Loaded(async () => {
    const found = await newest(it.account, it.shown);
    Object.assign(it, { unreadable: found.unreadable, accounts: found.accounts, more: found.more });
    it.ticked = it.ticked.filter((id) => found.items.some((snapshot) => snapshot.id === id));
    return found.items;
  });
  list.load();
  const ticking = every(30000, () => diff || list.refresh());
  if (query.diff) showDiff(query.diff);

  function showDiff(id) {
    diff?.follower.stop();
    diff = null;
    if (!id) return;
    diff = { changes: null };
    diff.follower = follow(id, (job) => {
      if (!isOver(job) || diff.changes) return;
      diff.changes = changesView(job);
      announce("The comparison is ready.");
    });
  }

  async function compare() {
    const [before, after] = inOrder(list.value, it.ticked);
    const job = await attempt(it, () => submitJob({ kind: "diff", before, after }), "Comparing.");
    if (!job) return;
    note({ diff: job.id }, { push: true });
    showDiff(job.id);
    update();
  }

  function leaveDiff() {
    note({ diff: null }, { push: true });
    showDiff(null);
    update();
  }

  async function verify(snapshot) {
    it.verifying.add(snapshot.id);
    const answer = await attempt(it, () => post(`/v1/snapshots/${encodeURIComponent(snapshot.id)}/verify`));
    it.verifying.delete(snapshot.id);
    if (answer) {
      snapshot.verified = { at: new Date(now()).toISOString(), ...answer };
      list.load();
      announce(answer.sound ? "The snapshot is sound." : `The snapshot has ${count(answer.faults.length, "fault")}.`);
    }
    update();
  }

  async function removeOne(snapshot, force = false) {
    const sure = await confirm({ title: `Delete ${snapshotText(snapshot.id)}?`, label: force ? "Delete anyway" : "Delete the snapshot", danger: true,
      text: force ? `The service keeps it: ${it.error.message.replace(/; with force=true.*$/, "")}. If you delete it, it cannot be put back.` : `${count(snapshot.rows, "row")} of ${nameOf(snapshot.account)}. It cannot be put back. The last good snapshot of an account is kept unless you insist.` });
    if (!sure) return;
    const path = `/v1/snapshots/${encodeURIComponent(snapshot.id)}${force ? "?force=true" : ""}`;
    await attempt(it, () => remove(path), "The snapshot is deleted.");
    if (["last_snapshot", "resumable"].includes(it.error?.code) && !force) await removeOne(snapshot, true);
    else list.load();
  }

  function tickOne(id, on) {
    it.ticked = on ? [...it.ticked, id].slice(-2) : it.ticked.filter((each) => each !== id);
    update();
  }

  const accountText = nameOf;

  const view = (snapshots) => {
    if (!snapshots.length && !it.account && !it.more) {
      return empty("No snapshots yet.", "A snapshot is a backup of an account's records. It can be verified, compared and restored.",
        mayWrite() ? html`<button type="button" class="primary" @click=${() => startBackup()}>Take a backup</button>` : nothing);
    }
    const accounts = [...new Set([...it.accounts, it.account])].filter(Boolean);
    return html`
      ${accounts.length > 1 ? html`<div class="filters" role="group" aria-label="Which snapshots">${select({ label: "Account", value: it.account,
        options: [["", "All accounts"], ...accounts.map((account) => [account, accountText(account)])],
        change: (account) => {
          // What is compared can be seen.
          Object.assign(it, { account, ticked: [], shown: pageSize() });
          note({ account });
          list.load();
        } })}</div>` : nothing}
      ${mayWrite() && snapshots.length > 1 ? html`<p class="actions"><button type="button" ?disabled=${it.ticked.length !== 2 || it.busy} @click=${compare}>Compare the two ticked</button>
        <span class="quiet">${it.ticked.length === 2 ? "The older one is shown as First." : `Tick two to compare them. ${it.ticked.length} ticked.`}</span></p>` : nothing}
      ${problem(it.error)}
      ${snapshots.length ? table({ caption: "Snapshots, the newest first", rows: snapshots, columns: columns(it, { tickOne, verify, removeOne, accountText }) })
      : html`<p class="quiet">No snapshots of this account.</p>`}
      ${it.more ? html`<p class="actions"><button type="button" ?disabled=${list.busy} @click=${() => {
        it.shown += pageSize();
        list.load();
      }}>Show more</button> <span class="quiet">The newest ${number(snapshots.length)} are shown.</span></p>` : nothing}`;
  };

  return {
    title: () => (diff ? "Comparison" : "Snapshots"),
    queried: (now) => {
      it.account = now.account ?? "";
      list.load();
      showDiff(now.diff);
    },
    close: () => {
      ticking();
      diff?.follower.stop();
    },
    view: () => (diff ? diffView(diff, leaveDiff) : html`<header class="head"><h1>Snapshots</h1>
      ${mayWrite() && list.value?.length ? html`<p class="actions"><button type="button" class="primary" @click=${() => startBackup()}>Take a backup</button></p>` : nothing}</header>
      ${unreadable(it.unreadable)}
      ${list.show(view, "Loading snapshots")}`),
  };
}

// One notice, however many there are: the list itself must not be far below.
function unreadable(all) {
  if (!all.length) return nothing;
  const reasons = html`<ul class="plain-list">${all.map((each) => html`<li><b>${snapshotText(each.id)}</b>: ${each.why}</li>`)}</ul>`;
  return notice("warn", `${count(all.length, "snapshot")} cannot be read, and ${all.length === 1 ? "is" : "are"} not in this list.`,
    html`${all.length > FEW ? html`<details><summary>Which, and why</summary>${reasons}</details>` : reasons}
      <p>Whoever runs the service can repair or remove the directory.</p>`);
}

// The older one first.
function inOrder(snapshots, ids) {
  const time = (id) => snapshots.find((snapshot) => snapshot.id === id)?.finished_at ?? "";
  return [...ids].sort((one, other) => time(one).localeCompare(time(other)));
}

function columns(it, { tickOne, verify, removeOne, accountText }) {
  const box = { label: "Compare", unlabelled: true, class: "tight", cell: (snapshot) => html`<label class="tick"><input type="checkbox"
    aria-label=${`Compare ${snapshotText(snapshot.id)}`} .checked=${live(it.ticked.includes(snapshot.id))}
    @change=${(event) => tickOne(snapshot.id, event.target.checked)}><span class="only-narrow">Compare</span></label>` };
  return [
    ...(mayWrite() ? [box] : []),
    { label: "Taken", head: true, class: "tight", cell: (snapshot) => html`${when(snapshot.finished_at)}${ahead(snapshot)}` },
    { label: "Account", class: "text", cell: (snapshot) => accountText(snapshot.account) },
    { label: "Rows", class: "wide", cell: (snapshot) => contents(snapshot) },
    { label: "Size", class: "num tight", cell: (snapshot) => size(snapshot.bytes) },
    { label: "Consistent", cell: (snapshot) => (snapshot.consistent ? html`<span class="mark good">yes</span>`
      : html`<span class="mark warn" title="The account's lists moved while they were read.">no</span>`) },
    { label: "Verified", class: "wide", cell: (snapshot) => verified(snapshot, it.verifying.has(snapshot.id)) },
    { label: "Actions", unlabelled: true, class: "act", cell: (snapshot) => (mayWrite() ? html`<span class="actions">
      <span hidden id=${`snapshot-${snapshot.id}`}>${snapshotText(snapshot.id)}</span>
      <button type="button" aria-describedby=${`snapshot-${snapshot.id}`} ?disabled=${it.verifying.has(snapshot.id)} @click=${() => verify(snapshot)}>Verify</button>
      <button type="button" aria-describedby=${`snapshot-${snapshot.id}`} @click=${() => startRestore(snapshot)}>Restore</button>
      <button type="button" class="plain" aria-describedby=${`snapshot-${snapshot.id}`} @click=${() => removeOne(snapshot)}>Delete</button></span>` : nothing) },
  ];
}

// A clock that was ahead makes its snapshot the first of the list for long, whatever comes after it.
function ahead(snapshot) {
  return Date.parse(snapshot.finished_at) > now() + CLOCKS_APART
    ? html`<span class="block"><span class="mark warn" title="A clock was wrong when it was taken, or is wrong now. It may not be the newest.">in the future</span></span>` : nothing;
}

function contents(snapshot) {
  const address = (file) => `/v1/snapshots/${encodeURIComponent(snapshot.id)}/files/${encodeURIComponent(file)}`;
  return html`<details><summary>${count(snapshot.rows, "row")} <span class="quiet">in ${count(snapshot.resources.length, "file")}</span></summary>
    <ul class="plain-list"><li><a href=${`/v1/snapshots/${encodeURIComponent(snapshot.id)}/archive`} download>All as one zip</a></li>
      ${snapshot.resources.map((each) => html`<li><a href=${address(each.file)} download>${resourceName(each.resource)}</a>
      <span class="quiet">${number(each.rows)}, ${size(each.bytes)}</span></li>`)}
      <li><a href=${address("manifest.json")} download>manifest</a></li></ul></details>`;
}

function verified(snapshot, busy) {
  if (busy) return html`<span role="status">Verifying</span>`;
  const last = snapshot.verified;
  if (!last) return html`<span class="quiet">not yet</span>`;
  if (last.sound) return html`<span class="mark good">sound</span> ${when(last.at)}`;
  return html`<span class="mark bad">${count(last.faults.length, "fault")}</span> ${when(last.at)}
    <ul class="plain-list">${last.faults.map((fault) => html`<li class="text">${typeof fault === "string" ? fault : `${fault.file}: ${fault.what}`}</li>`)}</ul>`;
}

function diffView(diff, leave) {
  const { job, error, load, lost } = diff.follower;
  return html`<header class="head"><div><p class="crumb"><a href="/snapshots" @click=${(event) => {
    event.preventDefault();
    leave();
  }}>Snapshots</a></p><h1>${job ? jobTitle(job) : "Comparison"}</h1></div></header>
    ${error ? problem(error, load) : nothing}
    ${lost ? notice("warn", "The connection is lost.", "It is tried again every few seconds.") : nothing}
    ${job ? html`<p class="state">${stateWords(job)} <a href=${`/jobs/${encodeURIComponent(job.id)}`}>The job</a></p>
      ${jobErrors(job).map((each) => notice("bad", each.message, each.hint ?? ""))}${diffTable(job)}` : html`<p class="loading" role="status">Loading the comparison</p>`}
    ${diff.changes?.view() ?? nothing}`;
}
