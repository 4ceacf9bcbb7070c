// The address: what it says, how it is changed, and who is told of that.

let changed = () => {};
let here = null;

const present = () => location.pathname + location.search;

/** Begins: the listener is told of every change of address, with whether only the query changed. */
export function startRouter(listener) {
  changed = listener;
  here = present();
  addEventListener("popstate", () => {
    const before = here;
    here = present();
    // A place within the page, such as the one that the skip link names, is no other page.
    if (here !== before) changed(location.pathname === before.split("?", 1)[0]);
  });
  document.addEventListener("click", follow);
}

/** What the address asks for after the question mark, by name. */
export function query() {
  return Object.fromEntries(new URLSearchParams(location.search));
}

/** Goes to another page. */
export function go(address) {
  history.pushState(null, "", address);
  here = present();
  changed(false);
}

/** Writes what is on screen into the address, without going anywhere. Empty values are left out. */
export function note(values, { push = false } = {}) {
  const all = { ...query(), ...values };
  const given = Object.entries(all).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const search = new URLSearchParams(given).toString();
  const address = location.pathname + (search ? `?${search}` : "");
  if (push) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  here = present();
}

function follow(event) {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const link = event.target.closest?.("a[href]");
  if (!plain || event.defaultPrevented || !link || link.target || link.hasAttribute("download")) return;
  const address = new URL(link.href);
  const ours = address.origin === location.origin && !address.pathname.startsWith("/v1/");
  if (!ours || (address.hash && address.pathname === location.pathname)) return;
  event.preventDefault();
  go(address.pathname + address.search);
}
