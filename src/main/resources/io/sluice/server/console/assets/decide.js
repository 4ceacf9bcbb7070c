// A decision on a plan that waits: what it would do, and approve or reject with a reason.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { post } from "./api.js";
import { ask, dialogForm } from "./dialog.js";
import { count, when } from "./format.js";
import { update } from "./screen.js";
import { mayApprove, session } from "./session.js";
import { attempt, notice, problem } from "./ui.js";

const LONGEST = 500;

/** True if the job's plan waits for somebody. */
export const awaits = (job) => job.state === "awaiting_approval";

/** What the person who looks can do about the plan of a job that waits; done gets the job. */
export function decision(job, acting, done) {
  const { changes, deletes, expires_at: expires } = job.approval;
  const what = `${count(changes, "change")}${deletes ? `, ${count(deletes, "delete")} among them` : ""}`;
  return notice("warn", `This plan waits for an approval: ${what}.`, html`
    <p>Asked for by ${job.made_by}, ${when(job.approval.asked_at)}. Without a decision it ends ${when(expires)}. What is approved is carried out as it is shown here: a change whose record has moved meanwhile is skipped, or the plan waits again.</p>
    ${whose(job)}${problem(acting.error)}`, mayDecide(job) ? html`
    <button type="button" class="primary" ?disabled=${acting.busy} @click=${() => decide(job, "approve", done)}>Approve</button>
    <button type="button" class="danger" ?disabled=${acting.busy} @click=${() => decide(job, "reject", done)}>Reject</button>` : nothing);
}

const wroteSchedule = (job) => job.approval.authors.includes(session.name);
const mayDecide = (job) => mayApprove() && job.made_by !== session.name && !wroteSchedule(job);

function whose(job) {
  if (job.made_by === session.name) return html`<p>You have asked for it yourself, so another approver has to decide.</p>`;
  if (wroteSchedule(job)) return html`<p>You have made or changed the schedule of this job, so another approver has to decide.</p>`;
  return mayApprove() ? nothing : html`<p>A key of the role approver is needed to decide.</p>`;
}

async function decide(job, verb, done) {
  const form = { reason: "", busy: false, error: null };
  const yes = verb === "approve";
  const decided = await ask((close) => dialogForm({
    title: yes ? "Approve this plan?" : "Reject this plan?", label: yes ? "Approve" : "Reject", danger: !yes,
    busy: form.busy, disabled: !form.reason.trim(), cancel: () => close(null),
    body: html`<label class="field"><span>Reason</span><textarea rows="3" maxlength=${LONGEST} required .value=${form.reason} @input=${(event) => {
      form.reason = event.target.value;
      update();
    }}></textarea><small>It is kept with the job and in the audit trail.</small></label>${problem(form.error)}`,
    submit: async () => {
      const answer = await attempt(form, () => post(`/v1/jobs/${encodeURIComponent(job.id)}/${verb}`, { reason: form.reason.trim(), plan_sha256: job.approval.plan_sha256 }),
        yes ? "The plan is approved." : "The plan is rejected.");
      if (answer) close(answer);
    },
  }));
  if (decided) done(decided);
}

/** How a plan was decided on, once it is. */
export function decided(job) {
  const known = job.approval;
  if (!known || known.decision === "waiting") return nothing;
  if (known.decision === "expired") return html`<p class="quiet">The plan was not approved in time.</p>`;
  return html`<p class="text">${known.decision === "approved" ? "Approved" : "Rejected"} by ${known.decided_by}, ${when(known.decided_at)}: ${known.reason}</p>`;
}
