// Questions that have to be answered before anything goes on.
import { html, nothing, render } from "/lib/lit-html/lit-html.js";
import { number } from "./format.js";
import { update } from "./screen.js";
import { problem } from "./ui.js";

const element = () => document.getElementById("dialog");
let open = null;
let waiting = false;

/**
 * Opens a dialog.
 *
 * @param view is called with the function that closes it, and gives what the dialog shows; the
 *     function says true if the dialog was still open
 * @returns what the dialog was closed with; null if it was left
 */
export function ask(view) {
  close(null);
  return new Promise((resolve) => {
    // A late answer to a form that was left must not confirm what was opened since.
    const mine = { resolve, view: () => view((answer) => open === mine && close(answer)) };
    open = mine;
    drawDialog();
    element().onclose = () => {
      // The event of a dialog before this one may come after this one has opened.
      if (!element().open && !waiting) close(null);
    };
    element().showModal();
  });
}

/**
 * Draws the dialog again, if one is open.
 *
 * @param shown false while nobody is signed in: it waits, with all that was typed, and comes back
 */
export function drawDialog(shown = true) {
  render(open ? open.view() : nothing, element());
  if (!open || shown !== waiting) return;
  waiting = !shown;
  if (shown) element().showModal();
  else element().close();
}

/** Leaves the dialog, if one is open. */
export function leaveDialog() {
  close(null);
}

function close(answer) {
  if (!open) return false;
  const { resolve } = open;
  open = null;
  waiting = false;
  if (element().open) element().close();
  resolve(answer);
  drawDialog();
  return true;
}

/**
 * Fetches what a form needs that is open already, and fills it in: slow answers must not leave a
 * press of a button without an effect, or open a dialog over whatever has come since.
 *
 * @param form gets loaded, once that is there, or unread and refetch, where it cannot be had
 */
export async function fill(form, fetching, filled = () => {}) {
  form.unread = null;
  form.refetch = () => fill(form, fetching, filled);
  update();
  try {
    filled(await fetching());
    form.loaded = true;
  } catch (error) {
    form.unread = error;
  }
  update();
  if (form.loaded) requestAnimationFrame(toFirstField);
}

/** The body of a form until it can be filled in. */
export function filling(form) {
  return form.unread ? problem(form.unread, form.refetch) : html`<p role="status">Loading</p>`;
}

// Where the keyboard would have been, had there been anything to wait for; not if it has been moved.
function toFirstField() {
  const dialog = element();
  const waits = document.activeElement === dialog || document.activeElement === document.body || document.activeElement?.closest("dialog .actions");
  if (open && dialog.open && waits) dialog.querySelector("input, select, textarea")?.focus();
}

/** The frame of a dialog that is a form. */
export function dialogForm({ title, body, submit, label, cancel, dismiss = "Cancel", danger = false, disabled = false, busy = false }) {
  const submitted = (event) => {
    event.preventDefault();
    if (!disabled && !busy) submit();
  };
  return html`<form method="dialog" @submit=${submitted}>
    <h2 id="dialog-title">${title}</h2>
    ${body}
    <p class="actions end">
      <button type="button" @click=${() => cancel()}>${dismiss}</button>
      <button class=${danger ? "danger" : "primary"} ?disabled=${disabled || busy}>${label}</button>
    </p>
  </form>`;
}

/** Asks a plain question. Resolves true or null. */
export function confirm({ title, text, label, dismiss, danger = false }) {
  return ask((closeWith) => dialogForm({
    title, label, danger, dismiss, body: html`<p>${text}</p>`, submit: () => closeWith(true), cancel: () => closeWith(null),
  }));
}

/**
 * Asks before records are deleted: the number and the account have to be read, and the number typed.
 * Resolves true or null.
 */
export function confirmDeletes({ deletes, account, details = nothing, label }) {
  const wanted = `delete ${deletes}`;
  let typed = "";
  const same = () => typed.trim().toLowerCase().replaceAll(",", "") === wanted;
  return ask((closeWith) => dialogForm({
    title: `Delete ${number(deletes)} ${deletes === 1 ? "record" : "records"} of ${account}?`,
    danger: true,
    label,
    disabled: !same(),
    submit: () => closeWith(true),
    cancel: () => closeWith(null),
    body: html`${details}
      <label class="field"><span>Type <kbd>${wanted}</kbd> to go on</span>
        <input type="text" autocomplete="off" spellcheck="false" @input=${(event) => {
          typed = event.target.value;
          update();
        }}></label>`,
  }));
}
