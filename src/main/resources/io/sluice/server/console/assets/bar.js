// The bar that shows how far a job is: a colour and a label for each outcome.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { cssValue } from "./css-value.js";
import { number } from "./format.js";
import { OUTCOMES } from "./job-words.js";

/** A bar stacked by outcome, and below it what the colours mean, with numbers. */
function outcomeBar(counts, left = 0) {
  const parts = OUTCOMES.filter((outcome) => counts[outcome]).map((outcome) => [outcome, counts[outcome]]);
  const all = parts.reduce((sum, [, rows]) => sum + rows, left);
  if (!all) return nothing;
  const words = parts.map(([outcome, rows]) => `${number(rows)} ${outcome}`).join(", ");
  return html`<div class="outcomes">
    <div class="bar" role="img" aria-label=${`${words || "nothing yet"}${left ? `; ${number(left)} to go` : ""}`}>
      ${parts.map(([outcome, rows]) => html`<span class=${`part ${outcome}`} ${cssValue("--share", rows / all)}></span>`)}
      ${left ? html`<span class="part left" ${cssValue("--share", left / all)}></span>` : nothing}
    </div>
    <ul class="legend" aria-hidden="true">${parts.map(([outcome, rows]) => html`<li><i class=${`swatch ${outcome}`}></i>
      <b>${number(rows)}</b> ${outcome}</li>`)}
      ${left ? html`<li><i class="swatch left"></i>
        <b>${number(left)}</b> to go</li>` : nothing}</ul></div>`;
}

/** How far something is that has no outcomes: a plain bar, or nothing where the end is not known. */
export function plainBar(done, total, label) {
  if (!total) return nothing;
  const share = Math.min(1, done / total);
  return html`<div class="bar" role="progressbar" aria-label=${label} aria-valuemin="0" aria-valuemax=${total} aria-valuenow=${done}>
    <span class="part plain" ${cssValue("--share", share)}></span>
    <span class="part left" ${cssValue("--share", 1 - share)}></span></div>`;
}

/** The bar of a job, wherever it is shown: its counts, and what is to go while it is not over. */
export function jobBar(job) {
  const progress = job.progress;
  const counts = job.counts ?? {};
  const some = Object.values(counts).some(Boolean);
  const over = job.state === "finished" || job.state === "cancelled";
  if (over || job.state === "paused") return some && !job.dry_run ? outcomeBar(counts) : nothing;
  if (!progress) return some ? outcomeBar(counts) : nothing;
  const left = Math.max(0, (progress.total ?? 0) - progress.done);
  return some ? outcomeBar(counts, left) : plainBar(progress.done, progress.total, progress.phase);
}
