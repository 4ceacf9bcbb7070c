// The keys of this service: list, make and revoke them. For operators.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { get, remove } from "./api.js";
import { ask, confirm, dialogForm } from "./dialog.js";
import { when } from "./format.js";
import { characters } from "./limits.js";
import { once } from "./once.js";
import { update } from "./screen.js";
import { mayApprove, mayWrite, session } from "./session.js";
import { attempt, empty, Loaded, notice, problem, select, table } from "./ui.js";

const ROLES = [["viewer", "Viewer"], ["operator", "Operator"], ["approver", "Approver"]];
const ROLE_HINTS = { viewer: "May look at everything, and change nothing.", operator: "May do everything, keys included.", approver: "May also approve the jobs of others." };
const ENDS = [["", "Never"], ["1d", "In a day"], ["7d", "In a week"], ["30d", "In 30 days"], ["90d", "In 90 days"], ["365d", "In a year"]];

export function open() {
  const acting = { busy: false, error: null };
  const list = new Loaded(async () => (await get("/v1/keys")).items);
  let made = null;
  if (mayWrite()) list.load();

  async function make(role) {
    const form = { name: "", role, ends: "90d", most: null, busy: false, error: null };
    characters("key_name").then((most) => {
      form.most = most;
      update();
    });
    await ask((close) => dialogForm({
      title: "Make a key", label: "Make the key", busy: form.busy, disabled: !form.name.trim(), cancel: () => close(null),
      body: html`${fields(form)}${problem(form.error)}`,
      submit: async () => {
        const answer = await attempt(form, () => once("/v1/keys", { name: form.name.trim(), role: form.role, ...(form.ends ? { expires_in: form.ends } : {}) }));
        if (!answer) return;
        // Once made it is shown, even if the dialog was left meanwhile: it can be shown only now.
        made = answer;
        list.load();
        close(answer);
      },
    }));
  }

  async function revoke(key) {
    const own = key.name === session.name;
    const sure = await confirm({ title: `Revoke the key ${key.name}?`, label: "Revoke", danger: true,
      text: own ? "This is the key that you are signed in with: you will be signed out at once." : "Its user is signed out at once. Its jobs and schedules go on." });
    if (!sure) return;
    await attempt(acting, () => remove(`/v1/keys/${encodeURIComponent(key.id)}`), `The key ${key.name} is revoked.`);
    if (made?.id === key.id) made = null;
    list.load();
  }

  const view = (keys) => html`${problem(acting.error)}${made ? shown(made, () => {
    made = null;
    update();
  }) : nothing}
    ${!session.csrf ? notice("warn", "This service asks for no key.", "Every user of this machine may do everything, as it was started with --no-auth. Keys that are made now count once it is started without.")
      : keys.some((key) => key.role !== "viewer" && !key.expired) ? nothing : notice("warn", "There is no permanent operator key.",
      "You are signed in with the key that this service printed when it started; it stops working when the service stops. Make an operator's key so that you can still sign in.",
      html`<button type="button" @click=${() => make("operator")}>Make an operator's key</button>`)}
    ${keys.length ? table({ caption: "Keys", rows: keys, columns: columns(acting, revoke) }) : empty("No keys yet.", "A key signs a person or a program in. A viewer may look, an operator may change.")}`;

  return {
    title: () => "Keys",
    close: () => {},
    view: () => html`<header class="head"><div><p class="crumb"><a href="/settings">Settings</a></p><h1>Keys</h1></div>
      ${mayWrite() ? html`<p class="actions"><button type="button" class="primary" @click=${() => make("viewer")}>Make a key</button></p>` : nothing}</header>
      ${mayWrite() ? list.show(view, "Loading keys") : empty("Keys are for operators.", "You are signed in with a viewer's key. An operator can list, make and revoke keys here.")}`,
  };
}

function shown(key, done) {
  return notice("good", `The key ${key.name} is made. Copy it now: it is shown only this once.`,
    key.key ? html`<p><code class="secret">${key.key}</code></p>` : html`<p>The same request had made it before, so it cannot be shown again. Revoke it and make another.</p>`, html`
      ${key.key ? html`<button type="button" @click=${() => copy(key)}>Copy</button>` : nothing}
      <button type="button" @click=${done}>I have copied it</button>
      <span role="status">${key.copied ?? nothing}</span>`);
}

// Browsers copy only for pages that came over TLS or from this machine, and may ask first.
async function copy(key) {
  try {
    await navigator.clipboard.writeText(key.key);
    key.copied = "Copied.";
  } catch {
    key.copied = "The browser did not copy it: select the key and copy it yourself.";
  }
  update();
}

function fields(form) {
  const set = (name) => (value) => {
    form[name] = value;
    update();
  };
  return html`
    <label class="field"><span>Name</span><input type="text" maxlength=${form.most ?? nothing} required autocomplete="off" spellcheck="false" .value=${form.name} @input=${(event) => set("name")(event.target.value)}>
      <small>Of the person or the program that uses it; it stands beside each job.</small></label>
    ${select({ label: "Role", value: form.role, options: ROLES.filter(([role]) => role !== "approver" || mayApprove()), hint: ROLE_HINTS[form.role], change: set("role") })}
    ${select({ label: "Expires", value: form.ends, options: ENDS, change: set("ends") })}`;
}

function columns(acting, revoke) {
  return [
    { label: "Name", head: true, class: "text", cell: (key) => html`${key.name}${key.name === session.name ? html` <span class="tag">yours</span>` : nothing}` },
    { label: "Role", cell: (key) => key.role },
    { label: "Made", class: "tight", cell: (key) => when(key.made_at) },
    { label: "Last used", class: "tight", cell: (key) => (key.used_at ? when(key.used_at) : html`<span class="quiet">never</span>`) },
    { label: "Expires", cell: (key) => (!key.expires_at ? html`<span class="quiet">never</span>`
      : key.expired ? html`<span class="mark bad">expired</span>` : when(key.expires_at)) },
    { label: "Actions", unlabelled: true, class: "act", cell: (key) => html`<span class="actions"><button type="button" ?disabled=${acting.busy} @click=${() => revoke(key)}>Revoke<span class="unseen"> ${key.name}</span></button></span>` },
  ];
}
