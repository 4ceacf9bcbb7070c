// What went wrong in a job that has ended: by cause, with what to do, before all that went well.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { inControls } from "./controls.js";
import { count, number, resourceName, size } from "./format.js";

/** The causes of a job, those of all its parts together. */
function causesOf(job) {
  const summary = job.summary ?? {};
  const parts = summary.parts ?? [{ ...summary, resource: job.resources[0] }];
  return parts.flatMap((part) => (part.failures ?? []).map((cause) => ({ ...cause, resource: slug(part.resource ?? "") })));
}

const slug = (name) => name.replaceAll("_", "-");

/** The section; nothing where nothing went wrong. */
export function failuresView(job) {
  const causes = causesOf(job);
  const files = (job.files ?? []).filter((file) => /(^|\/)failed\.(csv|jsonl)$/.test(file.name));
  if (job.kind === "diff" || (!causes.length && !files.length)) return nothing;
  const address = (file) => `/v1/jobs/${encodeURIComponent(job.id)}/files/${file.name.split("/").map(encodeURIComponent).join("/")}`;
  const several = new Set(causes.map((cause) => cause.resource)).size > 1;
  const wrong = causes.some((cause) => cause.outcome !== "unprocessed");
  return html`<section class="failures" aria-labelledby="failures"><h2 id="failures">${wrong ? "What went wrong" : "Not sent"}</h2>
    ${causes.length ? html`<ul class="causes">${causes.map((cause) => html`<li><p><i class=${`swatch ${cause.outcome}`}></i> <b>${number(cause.count)} ${cause.outcome === "unprocessed" ? "not sent" : cause.outcome}</b>${
      several ? html` <span class="quiet">${resourceName(cause.resource)}</span>` : nothing}: <span class="text">${inControls(cause.message) ?? cause.code}</span></p>
      <p>${whatToDo(cause)}</p>
      <p class="quiet text">${cause.count > 1 ? "First: " : ""}${where(cause)}${cause.code && cause.message ? html` · <code>${cause.code}</code>` : nothing}</p></li>`)}</ul>` : nothing}
    ${files.length ? html`<p class="actions">${files.map((file) => html`<a class="button" href=${address(file)} download>Download ${file.name}</a>
      <span class="quiet">${size(file.bytes)}: the rows that were not written, each with its reason</span>`)}</p>` : nothing}</section>`;
}

function where(cause) {
  return [cause.line ? `Line ${number(cause.line)}` : "", cause.key].filter(Boolean).join(", ") || "A record that no row names";
}

function whatToDo(cause) {
  if (cause.outcome === "unknown") return "The answer was lost: Resume, or a retry, looks up what became of them.";
  if (cause.outcome === "unprocessed") return "Not sent. Resume, or a retry, sends them.";
  if (cause.outcome === "invalid") return "Correct these rows in the file of failed rows, and import that file.";
  if (cause.retryable) return "The cause may have passed: try again.";
  return `Trying again does not help: correct ${cause.count === 1 ? "the row" : "the rows"} in the file of failed rows, and import that file.`;
}

/** What a retry does, on its button. */
export const retryLabel = (rows, resource) => `Retry ${count(rows, "row")}${resource ? ` of ${resourceName(resource)}` : ""}`;
