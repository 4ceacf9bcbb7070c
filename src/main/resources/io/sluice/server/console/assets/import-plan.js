// Step 3 of an import: what would be done, found out by a rehearsal, and then the run itself.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { jobBar } from "./bar.js";
import { changesView } from "./changes.js";
import { inControls } from "./controls.js";
import { submitJob } from "./once.js";
import { guards, mayDelete, modeName, modes, ownership, strategies } from "./options.js";
import { follow, isOver } from "./follow.js";
import { count } from "./format.js";
import { run, runLabel } from "./job-next.js";
import { jobErrors, noChange, planTotal, stateWords } from "./job-words.js";
import { planFigures } from "./plan-view.js";
import { announce } from "./screen.js";
import { mayWrite } from "./session.js";
import { attempt, notice, problem } from "./ui.js";

/** The step. */
export function planStep(draft) {
  const acting = { busy: false, error: null };
  let live = null;
  let changes = null;

  const wanted = () => JSON.stringify(draft.spec(true));
  const fresh = () => draft.planOf === wanted();

  function watch(id) {
    stop();
    changes = null;
    live = follow(id, (job) => {
      if (!isOver(job) || changes) return;
      changes = changesView(job);
      const total = planTotal(job);
      announce(total ? `The plan is ready: ${total.create} to create, ${total.update} to update, ${total.delete} to delete.` : "There is no plan.");
    });
  }

  async function rehearse() {
    const planOf = wanted();
    const job = await attempt(acting, () => submitJob(draft.spec(true)), "The plan is being made.");
    if (!job) return;
    draft.change({ planJob: job.id, planOf });
    watch(job.id);
  }

  async function runIt() {
    if (await run(live.job, acting)) draft.clear();
  }

  function stop() {
    live?.stop();
    live = null;
  }

  function options(name, value) {
    draft.change({ options: { ...draft.options, [name]: value } });
  }

  const view = () => {
    if (!mayWrite()) return notice("info", "Your key is a viewer's.", "A plan is a job: an operator's key can plan and run this import.");
    if (draft.planJob && live?.id !== draft.planJob) watch(draft.planJob);
    if (!draft.planJob && live) stop();
    const job = live?.job;
    const busy = job && !isOver(job);
    const planned = job && isOver(job) && fresh();
    const choices = html`${modes(draft.options.mode, (mode) => options("mode", mode))}
      ${draft.options.mode === "mirror" && draft.reading.skip_invalid && draft.preview?.counts.invalid
        ? notice("warn", "A mirror cannot leave out rows.", "Records of the rows that are left out would be deleted. Correct the file first.") : nothing}
      <details ?open=${Boolean(draft.options.owner || draft.options.expires)}><summary>Owner and end</summary>${ownership(draft.options, options)}</details>
      <details ?open=${mayDelete(draft.options.mode)}><summary>Guards and requests</summary>
        ${guards(draft.options, draft.resource, options)}${strategies(draft.options.strategy, (strategy) => options("strategy", strategy))}</details>`;
    const again = html`<p class="actions sticky"><button type="button" class=${planned ? nothing : "primary"} ?disabled=${acting.busy || busy} @click=${rehearse}>${live ? "Plan again" : "Make the plan"}</button>
        <span class="quiet">Reads the account and changes nothing.</span></p>`;
    // The plan comes before the options that made it.
    return html`
      ${problem(acting.error)}
      ${live?.error ? problem(live.error, live.load) : nothing}
      ${live?.lost ? notice("warn", "The connection is lost.", "It is tried again every few seconds; the service still makes the plan.") : nothing}
      ${busy ? html`<div class="live"><p>${stateWords(job, live.waitsFor)}</p>${jobBar(job)}</div>` : nothing}
      ${planned ? result(job) : nothing}
      ${planned ? html`<details class="options"><summary>Change how it is done</summary><div class="step-body">${choices}${again}</div></details>` : html`${choices}${again}`}
      ${!planned && job && isOver(job) ? result(job) : nothing}`;
  };

  function result(job) {
    const total = planTotal(job);
    const stale = !fresh();
    const refused = job.exit !== 0 && job.exit !== 3;
    return html`
      ${stale ? notice("warn", "This plan is out of date.", "The options have changed since it was made. Plan again before you run it.") : nothing}
      ${jobErrors(job).map((error) => notice("bad", inControls(error.message), inControls(error.hint) ?? ""))}
      ${refused && total?.delete ? html`<p>If these deletes are meant, raise the limit under Guards and plan again.</p>` : nothing}
      ${refused && !jobErrors(job).length ? notice("bad", stateWords(job), job.result ?? "") : nothing}
      ${planFigures(job)}
      ${!total || stale || refused ? nothing : runPart(job, total)}
      ${changes?.view() ?? nothing}`;
  }

  function runPart(job, total) {
    const all = total.create + total.update + total.delete;
    if (!all) {
      const [title, text, held] = noChange(job);
      return notice(held ? "good" : "warn", title, text || nothing);
    }
    return html`<section class="next" aria-labelledby="run-it"><h3 id="run-it">Run it</h3>
      <p>${modeName(draft.options.mode)}: ${count(all, "change")}. Rows may come out differently if the account changes meanwhile; every row is reported.</p>
      <p class="actions"><button type="button" class=${total.delete ? "danger" : "primary"} ?disabled=${acting.busy} @click=${runIt}>${runLabel(job, total)}</button></p></section>`;
  }

  return { view, stop, summary: () => "" };
}
