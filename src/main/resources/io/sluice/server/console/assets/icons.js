// Small line drawings. They only ever stand beside words.
import { html, svg } from "/lib/lit-html/lit-html.js";

const SHAPES = {
  jobs: svg`<path d="M2 4h12M2 8h8M2 12h10"/>`,
  import: svg`<path d="M8 2v8M5 7l3 3 3-3M2 13h12"/>`,
  snapshots: svg`<path d="M2 5l6-3 6 3-6 3zM2 8l6 3 6-3M2 11l6 3 6-3"/>`,
  insight: svg`<circle cx="7" cy="7" r="4.500"/><path d="M10.300 10.300l3.700 3.700"/>`,
  schedules: svg`<circle cx="8" cy="8" r="6"/><path d="M8 4.500v3.500l2.500 1.500"/>`,
  approvals: svg`<path d="M2.500 2h11v12h-11zM5 8l2 2 4-4.500"/>`,
  accounts: svg`<path d="M3 14v-9l5-3 5 3v9zM6 14v-4h4v4"/>`,
  settings: svg`<path d="M2 4.500h7M13 4.500h1M2 11.500h1M7 11.500h7"/><circle cx="11" cy="4.500" r="2"/><circle cx="5" cy="11.500" r="2"/>`,
};

/** The drawing of that name. */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">${SHAPES[name]}</svg>`;
}
