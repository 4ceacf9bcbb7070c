// The notices that were sent, and whether they arrived.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { when } from "./format.js";
import { table } from "./ui.js";

export const EVENTS = { failed: "failed", finished: "finished", awaiting_approval: "awaits approval", backup_overdue: "backup overdue", test: "test" };

/** Notices, latest first; nothing if there are none. */
export function noticeTable(notices, caption) {
  return notices.length ? table({ caption, shown: true, rows: notices, columns: [
    { label: "When", head: true, class: "tight", cell: (notice) => when(notice.made_at) },
    { label: "Target", class: "text", cell: (notice) => notice.target },
    { label: "What", class: "text", cell: (notice) => (notice.job ? html`<a href=${`/jobs/${encodeURIComponent(notice.job)}`}>${EVENTS[notice.event]}</a>` : `${EVENTS[notice.event]}${notice.profile ? `: ${notice.profile}` : ""}`) },
    { label: "State", cell: (notice) => state(notice) },
  ] }) : nothing;
}

function state(notice) {
  if (notice.state === "sent") return html`<span class="mark good">sent</span>`;
  if (notice.state === "failed") return html`<span class="mark bad">given up</span> <span class="quiet text">${notice.last_error ?? ""}</span>`;
  return html`<span class="mark idle">waits</span>${notice.last_error ? html` <span class="quiet text">${notice.last_error}; tried again ${when(notice.next_at)}</span>` : nothing}`;
}
