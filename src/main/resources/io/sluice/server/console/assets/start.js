// Dialogs that start jobs: a backup, a restore, a migration, a comparison.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { get } from "./api.js";
import { ask, dialogForm, fill, filling } from "./dialog.js";
import { number, resourceName } from "./format.js";
import { snapshotText } from "./job-words.js";
import { submitJob } from "./once.js";
import { deleteLimit, effective, mayDelete, modes } from "./options.js";
import { named } from "./kinds.js";
import { nameOf, shortId } from "./names.js";
import { go } from "./router.js";
import { announce, update } from "./screen.js";
import { attempt, problem, select, tick, ticks } from "./ui.js";

/** Asks what to back up, and starts it. */
export function startBackup(profile = null) {
  const form = { profile, resources: null, keep: "", gzip: false };
  openForm(form, "Take a backup", "Back up", () => html`
    <p>Writes every record as the account has it now, as a snapshot that can be verified and restored.</p>
    ${profileSelect(form, "profile", "Account")}
    ${resourceTicks(form)}
    ${keepField(form)}
    ${tick({ label: "Compress the files", checked: form.gzip, change: set(form, "gzip") })}`,
  () => ({ kind: "export", profile: form.profile, resources: named(form.resources, form.known), gzip: form.gzip, keep: form.keep ? Number(form.keep) : null }));
}

/** Asks what to restore of a snapshot, and starts a rehearsal of it. */
export function startRestore(snapshot) {
  const form = { profile: null, resources: snapshot.resources.map((each) => each.resource), mode: "upsert", max_deletes: null, sure: null };
  const options = snapshot.resources.map((each) => [each.resource, `${resourceName(each.resource)} (${number(each.rows)})`]);
  const other = () => form.profiles.find((profile) => profile.name === form.profile)?.account !== snapshot.account;
  openForm(form, `Restore ${snapshotText(snapshot.id)}`, "Rehearse the restore", () => html`
    <p>First a rehearsal: it shows every change and makes none.</p>
    ${profileSelect(form, "profile", "Into the account")}
    ${form.profile && other() ? html`<div class="notice warn"><p><strong>This is another account.</strong></p>
      <p>The snapshot is of ${nameOf(snapshot.account)}. Its records would be put into ${form.profile}.</p>
      ${tick({ label: `Yes, from ${nameOf(snapshot.account)} into ${form.profile}`, checked: form.sure === form.profile, change: (on) => set(form, "sure")(on ? form.profile : null) })}</div>` : nothing}
    ${ticks({ legend: "Kinds of records", options, chosen: form.resources, change: set(form, "resources") })}
    ${modeFields(form)}`,
  () => ({ kind: "restore", profile: form.profile, snapshot: snapshot.id, resources: named(form.resources, options), options: modeOptions(form) }),
  { ready: () => form.profile && (!other() || form.sure === form.profile), known: () => {
    form.profile = form.profiles.find((profile) => profile.account === snapshot.account)?.name ?? form.profile;
  } });
}

/** Asks what to carry from which account to which, and starts a rehearsal of it. */
export function startMigration(from = null, to = null) {
  const form = { from, to, resources: null, mode: "upsert", max_deletes: null };
  openForm(form, "Migrate one account into another", "Rehearse the migration", () => html`
    ${form.profiles.length < 2 ? html`<p class="notice info">A migration needs two accounts. This service knows one; another
      profile in its configuration adds one.</p>` : html`<p>First a rehearsal: it shows every change and makes none.</p>`}
    ${profileSelect(form, "from", "From")} ${profileSelect(form, "to", "To")}
    ${resourceTicks(form)}
    ${modeFields(form)}`,
  () => ({ kind: "migrate", from: form.from, to: form.to, resources: named(form.resources, form.known), options: modeOptions(form) }),
  { ready: () => form.from && form.to && form.from !== form.to, known: () => {
    form.to ??= form.profiles.find((profile) => profile.name !== form.from)?.name ?? null;
  } });
}

/** Asks which two sides to compare, and starts it. */
export function startCompare() {
  const form = { before: null, after: null, resources: null };
  let sides = [];
  let newest = null;
  // An account's name may become known while the dialog is open.
  const options = () => sides.map(([id, text]) => [id, text ?? `Snapshot ${snapshotText(id)}`]);
  openForm(form, "Compare two sides", "Compare", () => html`
    <p>Shows what would have to change for the first to become the second. Changes nothing.</p>
    ${sides.length < 2 ? html`<p class="notice info">There is only one side yet: take a backup first, and compare the account with it later.</p>` : nothing}
    ${newest.next ? html`<p class="quiet">These are the newest ${number(newest.items.length)} snapshots. To compare older ones, tick them among the <a href="/snapshots">snapshots</a>.</p>` : nothing}
    ${select({ label: "First", value: form.before, options: options(), change: set(form, "before") })}
    ${select({ label: "Second", value: form.after, options: options(), change: set(form, "after") })}
    ${resourceTicks(form)}`,
  () => ({ kind: "diff", before: form.before, after: form.after, resources: named(form.resources, form.known) }),
  { ready: () => form.before && form.after && form.before !== form.after, more: () => get("/v1/snapshots"), known: (snapshots) => {
    newest = snapshots;
    sides = [
      ...form.profiles.map((profile) => [`profile:${profile.name}`, `${profile.name} as it is now`]),
      ...snapshots.items.map((snapshot) => [snapshot.id, null]),
    ];
    [form.before, form.after] = [sides[0]?.[0] ?? "", sides[1]?.[0] ?? ""];
  } });
}

function begin(form, profiles, resources) {
  form.profiles = profiles.filter((profile) => !profile.problem);
  form.known = resources.map((resource) => [resource.slug, resourceName(resource.slug)]);
  form.resources ??= form.known.map(([slug]) => slug);
  for (const name of ["profile", "from"]) if (name in form) form[name] ??= form.profiles[0]?.name ?? null;
}

/**
 * Opens a form, and fills it in once the accounts and the kinds of records are known.
 *
 * @param ready whether what is chosen can be asked for
 * @param more what else has to be fetched
 * @param known is called with that, once all is there
 */
function openForm(form, title, label, body, spec, { ready = () => form.profile, more = () => null, known = () => {} } = {}) {
  Object.assign(form, { loaded: false, busy: false, error: null });
  fill(form, () => Promise.all([get("/v1/profiles"), get("/v1/resources"), more()]), ([profiles, resources, rest]) => {
    begin(form, profiles.items, resources.items);
    known(rest);
  });
  ask((close) => dialogForm({
    title,
    label,
    body: form.loaded ? html`${body()}${problem(form.error)}` : filling(form),
    busy: form.busy,
    disabled: !form.loaded || !ready() || !form.resources.length,
    cancel: () => close(null),
    submit: async () => {
      const wanted = spec();
      const job = await attempt(form, () => submitJob(wanted));
      if (!job) return;
      if (close(job)) go(`/jobs/${encodeURIComponent(job.id)}`);
      else announce("The job has been made.");
    },
  }));
}

function modeFields(form) {
  return html`${modes(form.mode, set(form, "mode"), ["upsert", "create", "update", "mirror"])}
    ${mayDelete(form.mode) ? deleteLimit(form, (name, value) => set(form, name)(value)) : nothing}`;
}

function modeOptions(form) {
  return { ...effective({ mode: form.mode, max_deletes: form.max_deletes }), dry_run: true, allow_unprotect: false };
}

function set(form, name) {
  return (value) => {
    form[name] = value;
    update();
  };
}

function profileSelect(form, name, label) {
  const options = form.profiles.map((profile) => [profile.name, profile.name === profile.account ? profile.name : `${profile.name} (${shortId(profile.account)})`]);
  if (!options.length) return html`<p class="notice warn">No account can be used. The accounts page says why.</p>`;
  return select({ label, value: form[name], options, change: set(form, name) });
}

function resourceTicks(form) {
  return ticks({ legend: "Kinds of records", options: form.known, chosen: form.resources, change: set(form, "resources") });
}

function keepField(form) {
  return html`<label class="field"><span>Keep the newest</span>
    <input type="number" min="1" inputmode="numeric" .value=${form.keep} @input=${(event) => set(form, "keep")(event.target.value)}>
    <small>Older snapshots of the same account and kinds of records are removed. Empty keeps all.</small></label>`;
}
