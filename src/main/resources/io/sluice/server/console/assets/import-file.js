// Step 1 of an import: the account, the kind of records, and the file.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { plainBar } from "./bar.js";
import { columnName, DELIMITERS, ENCODINGS, FORMATS, HEADERS, inControls, LABELS } from "./controls.js";
import { listed, number, resourceName, size } from "./format.js";
import { unknownColumns } from "./import-mapping.js";
import { shortId } from "./names.js";
import { update } from "./screen.js";
import { notice, problem, select, table } from "./ui.js";

const ACCEPTED = ".csv,.tsv,.jsonl,.ndjson,.json,.txt,.gz";
const NAMES = Object.fromEntries(DELIMITERS.map(([character, text]) => [character, text.toLowerCase()]));
const QUOTES = [["", "Double quotes"], ["'", "Single quotes"], ["none", "None"]];
let over = false;

/** The step. */
export function fileStep(draft, { limits }, goOn) {
  const ready = draft.upload && draft.profile && draft.resource && !draft.sending;
  return html`
    <div class="filters">${accounts(draft)}${resources(draft)}</div>
    ${dropZone(draft, limits)}
    ${paste(draft)}
    ${draft.fileProblem()}
    ${draft.sending ? sending(draft) : nothing}
    ${draft.upload ? facts(draft) : nothing}
    <p class="actions sticky"><button type="button" class="primary" ?disabled=${!ready} @click=${goOn}>Check the file</button>
      ${ready ? nothing : html`<span class="quiet">${missing(draft)}</span>`}</p>`;
}

/** The step in a line. */
export function fileSummary(draft) {
  return `${draft.upload?.name ?? ""}, ${size(draft.upload?.bytes)}: ${resourceName(draft.resource)} into ${draft.profile}`;
}

function missing(draft) {
  if (draft.sending) return "The file is on its way.";
  const wanted = [[draft.profile, "an account"], [draft.resource, "a kind of records"], [draft.upload, "a file"]].filter(([there]) => !there).map(([, name]) => name);
  return `Choose ${listed(wanted)} first.`;
}

function accounts(draft) {
  const options = draft.profiles.map((profile) => [profile.name, profile.problem ? `${profile.name}: cannot be used` : `${profile.name} (${shortId(profile.account)})`]);
  const bad = draft.profiles.find((profile) => profile.name === draft.profile)?.problem;
  return html`<div>${select({ label: "Account", value: draft.profile, options: draft.profile ? options : [["", "Choose an account"], ...options],
    change: (profile) => draft.change({ profile, planJob: null }) })}
    ${bad ? notice("warn", bad.message, bad.hint ?? "") : nothing}
    ${draft.absent && !draft.profile ? notice("warn", `There is no account ${draft.absent} here.`, "It may have another name by now, or have been taken out of the service's configuration. Choose another.") : nothing}</div>`;
}

function resources(draft) {
  const options = draft.resources.map((resource) => [resource.slug, resourceName(resource.slug)]);
  const chosen = draft.resources.find((resource) => resource.slug === draft.resource);
  return select({ label: LABELS.resource, value: draft.resource, options: chosen ? options : [["", "Choose a kind of records"], ...options],
    hint: chosen?.description, change: (resource) => resource && draft.choose(resource) });
}

function dropZone(draft, limits) {
  const dragged = (event, on) => {
    event.preventDefault();
    if (over !== on) {
      over = on;
      update();
    }
  };
  const take = (file) => {
    if (!file) return;
    if (file.size > (limits?.upload_bytes ?? Infinity)) draft.tooLarge(file, limits.upload_bytes);
    else draft.send(file, file.name);
  };
  const dropped = (event) => {
    dragged(event, false);
    const { files, items } = event.dataTransfer;
    if ([...items].some((item) => item.webkitGetAsEntry?.()?.isDirectory)) draft.refuse("A folder cannot be imported", "Nothing of it was sent. Drop a single file.");
    else if (files.length > 1) draft.refuse("One file at a time", `${number(files.length)} files were dropped, and none was sent. Each is an import of its own.`);
    else if (!files.length) draft.refuse("That is not a file", "To import text, paste it below.");
    else take(files[0]);
  };
  const picked = (event) => {
    take(event.target.files[0]);
    event.target.value = "";
  };
  return html`<div class=${`drop ${over ? "over" : ""}`} @dragover=${(event) => dragged(event, true)} @dragleave=${(event) => dragged(event, false)} @drop=${dropped}>
    <button type="button" aria-describedby="file-hint" @click=${(event) => event.target.nextElementSibling.click()}>${draft.upload ? "Choose another file" : "Choose a file"}</button>
    <input type="file" hidden accept=${ACCEPTED} @change=${picked}>
    <p id="file-hint" class="quiet">or drop it here. CSV, JSON Lines or a list with one pattern a line; each may be gzipped.
      ${limits?.upload_bytes ? `Up to ${size(limits.upload_bytes)}.` : ""}</p></div>`;
}

function paste(draft) {
  const take = (event) => {
    event.preventDefault();
    const text = event.target.elements.pasted.value;
    if (text.trim()) draft.send(new Blob([text], { type: "text/plain" }), pastedName(text));
  };
  const typed = (event) => {
    draft.pasted = event.target.value;
    draft.keepSoon();
  };
  return html`<details class="paste" ?open=${draft.pasting} @toggle=${(event) => {
    draft.pasting = event.target.open;
  }}><summary>Paste rows instead</summary><form @submit=${take}>
    <label class="field"><span>Rows: CSV with its header, JSON Lines, or one pattern a line</span>
      <textarea name="pasted" rows="6" spellcheck="false" autocomplete="off" .value=${draft.pasted} @input=${typed} @change=${() => draft.change({})}></textarea>
      ${draft.unkept ? html`<small role="status">There is no room to keep these rows: they are gone when this page is left or loaded again.</small>` : nothing}</label>
    <p class="actions"><button>Use these rows</button></p></form></details>`;
}

function pastedName(text) {
  const first = text.trimStart().split("\n", 1)[0];
  if (first.startsWith("{")) return "pasted.jsonl";
  if (/[,;\t]/.test(first)) return "pasted.csv";
  // A pipe may part cells or stand in a regular expression: a name without an ending leaves that to the service.
  return first.includes("|") ? "pasted" : "pasted.txt";
}

function sending(draft) {
  const { name, sent, total } = draft.sending;
  return html`<div class="sending"><p>Sending <span class="text">${name}</span>: ${size(sent)} of ${size(total)}</p>
    ${plainBar(sent, total, "Sending the file")}
    <p class="actions"><button type="button" @click=${() => {
      draft.stopSending();
      update();
    }}>Stop sending</button></p></div>`;
}

function facts(draft) {
  const { upload, preview } = draft;
  const shown = [["File", html`<span class="text">${upload.name}</span>`], ["Size", size(upload.bytes)]];
  if (preview && !preview.problem) shown.push(["Rows", preview.complete ? number(preview.counts.rows) : `more than ${number(preview.counts.rows)}`]);
  return html`<div class="facts-box" aria-live="off"><dl class="facts row">${shown.map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}</dl>
    ${draft.previewing ? nothing : problem(draft.previewError, () => draft.loadPreview())}
    ${draft.again ? notice("info", "Read and imported as the job that it corrects.", `The fields of its columns, rewriting and the other choices of that job hold for this file.${draft.gone?.length
      ? ` Not in this file: ${listed(draft.gone.map(columnName))}.` : ""}`,
      html`<button type="button" @click=${() => draft.readAfresh()}>Read it as a new file</button>`) : nothing}
    ${headerDoubt(draft)}
    ${titleDoubt(draft)}
    ${writing(draft)}
    ${draft.previewing ? html`<p class="loading" role="status">Reading the file</p>` : nothing}
    ${preview?.problem && !preview.header_looks_like_data && !preview.title ? unread(draft) : nothing}
    ${preview && !preview.problem && preview.counts.rows === 0 ? notice("warn", "There is no row in this file.") : nothing}
    ${preview ? glimpse(preview) : nothing}</div>`;
}

function unread(draft) {
  return unknownColumns(draft).length
    ? notice("warn", "Not every column is understood yet.", "The next step shows the columns and what they may mean.")
    : notice("bad", "The file cannot be read like this.", inControls(draft.preview.problem.message));
}

// A first row of data that is taken for names would be lost without a word.
export function headerDoubt(draft) {
  if (!draft.preview?.header_looks_like_data || draft.reading.header !== undefined && draft.reading.header !== null) return nothing;
  const names = draft.preview.columns.map((column) => column.name).join(", ");
  return notice("warn", "The first row looks like data, not like a header.", html`<p class="text">It holds ${names}.</p>`, html`
    <button type="button" @click=${() => draft.readFile({ header: false })}>It is data</button>
    <button type="button" @click=${() => draft.readFile({ header: true })}>It is the header</button>`);
}

// A title above the names would be taken for them, and the names for a row.
export function titleDoubt(draft) {
  const title = draft.preview?.title;
  if (!title) return nothing;
  return notice("warn", `Line ${number(title.line)} looks like a title. The names of the columns are in line ${number(title.header_line)}.`,
    html`<p class="text">${title.text}</p><p class="text">${title.names.filter(Boolean).join(", ")}</p>`, html`
    <button type="button" @click=${() => draft.readFile({ header_line: title.header_line })}>Use line ${number(title.header_line)}</button>
    <button type="button" @click=${() => draft.readFile({ header: true })}>Line ${number(title.line)} holds the names</button>`);
}

// How the file is written: what was detected is chosen already, and each change is read at once.
function writing(draft) {
  const { reading, preview, detected } = draft;
  const set = (name) => (text) => draft.readFile({ [name]: text === "" ? null : text });
  const known = (options, now) => (!now || options.some(([option]) => option === now) ? options : [...options, [now, now]]);
  const found = (name) => (detected && reading[name] === detected[name] ? "Detected; choose another if the values below look wrong." : null);
  const csv = (reading.format ?? preview?.format) === "csv";
  const delimiter = preview?.delimiter ? `Detected: ${NAMES[preview.delimiter] ?? preview.delimiter}` : "Detected";
  return html`<fieldset><legend>How the file is written</legend><div class="filters">
    ${select({ label: LABELS.format, value: reading.format, options: reading.format ? FORMATS : [["", "By its name"], ...FORMATS], hint: found("format"), change: set("format") })}
    ${select({ label: LABELS.encoding, value: reading.encoding, options: reading.encoding ? known(ENCODINGS, reading.encoding) : [["", "Detected"], ...ENCODINGS], hint: found("encoding"), change: set("encoding") })}
    ${csv ? html`
      ${select({ label: LABELS.delimiter, value: reading.delimiter, options: [["", reading.delimiter ? "Detect it" : delimiter], ...DELIMITERS], change: set("delimiter") })}
      ${select({ label: "Quotes", value: reading.quote, options: QUOTES, change: set("quote") })}
      ${select({ label: LABELS.header, value: reading.header === undefined || reading.header === null ? "" : String(reading.header), options: HEADERS,
        change: (text) => draft.readFile({ header: text === "" ? null : text === "true", header_line: null }) })}
      ${reading.header === false ? nothing : html`<label class="field short"><span>${LABELS.header_line}</span>
        <input type="number" min="1" inputmode="numeric" placeholder=${preview?.header_line ?? "1"} .value=${String(reading.header_line ?? "")}
          @change=${(event) => draft.readFile({ header_line: event.target.value === "" ? null : Number(event.target.value) })}></label>`}` : nothing}
  </div></fieldset>`;
}

function glimpse(preview) {
  if (!preview.columns?.length) return nothing;
  return table({
    caption: "The columns and their first values, as they are read", shown: true, compact: true, rows: preview.columns, key: (ignored, index) => index,
    columns: [
      { label: "Column", head: true, class: "text", cell: (column) => column.name || html`<span class="quiet">no name</span>` },
      { label: "First values", class: "text wide examples", cell: (column) => column.examples.map((example) => html`<code>${example}</code> `) },
    ],
  });
}
