// Settings: the way to the keys, where notices go, with a test of each, the feeds, and what has to be approved.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { get, post } from "./api.js";
import { EVENTS, noticeTable } from "./notice-table.js";
import { every, update } from "./screen.js";
import { mayWrite, session } from "./session.js";
import { attempt, empty, Loaded, problem, table } from "./ui.js";

const RULES = { none: "No plan has to be approved.", deletes: "Plans that delete records have to be approved by another person.", all: "Every plan that changes something has to be approved by another person." };

export function open() {
  const acting = { busy: false, error: null };
  const targets = new Loaded(async () => (await get("/v1/notices/targets")).items);
  const feeds = new Loaded(async () => (await get("/v1/feeds")).items.map((feed) => feed.name));
  const notices = new Loaded(async () => (await get("/v1/notices", { limit: 20 })).items);

  async function refresh() {
    await notices.refresh();
    update();
  }

  async function test(name) {
    const sent = await attempt(acting, () => post(`/v1/notices/targets/${encodeURIComponent(name)}/test`), `A test for ${name} is on its way.`);
    if (sent) refresh();
  }

  targets.load();
  feeds.load();
  notices.load();
  const stop = every(5000, refresh);

  const places = (all) => (all.length ? table({ caption: "Targets of notices", rows: all, key: (target) => target.name, columns: [
    { label: "Target", head: true, class: "text", cell: (target) => target.name },
    { label: "Format", cell: (target) => `${target.format}${target.signed ? ", signed" : ""}${target.detail ? ", with contents" : ""}` },
    { label: "Hears of", class: "text", cell: (target) => target.on.map((event) => EVENTS[event]).join(", ") },
    ...(mayWrite() ? [{ label: "Actions", unlabelled: true, class: "act", cell: (target) => html`<span class="actions"><button type="button" ?disabled=${acting.busy} @click=${() => test(target.name)}>Send a test<span class="unseen"> to ${target.name}</span></button></span>` }] : []),
  ] }) : empty("No notices are sent.", "Targets are named under notify: in the service's configuration; it is read again at each use."));

  return {
    title: () => "Settings",
    close: stop,
    view: () => html`<header class="head"><h1>Settings</h1></header>
      ${mayWrite() ? html`<section aria-labelledby="keys"><h2 id="keys">Keys</h2><p><a href="/keys">Make, see and revoke keys</a></p></section>` : nothing}
      <section aria-labelledby="notices"><h2 id="notices">Notices</h2>${problem(acting.error)}
        ${targets.show(places, "Loading targets")}${notices.show((all) => noticeTable(all, "The last notices"), "Loading notices")}</section>
      <section aria-labelledby="feeds"><h2 id="feeds">Feeds</h2>${feeds.show((names) => (names.length
        ? html`<ul class="plain-list">${names.map((name) => html`<li class="text">${name}</li>`)}</ul><p class="quiet">A schedule imports a feed if it has changed.</p>`
        : empty("No feeds are known.", "Feeds are named under feeds: in the service's configuration.")), "Loading feeds")}</section>
      <section aria-labelledby="approval"><h2 id="approval">Approvals</h2><p>${RULES[session.approval]}</p></section>`,
  };
}
