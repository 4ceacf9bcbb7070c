// Step 2 of an import: what the columns mean, what is wrong, and the rows as they will be understood.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { columnName, inControls, LABELS } from "./controls.js";
import { count, number, value } from "./format.js";
import { saveCauses } from "./import-faults.js";
import { headerDoubt, titleDoubt } from "./import-file.js";
import { mappingView, unknownColumns } from "./import-mapping.js";
import { notice, problem, select, table, tick } from "./ui.js";

const REPEATS = [["", "All are invalid"], ["first", "The first counts"], ["last", "The last counts"]];
const LEVELS = [["", "Strict"], ["basic", "Basic"], ["off", "Off"]];
const ROOMY = matchMedia("(min-width: 44rem)");
const LEVEL_HINTS = {
  "": "Everything that Cloudflare is known to refuse.",
  basic: "Types and required fields only. Patterns are left to Cloudflare.",
  off: "Nothing is checked here. Cloudflare's answer is the check.",
};

const REWRITING_HINT = "Also hxxp:// and other URLs, mailto:, *@domain, *.domain, Name <a@b>, hosts and AdBlock lines, trailing comments, IP ranges. Each rewriting is listed here first; nothing is rewritten that could mean two things.";

/** The step. */
export function checkStep(draft, goOn) {
  const { preview, reading } = draft;
  const counts = preview?.counts;
  return html`
    ${draft.fileProblem()}
    ${problem(draft.previewError, () => draft.loadPreview())}
    ${draft.previewing && !preview ? html`<p class="loading" role="status">Checking the file</p>` : nothing}
    ${preview?.problem && !unknownColumns(draft).length ? notice("bad", "The file cannot be read like this.", inControls(preview.problem.message)) : nothing}
    ${preview ? html`
      <p class="verdict" role="status">${draft.previewing ? "Checking again" : verdict(preview)}</p>
      ${(preview.warnings ?? []).map((warning) => notice("warn", "Worth knowing", inControls(typeof warning === "string" ? warning : warning.message)))}
      ${headerDoubt(draft)}
      ${titleDoubt(draft)}
      ${faults(draft)}
      ${rewritings(preview)}
      ${mappingView(draft)}
      ${firstRows(preview)}` : nothing}
    <fieldset><legend>Patterns in another form</legend>
      ${tick({ label: LABELS.normalize, hint: REWRITING_HINT, checked: Boolean(reading.normalize),
        change: (on) => draft.read({ normalize: on }) })}</fieldset>
    <fieldset><legend>How strictly</legend>
      ${select({ label: "Checks", value: reading.validation, options: LEVELS, hint: LEVEL_HINTS[reading.validation ?? ""],
        change: (validation) => draft.read({ validation: validation || null }) })}
      ${select({ label: LABELS.duplicates, value: reading.duplicates, options: REPEATS,
        hint: "A row that merely gives fewer fields than another contradicts nothing, and is skipped.",
        change: (duplicates) => draft.read({ duplicates: duplicates || null }) })}
      ${counts?.invalid || reading.skip_invalid || preview?.complete === false ? tick({ label: "Leave out invalid rows and go on with the others",
        hint: "They are listed in failed.csv afterwards. Not possible with a mirror.", checked: Boolean(reading.skip_invalid),
        change: (on) => draft.read({ skip_invalid: on }) }) : nothing}</fieldset>
    <p class="actions sticky"><button type="button" class="primary" ?disabled=${!draft.sound() || draft.previewing} @click=${goOn}>Plan the import</button>
      ${draft.sound() || draft.previewing ? nothing : html`<span class="quiet">${standsInTheWay(draft)}</span>`}</p>`;
}

/** The step in a line. */
export function checkSummary(draft) {
  const counts = draft.preview?.counts;
  if (!counts) return "";
  if (!counts.invalid) return verdict(draft.preview);
  return `${number(counts.valid)} valid, ${number(counts.invalid)} invalid left out${draft.preview.complete ? "" : ", of the beginning of the file"}`;
}

function verdict({ counts, problem: unread, complete }) {
  if (unread) return "The rows have not been read yet: match the columns first.";
  if (!counts.rows) return "There is no row in this file.";
  const repeats = counts.repeats ? ` ${count(counts.repeats, "row repeats", "rows repeat")} another one and ${counts.repeats === 1 ? "is" : "are"} skipped.` : "";
  const rewritten = counts.rewritten ? ` ${count(counts.rewritten, "row is", "rows are")} rewritten.` : "";
  const comments = counts.comments ? ` ${count(counts.comments, "comment is", "comments are")} passed over.` : "";
  const beginning = complete ? "" : " Only the beginning of the file was checked: the plan checks all of it.";
  const rest = `${repeats}${rewritten}${comments}${beginning}`;
  if (counts.invalid) return `${number(counts.invalid)} of ${count(counts.rows, "row")} invalid.${rest}`;
  return counts.comments ? `${number(counts.valid)} of ${count(counts.rows, "row")} valid.${rest}` : `${count(counts.rows, "row")}, all valid.${rest}`;
}

function standsInTheWay(draft) {
  if (draft.previewError || draft.preview?.problem) return "The file cannot be read like this.";
  const counts = draft.preview?.counts;
  if (!counts) return "";
  if (!counts.rows) return "There is nothing to import.";
  return counts.invalid >= counts.rows ? "No row is valid." : "Correct the file, match its columns, or leave out the invalid rows.";
}

function faults(draft) {
  const causes = draft.preview.causes ?? [];
  if (!causes.length) return nothing;
  return html`<section aria-labelledby="faults"><h3 id="faults">What is wrong</h3>
    ${causes.map((cause) => html`<details class="cause"><summary><b>${rowsOf(cause)}</b>${cause.column ? html`, <span class="text">${columnName(cause.column)}</span>` : nothing}:
      <span class="text">${inControls(cause.message)}</span></summary>${examples(cause)}</details>`)}
    <p class="actions"><button type="button" @click=${() => saveCauses(draft.upload.name, causes)}>Download as CSV</button>
      ${causes.some((cause) => cause.count > cause.examples.length) ? html`<span class="quiet">Holds the first of each cause, as shown here.</span>` : nothing}</p></section>`;
}

// One row is named at once; of several the lines are inside.
const rowsOf = (cause) => (cause.count === 1 && cause.examples[0]?.line ? `Line ${number(cause.examples[0].line)}` : count(cause.count, "row"));

function examples(cause) {
  return html`${table({
    caption: `Rows: ${inControls(cause.message)}`, compact: true, rows: cause.examples, key: (ignored, index) => index,
    columns: [
      { label: "Line", class: "num tight", head: true, cell: (each) => number(each.line) },
      { label: "Column", class: "text", cell: (each) => columnName(each.column ?? each.field) || "–" },
      { label: "Value", class: "text wide", cell: (each) => value(each.value) },
      { label: "Reason", class: "text wide", cell: (each) => inControls(each.message ?? cause.message) },
      ...(cause.examples.some((each) => each.normalized) ? [{ label: "If rewritten", class: "text wide", cell: (each) => (each.normalized ? `it ${each.normalized}` : "–") }] : []),
    ],
  })}${cause.count > cause.examples.length ? html`<p class="quiet">and ${count(cause.count - cause.examples.length, "more row")}</p>` : nothing}`;
}

function rewritings(preview) {
  const rows = preview.rewritings ?? [];
  if (!rows.length) return nothing;
  const more = preview.counts.rewritten - rows.length;
  const further = preview.counts.further_records;
  return html`<section aria-labelledby="rewritten"><h3 id="rewritten">What is rewritten</h3>${table({
    caption: "Patterns that are rewritten", compact: true, rows, key: (ignored, index) => index,
    columns: [
      { label: "Line", class: "num tight", head: true, cell: (row) => number(row.line) },
      { label: "As written", class: "text wide", cell: (row) => value(row.value) },
      { label: "Becomes", class: "text wide", cell: (row) => value(row.becomes) },
      { label: "Why", class: "text wide", cell: (row) => row.message },
    ],
  })}${more > 0 ? html`<p class="quiet">and ${count(more, "more row")}; the plan's report has all of them</p>` : nothing}
  ${further ? html`<p class="quiet">${count(further, "record more", "records more")} than there are rows: some rows name several.</p>` : nothing}</section>`;
}

function firstRows(preview) {
  const rows = preview.rows ?? [];
  if (!rows.length) return nothing;
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.record)))];
  return html`<details class="first-rows" ?open=${ROOMY.matches}><summary>The first ${count(rows.length, "row")} as understood</summary>${table({
    caption: "The first rows as they will be understood", compact: true, rows, key: (ignored, index) => index,
    columns: [
      { label: "Line", class: "num tight", head: true, cell: (row) => number(row.line) },
      ...names.map((name) => ({ label: name, class: "text", cell: (row) => (name in row.record ? value(row.record[name]) : html`<span class="quiet">not given</span>`) })),
    ],
  })}</details>`;
}
