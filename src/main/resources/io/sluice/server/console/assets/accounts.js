// Accounts: whether each can be reached, how much quota is left, and what it holds.
import { html, nothing, svg } from "/lib/lit-html/lit-html.js";
import { repeat } from "/lib/lit-html/directives/repeat.js";
import { get } from "./api.js";
import { plainBar } from "./bar.js";
import { duration, number, resourceName, when } from "./format.js";
import { every, update } from "./screen.js";
import { now } from "./time.js";
import { mayWrite } from "./session.js";
import { startBackup, startCompare, startMigration } from "./start.js";
import { empty, Loaded, notice, problem } from "./ui.js";

const KEPT = 60;
const AT_ONCE = 4;
const history = new Map();

export function open() {
  const states = new Map();
  const list = new Loaded(async () => (await get("/v1/profiles")).items);

  async function ask(profile) {
    try {
      const status = await get(`/v1/profiles/${encodeURIComponent(profile.name)}/status`);
      states.set(profile.name, { status, at: now() });
      if (typeof status.quota?.remaining === "number") remember(profile.name, status.quota.remaining);
    } catch (error) {
      states.set(profile.name, { ...states.get(profile.name), error });
    }
    update();
  }

  // Each is a call for every kind of records. All at once they would keep the browser from fetching
  // anything else, and again and again they would use up the quota that jobs need.
  let left = [];
  const usable = () => (list.value ?? []).filter((profile) => !profile.problem);
  async function askInTurn() {
    while (left.length) await ask(left.shift());
  }
  list.load().then(() => {
    left = usable();
    for (let count = 0; count < AT_ONCE; count += 1) askInTurn();
  });
  let turn = 0;
  const ticking = every(30000, () => {
    const all = usable();
    if (left.length) return;
    for (let count = 0; count < Math.min(AT_ONCE, all.length); count += 1) ask(all[turn++ % all.length]);
  });
  const stop = () => {
    ticking();
    left = [];
  };

  const view = (profiles) => (profiles.length
    ? html`<ul class="cards accounts">${repeat(profiles, (profile) => profile.name, (profile) => card(profile, states.get(profile.name), () => ask(profile)))}</ul>`
    : empty("No accounts.", "Accounts are named in the service's configuration file, or in its environment; secrets never come to this page."));

  return {
    title: () => "Accounts",
    close: stop,
    view: () => html`<header class="head"><h1>Accounts</h1>
      ${mayWrite() && list.value?.length ? html`<p class="actions"><button type="button" @click=${() => startCompare()}>Compare</button>
        <button type="button" @click=${() => startMigration()}>Migrate</button></p>` : nothing}</header>
      ${list.show(view, "Loading accounts")}`,
  };
}

function remember(name, left) {
  const all = history.get(name) ?? [];
  all.push(left);
  history.set(name, all.slice(-KEPT));
}

function card(profile, state, again) {
  const status = state?.status;
  return html`<li class="card">
    <header class="card-head"><h2 class="text">${profile.name}</h2>${mark(profile, state)}</header>
    <dl class="facts"><div><dt>Account</dt><dd class="text">${profile.account ?? "not known"}</dd></div>
      ${profile.base_url ? html`<div><dt>API</dt><dd class="text">${profile.base_url}</dd></div>` : nothing}</dl>
    ${profile.problem ? notice("warn", profile.problem.message, profile.problem.hint ?? "") : nothing}
    ${problem(state?.error, again)}
    ${state?.error && status ? html`<p class="quiet">What is below was so ${when(new Date(state.at).toISOString())}.</p>` : nothing}
    ${status?.state === "quota_used_up" ? notice("warn", "The quota of requests is used up.", `${freeAgain(status.quota)} The account and its token are as they were; jobs wait, and go on by themselves.`)
      : status?.problem ? notice("warn", status.problem.message ?? status.problem.detail, status.problem.hint ?? "", html`<button type="button" @click=${again}>Try again</button>`) : nothing}
    ${typeof status?.quota?.remaining === "number" ? quotaView(profile.name, status.quota, state.at) : nothing}
    ${status?.resources?.length ? holdings(status.resources) : nothing}
    ${profile.problem ? nothing : html`<p><a href=${`/accounts/${encodeURIComponent(profile.name)}/expiring`}>Expiring records<span class="unseen"> of ${profile.name}</span></a></p>`}
    ${mayWrite() && !profile.problem ? html`<p class="actions">
      <a class="button" href=${`/import?profile=${encodeURIComponent(profile.name)}`}>Import<span class="unseen"> into ${profile.name}</span></a>
      <button type="button" @click=${() => startBackup(profile.name)}>Back up<span class="unseen"> ${profile.name}</span></button>
      <button type="button" @click=${() => startMigration(profile.name)}>Migrate<span class="unseen"> ${profile.name}</span></button></p>` : nothing}</li>`;
}

function mark(profile, state) {
  if (profile.problem) return html`<span class="mark bad">cannot be used</span>`;
  if (!state) return html`<span class="mark idle">asking</span>`;
  if (state.error) return html`<span class="mark bad">no answer</span>`;
  if (state.status.state === "quota_used_up") return html`<span class="mark warn">quota used up</span>`;
  if (state.status.resources.some((each) => each.problem)) return html`<span class="mark warn">readable in part</span>`;
  return state.status.reachable ? html`<span class="mark good">reachable</span>` : html`<span class="mark bad">not reachable</span>`;
}

function freeAgain(quota) {
  const wait = quota?.delay_seconds || quota?.reset_seconds;
  return wait ? `Free again in ${duration(wait)}.` : "It frees up by itself.";
}

function quotaView(name, quota, at) {
  const label = `${number(quota.remaining)} of ${number(quota.limit)} requests left`;
  const wait = quota.reset_seconds - (now() - at) / 1000;
  return html`<div class="quota"><p>${label}${quota.reset_seconds ? html`<span class="quiet">, ${wait > 0 ? `reset in ${duration(wait)}` : "and reset since"}</span>` : nothing}</p>
    ${plainBar(quota.remaining, quota.limit, label)}${spark(history.get(name) ?? [], quota.limit)}</div>`;
}

// Quota left since this page was opened, as a small line.
function spark(values, limit) {
  if (values.length < 3) return nothing;
  const points = values.map((left, index) => `${(index * 100) / (values.length - 1)},${24 - (24 * left) / Math.max(1, limit)}`).join(" ");
  return html`<svg class="spark" viewBox="0 0 100 24" preserveAspectRatio="none" role="img"
    aria-label=${`Quota left lately: lowest ${number(Math.min(...values))}, highest ${number(Math.max(...values))}`}>${svg`<polyline points=${points} />`}</svg>`;
}

function holdings(resources) {
  const hints = [...new Set(resources.map((each) => each.problem?.hint).filter(Boolean))];
  return html`<dl class="facts holdings">${resources.map((each) => html`<div><dt>${resourceName(each.resource)}</dt>${held(each)}</div>`)}</dl>
    ${hints.map((hint) => html`<p class="quiet text">${hint}</p>`)}`;
}

function held({ count, unavailable, problem: refused }) {
  if (refused) return html`<dd><span class="mark bad">cannot be read</span></dd><dd class="why text">${refused.message}</dd>`;
  return html`<dd>${unavailable ? html`<span class="quiet" title=${unavailable}>not in this account</span>` : number(count)}</dd>`;
}
