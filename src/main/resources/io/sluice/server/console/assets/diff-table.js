// How many records of two sides are alike and different, for each kind of records.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { number, resourceName } from "./format.js";
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
  return html`<section aria-labelledby="counts"><h2 id="counts">In numbers</h2>
    <p class="quiet">First: ${side(job.spec.before)}. Second: ${side(job.spec.after)}. Changes are those that would turn the first into the second.</p>
    ${table({
      caption: "Differences by resource", rows: resources, key: (each) => each.resource,
      columns: [
        { label: "Resource", head: true, cell: (each) => resourceName(each.resource) },
        ...COLUMNS.map(([label, name]) => ({ label, class: "num", cell: (each) => number(each[name]) })),
      ],
    })}</section>`;
}
