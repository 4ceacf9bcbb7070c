// The import assistant: four steps on one page. Going back keeps what was entered.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { get } from "./api.js";
import { checkStep, checkSummary } from "./import-check.js";
import { Draft } from "./import-draft.js";
import { fileStep, fileSummary } from "./import-file.js";
import { planStep } from "./import-plan.js";
import { limits } from "./limits.js";
import { note } from "./router.js";
import { update } from "./screen.js";
import { mayWrite } from "./session.js";
import { Loaded, notice } from "./ui.js";

const STEPS = [
  ["file", "File", "Choose the account, the kind of records and the file."],
  ["check", "Check", "See what the columns mean and which rows are wrong. Nothing is sent to Cloudflare."],
  ["plan", "Plan", "A rehearsal: shows every change, and makes none."],
  ["run", "Run", "The changes are made, on the job's own page."],
];

export function open({ query }) {
  const draft = new Draft(query);
  const known = new Loaded(async () => {
    const [profiles, resources, taken] = await Promise.all([get("/v1/profiles"), get("/v1/resources"), limits()]);
    draft.know(profiles.items, resources.items);
    return { profiles: profiles.items, resources: resources.items, limits: taken };
  });
  let step = query.step ?? "file";
  let left = false;
  known.load().then(() => left || draft.resume()).then(() => {
    // The address is that of another page by now.
    if (left) return;
    step = draft.reachable(step);
    note({ step: step === "file" ? null : step });
    update();
  });

  async function toStep(name) {
    step = draft.reachable(name);
    note({ step: step === "file" ? null : step, profile: null, resource: null }, { push: true });
    update();
    await Promise.resolve();
    const heading = document.getElementById(`step-${step}`);
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: "start" });
  }

  const plan = planStep(draft);
  const bodies = {
    file: (facts) => fileStep(draft, facts, () => toStep("check")),
    check: () => checkStep(draft, () => toStep("plan")),
    plan: () => plan.view(),
  };
  const summaries = { file: () => fileSummary(draft), check: () => checkSummary(draft), plan: () => plan.summary() };

  function section([name, label, promise], index, facts) {
    const present = STEPS.findIndex(([each]) => each === step);
    const here = index === present;
    const before = index < present;
    return html`<li class=${`step ${here ? "here" : before ? "done" : "ahead"}`} aria-current=${here ? "step" : nothing}>
      <header><h2 id=${`step-${name}`} tabindex="-1"><span class="step-number" aria-hidden="true">${index + 1}</span>${label}</h2>
        ${before ? html`<p class="text">${summaries[name]()}</p>` : here ? nothing : html`<p class="quiet">${promise}</p>`}
        ${before ? html`<button type="button" @click=${() => toStep(name)}>Change<span class="unseen">: ${label}</span></button>` : nothing}
      </header>
      ${here ? html`<div class="step-body">${bodies[name](facts)}</div>` : nothing}</li>`;
  }

  return {
    title: () => `Import: ${STEPS.find(([name]) => name === step)[1]}`,
    queried: (now) => {
      step = draft.reachable(now.step ?? "file");
    },
    close: () => {
      left = true;
      plan.stop();
      draft.close();
    },
    view: () => html`<header class="head"><h1>Import</h1>
        ${draft.upload ? html`<p class="actions"><button type="button" @click=${() => {
          plan.stop();
          draft.clear();
          toStep("file");
        }}>Start over</button></p>` : nothing}</header>
      ${mayWrite() ? nothing : notice("info", "Your key is a viewer's.", "It can look at jobs and their results. To import a file, sign in with an operator's key.")}
      ${!mayWrite() ? nothing : known.show((facts) => html`<ol class="steps">${STEPS.map((each, index) => section(each, index, facts))}</ol>`, "Loading accounts and kinds of records")}`,
  };
}
