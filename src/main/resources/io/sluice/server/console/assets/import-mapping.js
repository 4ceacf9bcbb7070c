// What the columns of a file mean: columns beside fields, guessed and changeable.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { LEFT_OUT } from "./controls.js";
import { count, listed, number } from "./format.js";
import { cellSelect, notice, select, table } from "./ui.js";

// What is assumed of a new record where neither the file nor the form says it.
const ASSUMED = { pattern_type: "found from the pattern", is_regex: "false", is_email_regex: "false" };

/** Columns and the fields they are taken for, and fields that no column gives. */
export function mappingView(draft) {
  const columns = draft.preview.columns ?? [];
  const fields = (draft.preview.fields ?? draft.resources.find((resource) => resource.slug === draft.resource)?.fields ?? [])
    .filter((field) => field.writable !== false);
  const unknown = unknownColumns(draft);
  return html`<section aria-labelledby="columns"><h3 id="columns">Columns</h3>
    ${heldOut(draft, columns)}
    ${unknown.length ? notice("warn", `${count(unknown.length, "column")} without a meaning.`, "Choose a field, or leave the column out.", proposal(draft, unknown)) : nothing}
    ${columns.length ? columnTable(draft, columns, fields) : nothing}
    ${fixedFields(draft, columns, fields)}</section>`;
}

// What the names and the first values of these columns suggest, to be taken as a whole and changed then.
function proposal(draft, unknown) {
  const proposed = unknown.filter((column) => keyOf(column) && column.proposed !== null && column.proposed !== undefined);
  const meant = proposed.filter((column) => column.proposed);
  if (!meant.length) return nothing;
  const rest = proposed.length - meant.length;
  const take = () => draft.read({ mapping: { ...draft.reading.mapping, ...Object.fromEntries(proposed.map((column) => [keyOf(column), column.proposed])) } });
  return html`<button type="button" @click=${take}>Take ${listed(meant.map((column) => `${column.name} as ${column.proposed}`))}${rest ? `, and leave out the other ${rest === 1 ? "one" : number(rest)}` : ""}</button>`;
}

// Values of a column without a name are never dropped unsaid: its rows are invalid until something is chosen.
function heldOut(draft, columns) {
  const nameless = columns.filter((column) => !column.name && column.examples?.length && keyOf(column) && draft.reading.mapping?.[keyOf(column)] === undefined);
  if (!nameless.length) return nothing;
  const leaveOut = () => draft.read({ mapping: { ...draft.reading.mapping, ...Object.fromEntries(nameless.map((column) => [keyOf(column), ""])) } });
  return notice("warn", `${count(nameless.length, "column")} with values and without a name: ${listed(nameless.map((column) => number(column.number)))}.`,
    "Rows with a value there are invalid. Choose a field, or leave the values out.", html`<button type="button" @click=${leaveOut}>Leave them out</button>`);
}

/** The columns without a known meaning. */
export function unknownColumns(draft) {
  return (draft.preview?.columns ?? []).filter((column) => column.name && meaning(draft, column) === null);
}

// What names one column and no other: several may have the same name, or none.
const keyOf = (column) => column.key ?? column.name;

// A field's name, "" for a column that is left out, null where nothing is known.
function meaning(draft, column) {
  const said = draft.reading.mapping?.[keyOf(column)];
  // A column without a name is read by nobody until something is chosen, which is not to leave it out.
  if (said === undefined && !column.name) return null;
  return said ?? (column.left_out ? "" : column.field ?? null);
}

function columnTable(draft, columns, fields) {
  const options = fields.map((field) => [field.name, `${field.name}${field.required && !ASSUMED[field.name] ? " (required)" : ""}`]);
  const choose = (column, field) => draft.read({ mapping: { ...draft.reading.mapping, [keyOf(column)]: field } });
  return table({
    caption: "Columns of the file and the fields they mean", rows: columns, key: (column) => column.number,
    columns: [
      { label: "No.", class: "num tight", cell: (column) => number(column.number) },
      { label: "Column", head: true, class: "text name", cell: (column) => column.name || html`<span class="quiet">no name</span>` },
      { label: "Examples", class: "text wide examples", cell: (column) => (column.examples ?? []).map((example) => html`<code>${example}</code> `) },
      { label: "Field", cell: (column) => {
        const now = meaning(draft, column);
        if (!keyOf(column)) return html`<span class="quiet">${LEFT_OUT}: give it a name in the file</span>`;
        const hidden = now && !fields.some((field) => field.name === now) ? [[now, now]] : [];
        return cellSelect({
          label: `Field of column ${column.name || column.number}`, value: now ?? "?", asks: now === null && (column.name !== "" || column.examples.length > 0),
          options: [...(now === null ? [["?", column.name || column.examples.length ? "Choose" : "no values seen"]] : []), ["", LEFT_OUT], ...hidden, ...options],
          change: (field) => field !== "?" && choose(column, field),
        });
      } },
    ],
  });
}

// What tells records apart is not one value for all rows; a type of few values may be.
function isKey(draft, field) {
  const key = draft.resources.find((resource) => resource.slug === draft.resource)?.key ?? [];
  return key.includes(field.name) && !choicesOf(field);
}

// Fields that rows leave empty can be given one value for all.
function fixedFields(draft, columns, fields) {
  const given = new Set(columns.map((column) => meaning(draft, column)));
  const open = fields.filter((field) => !given.has(field.name) && !field.deprecated && !isKey(draft, field));
  if (!open.length) return nothing;
  const needed = open.some((field) => field.required && !ASSUMED[field.name]);
  const fixed = draft.reading.fixed ?? {};
  const set = (name, text) => {
    const all = { ...fixed };
    if (text === "") delete all[name];
    else all[name] = text;
    draft.read({ fixed: all });
  };
  return html`<details class="fixed" ?open=${needed || Object.keys(fixed).length > 0}><summary>Set a field for all rows</summary>
    <p class="quiet">For fields that the file leaves empty.</p>
    <div class="filters">${open.map((field) => {
      const assumed = ASSUMED[field.name];
      const label = `${field.name}${field.required && !assumed ? " (required)" : ""}`;
      const choices = choicesOf(field);
      return choices
        ? select({ label, value: fixed[field.name] ?? "", options: [["", assumed ? assumed : "not given"], ...choices.map((each) => [each, each])], change: (text) => set(field.name, text) })
        : html`<label class="field"><span>${label}</span><input type="text" .value=${fixed[field.name] ?? ""} @change=${(event) => set(field.name, event.target.value)}></label>`;
    })}</div></details>`;
}

function choicesOf(field) {
  if (field.type === "true|false") return ["true", "false"];
  return field.type.startsWith("list of") ? null : field.choices;
}
