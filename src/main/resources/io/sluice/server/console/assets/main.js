// Starts the console: who is signed in, which page the address names, and the frame around it.
import { html, nothing, render } from "/lib/lit-html/lit-html.js";
import { drawDialog, leaveDialog } from "./dialog.js";
import { icon } from "./icons.js";
import { query, startRouter } from "./router.js";
import { route } from "./routes.js";
import { drawWith, every, update } from "./screen.js";
import { mayWrite, session, signInView, signOut, startSession } from "./session.js";
import { empty, notice } from "./ui.js";

const SECTIONS = [
  ["jobs", "Jobs", "/"],
  ["import", "Import", "/import"],
  ["snapshots", "Snapshots", "/snapshots"],
  ["insight", "Insight", "/insight"],
  ["schedules", "Schedules", "/schedules"],
  ["accounts", "Accounts", "/accounts"],
  ["approvals", "Approvals", "/approvals"],
  ["settings", "Settings", "/settings"],
];

const root = document.getElementById("app");
let page = null;
let broken = null;
let opening = 0;
let focused = null;
let drawing = false;
root.replaceChildren();

async function openPage(onlyQuery = false) {
  leaveDialog();
  if (onlyQuery && page?.queried) {
    page.queried(query());
    update();
    return;
  }
  const turn = ++opening;
  page?.close?.();
  page = null;
  broken = null;
  update();
  const found = route();
  if (!found) return;
  try {
    const module = await found.load();
    if (turn !== opening) return;
    page = module.open({ params: found.params, query: query() });
  } catch (error) {
    console.error(error);
    broken = error;
  }
  update();
  await Promise.resolve();
  scrollTo(0, 0);
  if (turn > 1) document.getElementById("main")?.focus({ preventScroll: true });
}

function frame() {
  const section = route()?.section;
  return html`
    <nav class="rail" aria-label="Sections">
      <p class="brand">Sluice</p>
      <ul>${SECTIONS.filter(([name]) => shown(name)).map(([name, label, address]) => html`<li>
        <a href=${address} aria-current=${name === section ? "page" : nothing}>${icon(name)}<span>${label}</span></a></li>`)}
      </ul>
      <div class="who">${who()}</div>
    </nav>
    <main id="main" tabindex="-1">
      <div class="who narrow"><span class="brand">Sluice</span>${who()}</div>
      ${content()}
    </main>`;
}

// Approvals where the service requires them; imports for those who may change something.
function shown(name) {
  if (name === "approvals") return session.approval !== "none";
  return name !== "import" || mayWrite();
}

function who() {
  return html`<span>${session.name ?? "not signed in"}${mayWrite() ? nothing : html` <span class="tag">viewer</span>`}</span>
    ${session.csrf ? html`<button type="button" class="plain" @click=${signOut}>Sign out</button>` : nothing}`;
}

function content() {
  if (broken) {
    return html`<h1>This page did not load</h1>${notice("bad", "A part of the console could not be fetched.",
      "The service may be restarting, or the network may be down. Jobs that run go on without this page.",
      html`<button type="button" @click=${() => location.reload()}>Try again</button>`)}`;
  }
  if (!route()) {
    return html`<h1>No such page</h1>${empty("There is nothing at this address.", "It may have been shortened when it was copied.",
      html`<a class="button" href="/">Go to the jobs</a>`)}`;
  }
  return page ? page.view() : html`<p class="loading" role="status">Loading</p>`;
}

function draw() {
  drawing = true;
  if (!session.known) render(html`<p class="boot">Loading the console</p>`, root);
  else render(session.role ? frame() : signInView(), root);
  document.body.classList.toggle("framed", Boolean(session.role));
  document.title = session.role && (page || !route()) ? `${page?.title() ?? "No such page"} · Sluice` : "Sluice";
  if (session.role && !page && !opening) openPage();
  drawDialog(Boolean(session.role));
  drawing = false;
  keepFocus();
}

// A button that is disabled while it works has the focus again afterwards; where it is gone, such as
// with the row that it deleted, the keyboard goes on from the page.
function keepFocus() {
  if (!focused || (document.activeElement && document.activeElement !== document.body) || (focused.isConnected && focused.disabled)) return;
  const next = focused.isConnected ? focused : document.getElementById("main");
  next?.focus({ preventScroll: true });
}

addEventListener("focusin", ({ target }) => {
  focused = target;
});
addEventListener("focusout", ({ target }) => {
  if (!drawing && target.isConnected && !target.disabled) focused = null;
});

// The second click of a double click is meant for the same as the first, not for what has come into its place.
let pressed = null;
addEventListener("click", (event) => {
  const control = event.target.closest?.("button, a[href]");
  const place = { words: control?.textContent.trim(), dialog: control?.closest("dialog") };
  if (event.detail > 1 && control && (place.words !== pressed?.words || place.dialog !== pressed.dialog)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  pressed = control ? place : null;
}, true);

// A file that is dropped beside the place for it would be opened instead of this page.
for (const name of ["dragover", "drop"]) {
  addEventListener(name, (event) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "none";
  });
}

drawWith(draw);
// Times that are told as "5 min ago" go on.
every(15000, update);
startRouter(openPage);
addEventListener("hashchange", () => location.hash.startsWith("#key=") && startSession());
startSession();
