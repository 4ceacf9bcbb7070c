// Findings of lint: grouped by rule, the worst first, each with why, what to do, and its records.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { get } from "./api.js";
import { count, number, resourceName } from "./format.js";
import { pageSize, update } from "./screen.js";

const MARKS = { error: "bad", warning: "warn", note: "idle" };
const ORDER = ["error", "warning", "note"];
let rules = null;
let asked = false;

/** The rules by their names; empty while they are not known yet. */
function known() {
  if (!asked) {
    asked = true;
    get("/v1/insights/rules").then(({ items }) => {
      rules = new Map(items.map((rule) => [rule.id, rule]));
      update();
    }, () => {
      asked = false;
    });
  }
  return rules ?? new Map();
}

/** The address of a record's page. */
export function recordAddress(record, account) {
  const values = Object.entries({ account, resource: record.resource, key: record.key, id: record.id }).filter(([, value]) => value);
  return `/insight/record?${new URLSearchParams(values)}`;
}

/** Sums of findings in words: "1 error, 2 warnings". */
export function sums({ error = 0, warning = 0, note = 0 }) {
  const there = [[error, "error"], [warning, "warning"], [note, "note"]].filter(([many]) => many).map(([many, word]) => count(many, word));
  return there.join(", ") || "no findings";
}

/**
 * Findings, rule by rule.
 *
 * @param counts how many findings of each rule there are, which may be more than are here
 * @param shown how many of each rule are drawn, by its name; changed here
 * @param account whose records they are about, for links to their pages
 */
export function findingsView({ findings, counts, shown, account = null, level = 2 }) {
  const all = known();
  const groups = Object.keys(counts).map((id) => {
    const found = findings.filter((finding) => finding.rule === id);
    const severity = all.get(id)?.severity ?? found[0]?.severity ?? "note";
    return { id, severity, found, rule: all.get(id), many: counts[id] };
  });
  groups.sort((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity) || one.id.localeCompare(other.id));
  return html`<ul class="findings">${groups.map((each) => html`<li>${group(each, shown, account, level)}</li>`)}</ul>`;
}

function group({ id, severity, found, rule, many }, shown, account, level) {
  const most = shown[id] ?? pageSize();
  const title = html`<span class=${`mark ${MARKS[severity]}`}>${severity}</span> ${id} <span class="quiet">(${number(many)})</span>`;
  return html`<details ?open=${severity === "error"}><summary>${level === 2 ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`}</summary>
    ${rule ? html`<p>Finds ${rule.finds}.</p><p class="quiet">${rule.why}</p><p><b>To do:</b> ${rule.to_do}</p>` : nothing}
    <ul class="changes">${found.slice(0, most).map((finding) => html`<li>
      <p class="text">${finding.message}</p>
      <p>${finding.records.map((record, index) => html`${index ? ", " : ""}${link(record, account)}`)}</p>
      ${rule ? nothing : html`<p class="quiet">${finding.advice}</p>`}</li>`)}</ul>
    ${many > found.length ? html`<p class="quiet">${number(found.length)} of ${number(many)} are kept here; sluice lint shows all.</p>` : nothing}
    ${found.length > most ? html`<p class="actions"><button type="button" @click=${() => {
      shown[id] = most + pageSize();
      update();
    }}>Show more</button> <span class="quiet">${number(most)} of ${number(found.length)} shown.</span></p>` : nothing}</details>`;
}

function link(record, account) {
  const name = html`<span class="quiet">${resourceName(record.resource)}</span> <span class="text key">${record.key}</span>`;
  return account ? html`<a href=${recordAddress(record, account)}>${name}</a>` : name;
}

const shownOfPlans = {};

/** What lint says of what plans would write; nothing where it was not looked at. */
export function planFindings(plans) {
  const looked = plans.filter(({ plan }) => plan.lint).map(({ plan }) => plan.lint);
  if (!looked.length) return nothing;
  const sum = (name) => looked.reduce((all, lint) => all + (lint[name] ?? 0), 0);
  const counts = {};
  for (const lint of looked) for (const [rule, many] of Object.entries(lint.counts)) counts[rule] = (counts[rule] ?? 0) + many;
  const gaps = [...new Set(looked.flatMap((lint) => lint.not_looked_at))];
  const silenced = sum("silenced");
  return html`<section class="found" aria-labelledby="plan-findings"><h2 id="plan-findings">Findings</h2>
    <p>${sums({ error: sum("errors"), warning: sum("warnings"), note: sum("notes") })} in ${count(sum("rows"), "row")} to write${silenced ? `; ${number(silenced)} silenced in comments` : ""}.</p>
    ${findingsView({ findings: looked.flatMap((lint) => lint.findings), counts, shown: shownOfPlans, level: 3 })}
    ${gaps.length ? html`<details><summary>What was not looked at</summary><ul class="plain-list">${gaps.map((gap) => html`<li class="text">${gap}</li>`)}</ul></details>` : nothing}</section>`;
}
