// A plan in big figures: what would be made, changed and deleted, and what it costs.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { number, resourceName } from "./format.js";
import { inControls } from "./controls.js";
import { costWords, planTotal, plans, skipReasons } from "./job-words.js";
import { table } from "./ui.js";

const FIGURES = [["+", "create", "created"], ["~", "update", "updated"], ["=", "unchanged", "unchanged"], ["−", "delete", "deleted"]];

/** The figures of a rehearsal; nothing for other jobs. */
export function planFigures(job) {
  const total = planTotal(job);
  if (!total || !job.dry_run) return nothing;
  const also = [[total.skipped, "skipped"], [total.invalid, "invalid"], [total.failed, "cannot be planned"]].filter(([rows]) => rows);
  const quota = job.progress?.quota;
  return html`<section aria-labelledby="plan-figures"><h2 id="plan-figures">What would change</h2>
    <ul class="figures">${FIGURES.map(([sign, name, word]) => html`<li class=${`figure ${word} ${total[name] ? "" : "zero"}`}>
      <b><span aria-hidden="true">${sign}</span>${number(total[name])}</b> ${word}</li>`)}</ul>
    <p>${also.length ? `${also.map(([rows, word]) => `${number(rows)} ${word}`).join(", ")}. ` : ""}Takes ${costWords(total)}.${
      typeof quota?.remaining === "number" ? ` Quota left now: ${number(quota.remaining)} of ${number(quota.limit)}.` : ""}
      ${total.account_rows ? ` The account holds ${number(total.account_rows)}.` : ""}</p>
    ${skipReasons(job).map((why) => html`<p class="text">${number(why.rows)} skipped: ${inControls(why.message)}.</p>`)}
    ${parts(job)}</section>`;
}

function parts(job) {
  const found = plans(job);
  if (found.length < 2) return nothing;
  return table({
    caption: "The plan by resource", rows: found, key: (part) => part.resource, compact: true,
    columns: [
      { label: "Resource", head: true, cell: (part) => resourceName(part.resource) },
      ...FIGURES.map(([, name, word]) => ({ label: word, class: "num", cell: (part) => number(part.plan[name]) })),
      { label: "skipped", class: "num", cell: (part) => number(part.plan.skipped) },
      { label: "requests", class: "num", cell: (part) => number(part.plan.requests) },
    ],
  });
}
