// How many records of two sides are alike and different, for each kind of records.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { listed, number, resourceName } from "./format.js";
import { side } from "./job-words.js";
import { table } from "./ui.js";

const COLUMNS = [
  ["First", "a_rows"], ["Second", "b_rows"], ["Alike", "alike"], ["Changed", "changed"],
  ["Only in the second", "created"], ["Only in the first", "deleted"], ["Cannot be copied to another account", "cannot_travel"],
];

/** The numbers of a comparison that has ended; nothing before. */
export function diffTable(job) {
  const resources = job.summary?.resources;
  if (!resources) return nothing;
  const empty = (each) => !each.a_rows && !each.b_rows;
  const without = resources.filter(empty);
  return html`<section aria-labelledby="counts"><h2 id="counts">In numbers</h2>
    <p class="quiet">First: ${side(job.spec.before)}. Second: ${side(job.spec.after)}. Changes are those that would turn the first into the second.</p>
    ${without.length < resources.length ? table({
      caption: "Differences by kind of records", rows: resources.filter((each) => !empty(each)), key: (each) => each.resource,
      columns: [
        { label: "Kind of records", head: true, cell: (each) => resourceName(each.resource) },
        ...COLUMNS.map(([label, name]) => ({ label, class: "num", cell: (each) => number(each[name]) })),
      ],
    }) : nothing}
    ${without.length ? html`<p class="quiet">No records on either side: ${listed(without.map((each) => resourceName(each.resource)))}.</p>` : nothing}</section>`;
}
