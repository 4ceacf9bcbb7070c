// Who is signed in, and the form to sign in with.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { get, onSessionChanged, onSessionLost, post, remove, useCsrf } from "./api.js";
import { confirm } from "./dialog.js";
import { limits } from "./limits.js";
import { notice, problem } from "./ui.js";
import { update } from "./screen.js";

export const session = { known: false, name: null, role: null, csrf: null, error: null, busy: false, ended: false, approval: "none" };

const PERSON = "sluice.person";
// Of the tab, also after a reload: what it keeps is theirs.
let person = sessionStorage.getItem(PERSON);

/** True if the person may do more than look. */
export const mayWrite = () => session.role === "operator" || session.role === "approver";

/** True if the person may decide on the plans of others. */
export const mayApprove = () => session.role === "approver";

/** Finds out who is signed in; a key in the address is exchanged first, and taken out of it. */
export async function startSession() {
  onSessionLost(lost);
  onSessionChanged(current);
  document.addEventListener("visibilitychange", () => document.hidden || current());
  const key = new URLSearchParams(location.hash.slice(1)).get("key");
  if (key) {
    history.replaceState(null, "", location.pathname + location.search);
    await current();
    await signIn(key);
    return;
  }
  await current();
}

async function current() {
  try {
    const found = await get("/v1/sessions/current");
    if (person && found.name !== person) await loadPageAgain();
    person = found.name;
    if (person) sessionStorage.setItem(PERSON, person);
    session.ended = false;
    Object.assign(session, { known: true, name: found.name, role: found.role, csrf: found.csrf, error: null });
    useCsrf(found.csrf);
    session.approval = await limits().then(({ approval }) => approval, () => "none");
  } catch (error) {
    // A service that does not answer has not signed anybody out.
    if (error.status === 401 || !session.role) Object.assign(session, { known: true, name: null, role: null, csrf: null });
    if (!session.role) session.error = error.status === 401 ? null : error;
  }
  update();
}

// What is on screen was somebody else's: their rights, what they typed, what only they were shown.
function loadPageAgain() {
  sessionStorage.clear();
  location.reload();
  return new Promise(() => {});
}

async function signIn(key) {
  session.busy = true;
  session.error = null;
  update();
  try {
    await post("/v1/sessions", { key });
    await current();
  } catch (error) {
    await current();
    if (!session.role) session.error = error;
  }
  session.busy = false;
  update();
}

/** Ends the session. */
export async function signOut() {
  try {
    await remove("/v1/sessions/current");
  } catch (error) {
    if (error.status !== 401) {
      const again = await confirm({ title: "You are still signed in", text: error.message, label: "Try again", dismiss: "Stay signed in" });
      if (again) await signOut();
      return;
    }
  }
  useCsrf(null);
  sessionStorage.clear();
  location.assign("/");
}

function lost() {
  const signedIn = Boolean(session.role);
  session.role = null;
  useCsrf(null);
  update();
  if (!signedIn) return;
  session.ended = true;
  requestAnimationFrame(() => document.querySelector(".sign-in input")?.focus());
}

function submitted(event) {
  event.preventDefault();
  const field = event.target.elements.key;
  const key = field.value.trim();
  if (key) signIn(key);
  field.value = "";
}

/** The page that asks for a key. */
export function signInView() {
  const wrong = session.error?.status === 401;
  return html`<main id="main" class="sign-in" tabindex="-1">
    <h1>Sluice</h1>
    <p>Sign in with an API key. On the machine of the service one is made with
      <code>sluice serve --new-key NAME --role operator</code>; without the role it can look, and change nothing.</p>
    ${session.ended && !session.error ? notice("info", "Your session has ended.", "Sign in to go on: the page is kept as it was.") : nothing}
    ${wrong
      ? html`<div class="notice bad" role="alert"><p><strong>This key is not known here.</strong></p>
          <p>It may have been mistyped, or taken back. Keys are shown once, when they are made.</p></div>`
      : problem(session.error)}
    <form @submit=${submitted}>
      <label class="field"><span>API key</span>
        <input name="key" type="password" autocomplete="current-password" required autofocus spellcheck="false"></label>
      <p class="actions"><button class="primary" ?disabled=${session.busy}>Sign in</button></p>
    </form>
    ${session.busy ? html`<p role="status">Signing in</p>` : nothing}
  </main>`;
}
