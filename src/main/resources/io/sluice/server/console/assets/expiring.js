// The records of an account that end soon, or have ended: renew them, or delete what has ended.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { get, upload } from "./api.js";
import { confirm } from "./dialog.js";
import { count, number, resourceName } from "./format.js";
import { submitJob } from "./once.js";
import { go, note } from "./router.js";
import { update } from "./screen.js";
import { mayWrite } from "./session.js";
import { attempt, empty, Loaded, notice, problem, select, table } from "./ui.js";

const SPANS = [["0", "Already ended"], ["7", "Within a week"], ["30", "Within 30 days"], ["90", "Within 90 days"], ["3650", "All that end"]];
const RENEWED_DAYS = 30;

export function open({ params: [profile], query }) {
  const it = { days: SPANS.some(([days]) => days === query.days) ? query.days : "30", busy: false, error: null };
  const list = new Loaded(() => get(`/v1/profiles/${encodeURIComponent(profile)}/expiring`, { days: it.days }));
  list.load();

  async function renew(record) {
    const expires = later(list.value.today, RENEWED_DAYS);
    const sure = await confirm({ title: `Renew ${record.key}?`, label: `Renew until ${expires}`,
      text: `Its last day becomes ${expires}. Its comment and its owner stay as they are.` });
    if (!sure) return;
    const job = await attempt(it, async () => {
      const row = new Blob([`${JSON.stringify({ id: record.id, expires })}\n`]);
      const sent = await upload(row, "renewed.jsonl", () => {}).done;
      return submitJob({ kind: "import", profile, resource: record.resource, upload: sent.id, options: { mode: "update" } });
    }, "The record is being renewed.");
    if (job) go(`/jobs/${encodeURIComponent(job.id)}`);
  }

  async function prune() {
    const job = await attempt(it, () => submitJob({ kind: "prune", profile, options: { dry_run: true } }), "The plan is being made.");
    if (job) go(`/jobs/${encodeURIComponent(job.id)}`);
  }

  const view = ({ items, total, today }) => {
    const ended = items.filter((record) => record.expires < today).length;
    return html`${problem(it.error)}
      ${ended ? notice("warn", `${count(ended, "record")} ${ended === 1 ? "has" : "have"} ended and ${ended === 1 ? "is" : "are"} still in effect.`,
        "Renew what you still need. A plan shows the records to delete before any is deleted.",
        mayWrite() ? html`<button type="button" ?disabled=${it.busy} @click=${prune}>Plan to delete what has ended</button>` : nothing) : nothing}
      ${items.length ? table({ caption: "Records that end, the first to end first", rows: items, key: (record) => `${record.resource} ${record.id}`, columns: columns(it, today, renew) })
        : empty("Nothing ends in that time.", "Records end by the tag at the end of their comments, such as [sluice expires=2026-12-31]. A column named expires of an import writes it.")}
      ${total > items.length ? html`<p class="quiet">The first ${number(items.length)} of ${number(total)} are shown.</p>` : nothing}`;
  };

  return {
    title: () => `Expiring, ${profile}`,
    close: () => {},
    view: () => html`<header class="head"><div><p class="crumb"><a href="/accounts">Accounts</a></p><h1>Expiring in ${profile}</h1></div></header>
      <div class="filters" role="group" aria-label="Which records">${select({ label: "Last day", value: it.days, options: SPANS, change: (days) => {
        it.days = days;
        note({ days });
        // What is there is not of these days.
        list.value = null;
        list.load();
        update();
      } })}</div>
      ${list.show(view, "Reading the account")}`,
  };
}

// Days are those of the service, in UTC.
function later(day, days) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86400000).toISOString().slice(0, 10);
}

function columns(it, today, renew) {
  const all = [
    { label: "Key", head: true, class: "wide text", cell: (record) => record.key || html`<span class="quiet">no key</span>` },
    { label: "Kind of records", class: "text", cell: (record) => resourceName(record.resource) },
    { label: "Expires", class: "tight", cell: (record) => html`${record.expires}${record.expires < today ? html` <span class="mark bad">ended</span>` : nothing}` },
    { label: "Owner", class: "text", cell: (record) => record.owner ?? html`<span class="quiet">none</span>` },
    { label: "Comment", class: "wide text", cell: (record) => record.comment },
  ];
  if (!mayWrite()) return all;
  return [...all, { label: "Actions", unlabelled: true, class: "act", cell: (record) => (record.id ? html`<button type="button" ?disabled=${it.busy}
    @click=${() => renew(record)}>Renew<span class="unseen"> ${record.key}</span></button>` : nothing) }];
}
