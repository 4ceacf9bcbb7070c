// Pieces that every page uses: notices, tables that become cards, empty and failed states.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { live } from "/lib/lit-html/directives/live.js";
import { repeat } from "/lib/lit-html/directives/repeat.js";
import { inControls } from "./controls.js";
import { announce, update } from "./screen.js";

/** Something to know. Kinds: info, good, warn, bad. */
export function notice(kind, title, body = nothing, actions = nothing) {
  return html`<div class="notice ${kind}" role=${kind === "bad" ? "alert" : nothing}>
    <p><strong>${title}</strong></p>
    ${typeof body === "string" ? html`<p>${body}</p>` : body}
    ${actions === nothing ? nothing : html`<p class="actions">${actions}</p>`}
  </div>`;
}

// An answer that has not come for so long may never come.
export const PATIENCE = 30000;

// What the status of an answer means to a person; codes say it better where they can.
const HEADINGS = {
  unreadable_input: "The file cannot be read like this", 409: "This cannot be done", 422: "This cannot be used as it is",
};

/** An error, in the words of the API, with its request id. */
export function problem(error, retry = null) {
  if (!error || error.name === "AbortError") return nothing;
  if (error.signedOut) return notice("warn", "You had been signed out, so this was not done.", "Do it again.", retry ? html`<button type="button" @click=${retry}>Try again</button>` : nothing);
  const title = HEADINGS[error.code] ?? HEADINGS[error.status] ?? (error.title || "That did not work");
  return html`<div class="notice bad problem" role="alert" tabindex="-1" .shows=${error}>
    <p><strong>${title}</strong></p>
    ${error.message && error.message !== title ? html`<p class="text">${inControls(error.message)}</p>` : nothing}
    ${error.hint ? html`<p class="text">${inControls(error.hint)}</p>` : nothing}
    ${error.requestId ? html`<p class="quiet">Request <code>${error.requestId}</code></p>` : nothing}
    ${retry ? html`<p class="actions"><button type="button" @click=${retry}>Try again</button></p>` : nothing}
  </div>`;
}

/** Nothing here yet, and what to do about it. */
export function empty(title, text, actions = nothing) {
  return html`<div class="empty"><p><strong>${title}</strong></p><p>${text}</p>
    ${actions === nothing ? nothing : html`<p class="actions">${actions}</p>`}</div>`;
}

/**
 * A table that becomes stacked cards where there is little room.
 *
 * @param columns each has label, cell(row), and if need be class (num, wide, act) and head: true for
 *     the column that names the row; unlabelled: true keeps the label for those who listen only; a
 *     head may have id(row), by which buttons are described that are named alike in each row
 */
export function table({ caption, shown = false, columns, rows, key = (row) => row.id, compact = false }) {
  return html`<div class="table-wrap"><table role="table" class=${compact ? "compact" : nothing}>
    <caption class=${shown ? nothing : "unseen"}>${caption}</caption>
    <thead role="rowgroup"><tr role="row">${columns.map((column) => html`
      <th role="columnheader" scope="col" class=${column.class ?? nothing}>${column.unlabelled
        ? html`<span class="unseen">${column.label}</span>` : column.label}</th>`)}
    </tr></thead>
    <tbody role="rowgroup">${repeat(rows, key, (row) => html`<tr role="row">${columns.map((column) => cell(column, row))}</tr>`)}
    </tbody></table></div>`;
}

function cell(column, row) {
  const label = column.unlabelled ? nothing : column.label;
  return column.head
    ? html`<th role="rowheader" scope="row" id=${column.id?.(row) ?? nothing} data-label=${label} class=${column.class ?? nothing}><div>${column.cell(row)}</div></th>`
    : html`<td role="cell" data-label=${label} class=${column.class ?? nothing}><div>${column.cell(row)}</div></td>`;
}

/**
 * The options of a select as [value, text] pairs. What is shown is set anew each time: after a
 * choice an option's attribute no longer says which one is shown.
 */
function optionsOf(options, value) {
  // What is sent is shown, even if it cannot be chosen any more: else the first of the others would seem to be chosen.
  const there = options.some(([option]) => option === value);
  const all = there ? options : [[value, value === "" ? "Choose" : `${value}: not available`], ...options];
  return repeat(all, ([option]) => option, ([option, text]) => html`<option value=${option} .selected=${live(option === value)}>${text}</option>`);
}

/** A select with its label. Options are [value, text] pairs. */
export function select({ label, value, options, change, hint = null, disabled = false, name = null }) {
  return html`<label class="field"><span>${label}</span>
    <select name=${name ?? nothing} ?disabled=${disabled} @change=${(event) => change(event.target.value)}>${optionsOf(options, value ?? "")}</select>
    ${hint ? html`<small>${hint}</small>` : nothing}</label>`;
}

/** A select in a table, where the row and the column say what it is for. */
export function cellSelect({ label, value, options, change, asks = false }) {
  return html`<select aria-label=${label} class=${asks ? "asks" : nothing} @change=${(event) => change(event.target.value)}>${optionsOf(options, value)}</select>`;
}

/** Boxes to tick, as a group with a legend. */
export function ticks({ legend, options, chosen, change }) {
  const flip = (name, on) => change(options.map(([option]) => option).filter((option) => (option === name ? on : chosen.includes(option))));
  return html`<fieldset><legend>${legend}</legend><div class="ticks">${options.map(([name, text]) => html`
    <label class="tick"><input type="checkbox" .checked=${live(chosen.includes(name))}
      @change=${(event) => flip(name, event.target.checked)}> ${text}</label>`)}</div></fieldset>`;
}

/** A box to tick, with a line that explains it. */
export function tick({ label, hint = null, checked, change, disabled = false }) {
  return html`<label class="tick"><input type="checkbox" .checked=${live(checked)} ?disabled=${disabled}
    @change=${(event) => change(event.target.checked)}> <span>${label}${hint ? html`<small>${hint}</small>` : nothing}</span></label>`;
}

/** Something that is fetched, with its states: on its way, there, failed. */
export class Loaded {
  constructor(fetcher) {
    Object.assign(this, { fetcher, value: null, error: null, busy: false, turn: 0, asked: 0 });
  }

  /** Fetches it (again). What was there stays on screen until the answer comes. */
  async load() {
    const turn = ++this.turn;
    this.busy = true;
    this.asked = performance.now();
    update();
    try {
      const value = await this.fetcher();
      if (turn === this.turn) Object.assign(this, { value, error: null });
    } catch (error) {
      if (turn === this.turn) this.error = error;
    }
    if (turn === this.turn) this.busy = false;
    update();
    return this.value;
  }

  /** True while an answer is on its way. */
  get awaited() {
    return this.busy && performance.now() - this.asked < PATIENCE;
  }

  /** Fetches it again to keep it fresh, but never in place of an answer that is on its way, however slow that is. */
  refresh() {
    return this.awaited ? Promise.resolve(this.value) : this.load();
  }

  /** Shows it, or why it is not there. */
  show(view, waiting = "Loading") {
    const failed = problem(this.error, () => this.load());
    if (this.value === null) return this.error ? failed : html`<p class="loading" role="status">${waiting}</p>`;
    return html`${failed}${view(this.value)}`;
  }
}

/** Runs something that a button started; what goes wrong is kept in holder.error, and shown. */
export async function attempt(holder, action, success = null) {
  holder.busy = true;
  holder.error = null;
  update();
  try {
    const result = await action();
    if (success) announce(success);
    return result;
  } catch (error) {
    holder.error = error;
    requestAnimationFrame(() => goTo(error));
    return null;
  } finally {
    holder.busy = false;
    update();
  }
}

// What went wrong is not to be looked for: it may be far from the button, above or below.
function goTo(error) {
  const place = document.querySelector("dialog[open]") ?? document;
  const shown = [...place.querySelectorAll(".problem")].find((each) => each.shows === error);
  shown?.focus({ preventScroll: true });
  shown?.scrollIntoView({ block: "nearest" });
}
