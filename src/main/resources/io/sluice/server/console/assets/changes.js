// A list of planned changes or of differences, with old and new values, that can be searched.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { get } from "./api.js";
import { number, resourceName, value } from "./format.js";
import { settled, update } from "./screen.js";
import { problem, select } from "./ui.js";

const SHOWN = 25;
const FETCHED = 500;
const AT_ONCE = 10000;
const WORDS = { create: "create", update: "update", delete: "delete", created: "only in the second", changed: "changed", deleted: "only in the first", cannot_travel: "cannot travel" };
const MARKS = { create: "created", update: "updated", delete: "deleted", created: "created", changed: "updated", deleted: "deleted", cannot_travel: "skipped" };

const kindOf = (change) => change.action ?? change.change;

/** The changes of one job. */
export function changesView(jobId) {
  const it = { lines: [], next: null, ended: false, busy: false, error: null, kind: "", text: "", shown: SHOWN, searched: 0 };

  const matches = (change) => (!it.kind || kindOf(change) === it.kind)
    && (!it.text || `${change.key} ${change.resource ?? ""}`.toLowerCase().includes(it.text));

  // Reads on until there is enough to show, the end, or a pause after many lines.
  async function load() {
    if (it.busy) return;
    it.busy = true;
    it.error = null;
    update();
    const stopAt = it.lines.length + AT_ONCE;
    try {
      while (!it.ended && it.lines.filter(matches).length < it.shown && it.lines.length < stopAt) {
        const page = await get(`/v1/jobs/${encodeURIComponent(jobId)}/changes`, { after: it.next, limit: FETCHED });
        it.lines.push(...page.items);
        it.next = page.next ?? null;
        it.ended = !it.next;
      }
    } catch (error) {
      it.error = error;
    }
    it.busy = false;
    update();
  }

  const search = settled((text) => {
    it.text = text.trim().toLowerCase();
    it.shown = SHOWN;
    load();
    update();
  });

  function choose(kind) {
    it.kind = kind;
    it.shown = SHOWN;
    load();
    update();
  }

  function more() {
    it.shown += SHOWN;
    load();
  }

  load();

  return {
    view: () => {
      const found = it.lines.filter(matches);
      const kinds = [...new Set(it.lines.map(kindOf))];
      return html`<section aria-labelledby="changes"><h2 id="changes">Changes</h2>
        ${it.lines.length || it.busy ? html`<div class="filters" role="group" aria-label="Which changes">
          ${select({ label: "Change", value: it.kind, options: [["", "Every change"], ...kinds.map((kind) => [kind, WORDS[kind] ?? kind])], change: choose })}
          <label class="field"><span>Key contains</span><input type="search" @input=${(event) => search(event.target.value)}></label></div>` : nothing}
        ${problem(it.error, load)}
        ${found.length ? list(found.slice(0, it.shown)) : nothing}
        ${footer(it, found, more)}</section>`;
    },
  };
}

function list(changes) {
  return html`<ul class="changes">${changes.map((change) => html`<li>
    <p><i class=${`swatch ${MARKS[kindOf(change)] ?? "left"}`}></i> <b class="kind">${WORDS[kindOf(change)] ?? kindOf(change)}</b>
      <span class="text key">${change.key}</span>
      <span class="quiet">${change.resource ? resourceName(change.resource) : ""}${change.line ? `, line ${number(change.line)}` : ""}</span></p>
    ${change.message ? html`<p class="quiet text">${change.message}</p>` : nothing}
    ${fields(change)}</li>`)}</ul>`;
}

function fields(change) {
  const all = Object.entries(change.fields ?? {});
  if (!all.length) return nothing;
  const kind = kindOf(change);
  const lists = all.map(([name, { before, after }]) => html`<div><dt>${name}</dt><dd>
    ${kind === "create" || kind === "created" ? nothing : html`<del class="text">${value(before)}</del>`}
    ${kind === "update" || kind === "changed" || kind === "cannot_travel" ? html`<span class="arrow" aria-hidden="true">→</span><span class="unseen">becomes</span>` : nothing}
    ${kind === "delete" || kind === "deleted" ? nothing : html`<ins class="text">${value(after)}</ins>`}</dd></div>`);
  return html`<dl class="fields">${lists}</dl>`;
}

function footer(it, found, more) {
  if (it.busy) return html`<p class="quiet">Reading, ${number(it.lines.length)} so far</p>`;
  if (it.error) return nothing;
  if (!it.lines.length) return html`<p class="quiet">No changes.</p>`;
  const shown = Math.min(it.shown, found.length);
  const rest = found.length > it.shown || !it.ended;
  return html`<p class="actions"><span class="quiet">${number(shown)} shown${it.ended ? ` of ${number(found.length)}` : it.kind || it.text ? `; ${number(it.lines.length)} searched so far` : ""}.</span>
    ${rest ? html`<button type="button" @click=${more}>${found.length > it.shown ? "Show more" : "Search on"}</button>` : nothing}</p>`;
}
