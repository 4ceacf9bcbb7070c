// A list of planned changes or of differences, with old and new values. The server filters and pages
// it; what there is to choose from comes from the job's own counts.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { get } from "./api.js";
import { inControls } from "./controls.js";
import { number, resourceName, value } from "./format.js";
import { planTotal } from "./job-words.js";
import { announceFound, pageSize, settled, update } from "./screen.js";
import { problem, select } from "./ui.js";

const WORDS = { create: "create", update: "update", delete: "delete", created: "only in the second", changed: "changed", deleted: "only in the first", cannot_travel: "cannot travel" };
const MARKS = { create: "created", update: "updated", delete: "deleted", created: "created", changed: "updated", deleted: "deleted", cannot_travel: "skipped" };

const kindOf = (change) => change.action ?? change.change;

// The kinds of changes that a job has, with their numbers: deletes first.
function kindsOf(job) {
  const numbers = job.kind === "diff" ? job.summary : planTotal(job);
  const names = job.kind === "diff" ? ["deleted", "created", "changed", "cannot_travel"] : ["delete", "update", "create"];
  return names.filter((name) => numbers?.[name]).map((name) => [name, numbers[name]]);
}

/** The changes of one job. */
export function changesView(job) {
  const property = job.kind === "diff" ? "change" : "action";
  const kinds = kindsOf(job);
  const it = { items: [], kinds: [], next: null, busy: false, error: null, kind: "", resource: "", key: "" };
  let turn = 0;

  // One kind after the other, so that deletes come before all else however many rows there are.
  async function load(more = false, asked = false) {
    const mine = ++turn;
    if (!more) Object.assign(it, { items: [], next: null, kinds: it.kind ? [it.kind] : kinds.map(([name]) => name) });
    const wanted = it.items.length + pageSize();
    Object.assign(it, { busy: true, error: null });
    update();
    try {
      while (it.kinds.length && it.items.length < wanted) {
        const page = await get(`/v1/jobs/${encodeURIComponent(job.id)}/changes`, {
          [property]: it.kinds[0], resource: it.resource, key: it.key, after: it.next, limit: wanted - it.items.length,
        });
        if (mine !== turn) return;
        it.items = [...it.items, ...page.items];
        it.next = page.next ?? null;
        if (!it.next) it.kinds = it.kinds.slice(1);
      }
      if (asked || more) announceFound(it.items.length, "change", it.kinds.length);
    } catch (error) {
      if (mine !== turn) return;
      it.error = error;
    }
    it.busy = false;
    update();
  }

  function choose(name, text) {
    it[name] = text;
    load(false, true);
  }

  const search = settled((text) => choose("key", text.trim()));
  if (kinds.length) load();

  return {
    view: () => (kinds.length ? html`<section aria-labelledby="changes"><h2 id="changes">${job.kind === "diff" ? "Differences" : "Changes"}</h2>
      <div class="filters" role="group" aria-label="Which changes">
        ${select({ label: "Change", value: it.kind, change: (kind) => choose("kind", kind),
          options: [["", `All (${number(sum(kinds))})`], ...kinds.map(([kind, rows]) => [kind, `${WORDS[kind]} (${number(rows)})`])] })}
        ${job.resources.length > 1 ? select({ label: "Kind of records", value: it.resource, change: (resource) => choose("resource", resource),
          options: [["", "All"], ...job.resources.map((slug) => [slug, resourceName(slug)])] }) : nothing}
        <label class="field"><span>Key contains</span><input type="search" @input=${(event) => search(event.target.value)}></label></div>
      ${problem(it.error, () => load())}
      ${it.items.length ? list(it.items) : nothing}
      ${footer(it, kinds, load)}</section>` : nothing),
  };
}

const sum = (kinds) => kinds.reduce((all, [, rows]) => all + rows, 0);

function list(changes) {
  return html`<ul class="changes">${changes.map((change) => html`<li>
    <p><i class=${`swatch ${MARKS[kindOf(change)] ?? "left"}`}></i> <b class="kind">${WORDS[kindOf(change)] ?? kindOf(change)}</b>
      <span class="text key">${change.key}</span>
      <span class="quiet">${change.resource ? resourceName(change.resource) : ""}${change.line ? `, line ${number(change.line)}` : ""}</span>${ownerAndEnd(change)}</p>
    ${change.message ? html`<p class="quiet text">${inControls(change.message)}</p>` : nothing}
    ${fields(change)}</li>`)}</ul>`;
}

// Whose record it is and when it ends: the tag at the end of its comment, as it will be, or as it was.
const TAG = /\[sluice(?: owner=([a-z0-9._-]{1,40}))?(?: expires=(\d{4}-\d{2}-\d{2}))?\]\s*$/;

function ownerAndEnd(change) {
  const comment = change.fields?.comments ?? change.fields?.notes;
  const text = comment?.after ?? comment?.before;
  const [, owner, expires] = (typeof text === "string" && TAG.exec(text)) || [];
  return html`${owner ? html` <span class="tag">owner ${owner}</span>` : nothing}${expires ? html` <span class="tag">expires ${expires}</span>` : nothing}`;
}

function fields(change) {
  const all = Object.entries(change.fields ?? {});
  if (!all.length) return nothing;
  const kind = kindOf(change);
  const both = kind === "update" || kind === "changed" || kind === "cannot_travel";
  const lists = all.map(([name, { before, after }]) => html`<div><dt>${name}</dt><dd>
    ${kind === "create" || kind === "created" ? nothing : html`<del class="text">${value(before)}</del>`}
    ${both ? html`<span class="arrow" aria-hidden="true">→</span><span class="unseen">becomes</span>` : nothing}
    ${kind === "delete" || kind === "deleted" ? nothing : html`<ins class="text">${value(after)}</ins>`}</dd></div>`);
  return html`<dl class=${both ? "fields" : "fields single"}>${lists}</dl>`;
}

function footer(it, kinds, load) {
  if (it.error) return nothing;
  if (it.busy) return html`<p class="quiet" role="status">${it.items.length ? "Loading more" : "Looking through the changes"}</p>`;
  if (!it.items.length) return html`<p class="quiet">No change matches.</p>`;
  const all = it.resource || it.key ? null : sum(kinds.filter(([kind]) => !it.kind || kind === it.kind));
  const whole = !it.kinds.length;
  return html`<p class="actions"><span class="quiet">${number(it.items.length)} shown${all === null ? (whole ? ", all that match" : "") : ` of ${number(all)}`}.</span>
    ${whole ? nothing : html`<button type="button" @click=${() => load(true)}>Show more</button>`}</p>`;
}
