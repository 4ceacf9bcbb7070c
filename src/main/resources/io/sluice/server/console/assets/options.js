// What is done with rows, and how: the choices, each with a line that explains it.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { live } from "/lib/lit-html/directives/live.js";
import { select, tick } from "./ui.js";

const MODES = {
  upsert: ["Create and update", "Creates what is missing, and changes only the fields that differ. Deletes nothing."],
  create: ["Create only", "Creates what is missing, and leaves existing records alone."],
  update: ["Update only", "Changes what differs. A row that the account lacks is an error."],
  mirror: ["Mirror", "As create and update, then deletes the records that the source (file, snapshot or account) does not hold."],
  delete: ["Delete", "Deletes what the rows name."],
};

const STRATEGIES = [
  ["auto", "Automatic"],
  ["batch", "In batches"],
  ["rows", "Row by row"],
];

const LINT = [["warn", "Show them in the plan"], ["refuse", "Refuse a plan with an error"], ["off", "Do not look"]];

const STRATEGY_HINTS = {
  auto: "Batches from 20 rows of one operation on, else row by row.",
  batch: "Up to 1,000 rows a request, where the API offers it.",
  rows: "One request for each row. Costs more quota.",
};

/** The mode in a word or two. */
export const modeName = (mode) => (MODES[mode ?? "upsert"] ?? [mode])[0];

/** True if records may be deleted. */
export const mayDelete = (mode) => mode === "mirror" || mode === "delete";

/** The options that have an effect with their mode: the service refuses the others. */
export function effective({ max_deletes, safety_snapshot, allow_unprotect, owner, adopt, expires, lint, ...options }, resources) {
  const bounds = mayDelete(options.mode);
  const domains = !resources?.length || resources.includes("domains");
  const owned = { ...(owner ? { owner, ...(adopt === null || adopt === undefined ? {} : { adopt }) } : {}), ...(expires && options.mode !== "delete" ? { expires } : {}) };
  const looked = lint && options.mode !== "delete" ? { lint } : {};
  return { ...options, ...owned, ...looked, allow_unprotect: bounds && domains && Boolean(allow_unprotect), ...(bounds ? { max_deletes, safety_snapshot } : {}) };
}

/** The modes to choose from. */
export function modes(mode, change, offered = Object.keys(MODES)) {
  return html`<fieldset><legend>What is done</legend><div class="choices">${offered.map((name) => html`
    <label class="choice"><input type="radio" name="mode" value=${name} .checked=${live(mode === name)} @change=${() => change(name)}>
      <span>${MODES[name][0]}<small>${MODES[name][1]}</small></span></label>`)}</div></fieldset>`;
}

/** How requests are made. */
export function strategies(strategy, change) {
  const chosen = strategy ?? "auto";
  return select({ label: "Requests", value: chosen, options: STRATEGIES, change, hint: STRATEGY_HINTS[chosen] });
}

/** How many deletes a run may make at most, where it may make any. `change` is called with (name, value). */
export function deleteLimit(options, change) {
  return limit("Refuse more deletes than", options.max_deletes, "max_deletes", "10%",
    "A number, or a share of the account's records such as 5%. A plan with more is refused whole.", change);
}

/** What keeps a run from doing harm. `change` is called with (name, value). */
export function guards(options, resource, change) {
  return html`<fieldset><legend>Guards</legend>
    ${mayDelete(options.mode) ? html`
      ${deleteLimit(options, change)}
      ${tick({ label: "Take a safety snapshot before the first delete", hint: "What is deleted can then be put back.",
        checked: options.safety_snapshot !== false, change: (on) => change("safety_snapshot", on) })}` : nothing}
    ${mayDelete(options.mode) && resource === "domains" ? tick({ label: "Deleting may end the protection of a domain",
      hint: "Cannot be undone from here: the domain has to be onboarded again.", checked: Boolean(options.allow_unprotect),
      change: (on) => change("allow_unprotect", on) }) : nothing}
    ${options.mode === "delete" ? nothing : select({ label: "Findings of lint", value: options.lint ?? "warn", options: LINT,
      change: (value) => change("lint", value === "warn" ? null : value), hint: "What would be written is looked at before anything is sent." })}
    ${limit("Stop after so many failed rows", options.max_errors, "max_errors", "never",
      "A number, or a share such as 5%. The rest stays undone.", change)}
  </fieldset>`;
}

/** Whose records the rows are, and when they end. `change` is called with (name, value). */
export function ownership(options, change) {
  const text = (name) => (event) => change(name, event.target.value.trim() || null);
  return html`<fieldset><legend>Owner and end</legend>
    <label class="field short"><span>Owner</span>
      <input type="text" maxlength="40" pattern="[a-z0-9._\\-]*" spellcheck="false" autocomplete="off" .value=${options.owner ?? ""} @input=${text("owner")}>
      <small>Marks the records as this owner's, in their comments, and neither changes nor removes those of others.</small></label>
    ${options.owner ? tick({ label: "Take over records without an owner", checked: options.adopt === "", change: (on) => change("adopt", on ? "" : null) }) : nothing}
    ${options.mode === "delete" ? nothing : html`<label class="field short"><span>Records end</span>
      <input type="text" placeholder="never" spellcheck="false" .value=${options.expires ?? ""} @input=${text("expires")}>
      <small>A day such as 2026-12-31, or a number of days such as 30d, for rows whose column "expires" does not say it.</small></label>`}</fieldset>`;
}

function limit(label, value, name, placeholder, hint, change) {
  return html`<label class="field short"><span>${label}</span>
    <input type="text" inputmode="numeric" pattern="[0-9]+%?" placeholder=${placeholder} .value=${value ?? ""}
      @input=${(event) => change(name, event.target.value.trim() || null)}>
    <small>${hint}</small></label>`;
}
