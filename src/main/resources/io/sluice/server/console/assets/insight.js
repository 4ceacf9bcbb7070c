// Insight: what is wrong with an account's or a snapshot's lists, and which records match a sender.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { get } from "./api.js";
import { jobBar } from "./bar.js";
import { findingsView, recordAddress, sums } from "./findings.js";
import { follow, isOver } from "./follow.js";
import { count, number, resourceName } from "./format.js";
import { jobErrors, side, snapshotText, stateWords } from "./job-words.js";
import { submitJob } from "./once.js";
import { note } from "./router.js";
import { announce, pageSize, update } from "./screen.js";
import { mayWrite } from "./session.js";
import { attempt, empty, Loaded, notice, problem, select } from "./ui.js";

const KINDS = [["", "What it looks like"], ["sender", "A sender's address"], ["domain", "A sender's domain"], ["ip", "An IP address or block"], ["recipient", "A recipient's address"]];

// Answers are large: each is fetched once while the page is open.
export function open({ query }) {
  const it = { source: query.source ?? "", text: "", kind: "", busy: false, error: null, shown: {}, matches: pageSize(), older: false };
  let live = null;
  let answer = null;
  const sides = new Loaded(async () => {
    const [profiles, snapshots] = await Promise.all([get("/v1/profiles"), get("/v1/snapshots")]);
    const found = [
      ...profiles.items.filter((profile) => !profile.problem).map((profile) => [`profile:${profile.name}`, `${profile.name} as it is now`, profile.account]),
      ...snapshots.items.map((snapshot) => [snapshot.id, null, snapshot.account]),
    ];
    // One that is older than those that are listed may have been asked for.
    if (it.source.includes("~") && !found.some(([source]) => source === it.source)) found.push([it.source, null, it.source.split("~")[0]]);
    it.source ||= found[0]?.[0] ?? "";
    it.older = snapshots.next !== null;
    return found;
  });
  sides.load();
  if (query.job) watch(query.job);

  function watch(id) {
    live?.stop();
    answer = null;
    it.shown = {};
    it.matches = pageSize();
    live = follow(id, (job) => {
      if (job.spec?.source && !isOver(job)) it.source = job.spec.source;
      if (!isOver(job) || job.exit !== 0 || answer) return;
      answer = new Loaded(() => get(`/v1/jobs/${encodeURIComponent(id)}/files/insight.json`));
      answer.load().then((found) => found && announce(said(job, found)));
    });
  }

  function stop() {
    live?.stop();
    live = null;
    answer = null;
  }

  async function begin(spec) {
    const job = await attempt(it, () => submitJob({ kind: "insight", source: it.source, ...spec }), "The lists are being checked.");
    if (!job) return;
    note({ job: job.id }, { push: true });
    watch(job.id);
  }

  function explain(event) {
    event.preventDefault();
    const text = it.text.trim();
    if (text) begin({ about: "explain", [it.kind || kindOf(text)]: text });
  }

  const forms = (found) => {
    if (!found.length) {
      return empty("There is nothing to check yet.", "You can check the accounts of the service and their snapshots.", html`<a class="button" href="/accounts">Go to the accounts</a>`);
    }
    if (!mayWrite()) return notice("info", "Your key is a viewer's.", "An operator's key can look at lists. What was found stays in the jobs, and can be seen here.");
    return html`<section class="insight-forms" aria-label="What to look at">
      ${select({ label: "Lists of", value: it.source, options: found.map(([source, text]) => [source, text ?? `Snapshot ${snapshotText(source)}`]), change: (source) => {
        it.source = source;
        note({ source });
        update();
      }, hint: it.older ? "Of the snapshots, the newest are offered." : null })}
      <p class="actions"><button type="button" class="primary" ?disabled=${it.busy} @click=${() => begin({ about: "lint" })}>Check the lists</button>
        <span class="quiet">Finds what is risky, contradictory or useless. Changes nothing.</span></p>
      <form role="search" class="explain" @submit=${explain}>
        <label class="field"><span>Explain a sender, a domain, an IP or a recipient</span><input type="search" name="explained" autocomplete="off" spellcheck="false"
          .value=${it.text} @input=${(event) => {
            it.text = event.target.value;
            update();
          }}></label>
        ${select({ label: "What it is", value: it.kind, options: KINDS, change: (kind) => {
          it.kind = kind;
          update();
        } })}
        <button ?disabled=${it.busy || !it.text.trim()}>Explain</button>
      </form></section>`;
  };

  function result() {
    const { job, error, load, lost } = live;
    if (error) return problem(error, load);
    if (!job) return html`<p class="loading" role="status">Loading the findings</p>`;
    const account = accountOf(job, sides.value ?? []);
    return html`<section aria-labelledby="found"><h2 id="found">${asked(job)}</h2>
      ${lost ? notice("warn", "The connection is lost.", "It is tried again every few seconds.") : nothing}
      ${isOver(job) ? nothing : html`<div class="live"><p>${stateWords(job, live.waitsFor)}</p>${jobBar(job)}</div>`}
      ${jobErrors(job).map((each) => notice("bad", each.message, each.hint ?? ""))}
      ${answer ? answer.show((found) => (job.spec.about === "lint" ? linted(found, account) : explained(found, account)), "Loading the findings") : nothing}
      <p class="quiet"><a href=${`/jobs/${encodeURIComponent(job.id)}`}>The job</a></p></section>`;
  }

  const linted = (found, account) => html`
    <p class="verdict">${number(found.records)} records: ${sums(found.found)}${found.silenced ? `; ${number(found.silenced)} silenced in comments` : ""}.</p>
    ${warnings(found)}
    ${Object.keys(found.counts).length ? findingsView({ findings: found.findings, counts: found.counts, shown: it.shown, account, level: 3 })
      : notice("good", "Nothing was found.")}`;

  const explained = (found, account) => html`
    <p class="verdict">${found.matches.length ? `${count(found.matches.length, "record")} ${found.matches.length === 1 ? "matches" : "match"}.` : "Nothing matches."}</p>
    ${found.undocumented?.map((open) => notice("warn", "Not documented", open))}
    ${warnings(found)}
    ${found.narrower?.count ? html`<p class="quiet text">${count(found.narrower.count, "record")} ${found.narrower.count === 1 ? "matches" : "match"} only a part of it, such as ${found.narrower.first.map((one) => `${resourceName(one.resource)} ${one.key}`).join(", ")}.</p>` : nothing}
    ${found.matches.length ? html`<ul class="changes">${found.matches.slice(0, it.matches).map((match) => html`<li>
      <p>${account ? html`<a href=${recordAddress(match, account)}>${name(match)}</a>` : name(match)}</p>
      <p><b>${match.effect}</b></p>
      <p class="quiet text">by ${match.by}: ${match.part}</p>
      ${match.undocumented?.map((open) => html`<p class="quiet">Not documented: ${open}.</p>`)}</li>`)}</ul>` : nothing}
    ${found.matches.length > it.matches ? html`<p class="actions"><button type="button" @click=${() => {
      it.matches += pageSize();
      update();
    }}>Show more</button> <span class="quiet">${number(it.matches)} of ${number(found.matches.length)} shown.</span></p>` : nothing}
    ${found.undecided?.length ? notice("warn", `${count(found.undecided.length, "record")} could not be decided`,
      html`<ul>${found.undecided.slice(0, pageSize()).map((each) => html`<li class="text">${resourceName(each.resource)} ${each.key}: ${each.why}</li>`)}</ul>`) : nothing}`;

  return {
    title: () => "Insight",
    queried: (now) => {
      if (now.source) it.source = now.source;
      if (!now.job) stop();
      else if (live?.id !== now.job) watch(now.job);
    },
    close: stop,
    view: () => html`<header class="head"><h1>Insight</h1></header>
      ${sides.show(forms, "Loading accounts and snapshots")}
      ${problem(it.error)}
      ${live ? result() : nothing}`,
  };
}

const name = (record) => html`<span class="quiet">${resourceName(record.resource)}</span> <span class="text key">${record.key}</span>`;

function warnings({ warnings: all = [] }) {
  return all.length ? html`<details><summary>${count(all.length, "thing")} could not be looked at</summary>
    <ul class="plain-list">${all.slice(0, 50).map((each) => html`<li class="text">${each}</li>`)}</ul></details>` : nothing;
}

function kindOf(text) {
  if (text.includes("@")) return "sender";
  return text.includes(":") || /^[\d./]+$/.test(text) ? "ip" : "domain";
}

function asked({ spec }) {
  const what = spec.sender ?? spec.domain ?? spec.ip ?? spec.recipient;
  return spec.about === "lint" ? `What is wrong with ${side(spec.source)}` : `What matches ${what} in ${side(spec.source)}`;
}

// A snapshot's id begins with its account; a profile's account is known by its name.
function accountOf({ account, spec }, sides) {
  return spec.source.includes("~") ? spec.source.split("~")[0] : sides.find(([source]) => source === spec.source)?.[2] ?? account ?? null;
}

function said({ spec }, found) {
  return spec.about === "lint" ? `${number(found.records)} records: ${sums(found.found)}.` : `${count(found.matches.length, "record")} found.`;
}
