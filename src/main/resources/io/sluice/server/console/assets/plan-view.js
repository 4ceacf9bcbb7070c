// A plan in big figures: what would be made, changed and deleted, and what it costs.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { planFindings } from "./findings.js";
import { listed, number, resourceName, when } from "./format.js";
import { inControls } from "./controls.js";
import { costWords, deleteWords, planTotal, plans, skipReasons } from "./job-words.js";
import { table } from "./ui.js";

// What a mode is asked to do: these figures are shown though they are zero.
const ASKED = { upsert: ["create", "update"], create: ["create"], update: ["update"], mirror: ["create", "update", "delete"], delete: ["delete"] };
const FIGURES = [["+", "create", "created"], ["~", "update", "updated"], ["=", "unchanged", "unchanged"], ["−", "delete", "deleted"]];

/** The figures of a rehearsal; nothing for other jobs. */
export function planFigures(job) {
  const total = planTotal(job);
  if (!total || !(job.dry_run || job.state === "awaiting_approval")) return nothing;
  const also = [[total.skipped, "skipped"], [total.invalid, "invalid"], [total.failed, "cannot be planned"]].filter(([rows]) => rows);
  const asked = ASKED[job.spec?.options?.mode ?? "upsert"] ?? [];
  const quota = job.progress?.quota;
  return html`<section aria-labelledby="plan-figures"><h2 id="plan-figures">What would change</h2>
    <ul class="figures">${FIGURES.filter(([, name]) => total[name] || asked.includes(name)).map(([sign, name, word]) => html`<li class=${`figure ${word} ${total[name] ? "" : "zero"}`}>
      <b><span aria-hidden="true">${sign}</span>${number(total[name])}</b> ${word}</li>`)}</ul>
    ${total.delete ? html`<p class="deletes"><b>${deleteWords(job)}</b></p>` : nothing}
    <p>${also.length ? `${also.map(([rows, word]) => `${number(rows)} ${word}`).join(", ")}. ` : ""}Takes ${costWords(total)}.${
      total.account_rows ? ` The account holds ${number(total.account_rows)}.` : ""}
      <span class="quiet">Planned ${when(job.approval?.asked_at ?? job.ended_at)}${
        typeof quota?.remaining === "number" ? `, with ${number(quota.remaining)} of ${number(quota.limit)} requests of the quota left then` : ""}.</span></p>
    ${skipReasons(job).map((why) => html`<p class="text">${number(why.rows)} skipped: ${inControls(why.message)}.</p>`)}
    ${parts(job)}
    ${planFindings(plans(job))}</section>`;
}

function parts(job) {
  const found = plans(job);
  if (found.length < 2) return nothing;
  const idle = ({ plan }) => ![...FIGURES.map(([, name]) => plan[name]), plan.skipped, plan.failed, plan.invalid, plan.finished].some(Boolean);
  const without = found.filter(idle);
  return html`${without.length < found.length ? partTable(found.filter((part) => !idle(part))) : nothing}
    ${without.length ? html`<p class="quiet">Nothing to do for ${listed(without.map((part) => resourceName(part.resource)))}.</p>` : nothing}`;
}

function partTable(rows) {
  return table({
    caption: "The plan by kind of records", rows, key: (part) => part.resource, compact: true,
    columns: [
      { label: "Kind of records", head: true, cell: (part) => resourceName(part.resource) },
      ...FIGURES.map(([, name, word]) => ({ label: word, class: "num", cell: (part) => number(part.plan[name]) })),
      { label: "skipped", class: "num", cell: (part) => number(part.plan.skipped) },
      { label: "requests", class: "num", cell: (part) => number(part.plan.requests + (part.plan.read_requests ?? 0)) },
    ],
  });
}
