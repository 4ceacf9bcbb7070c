// The address: what it says, how it is changed, and who is told of that.

let changed = () => {};

/** Begins: the listener is told of every change of address, with whether only the query changed. */
export function startRouter(listener) {
  changed = listener;
  let path = location.pathname;
  addEventListener("popstate", () => {
    const same = location.pathname === path;
    path = location.pathname;
    changed(same);
  });
  document.addEventListener("click", follow);
  addEventListener("sluice:navigated", () => {
    path = location.pathname;
  });
}

/** What the address asks for after the question mark, by name. */
export function query() {
  return Object.fromEntries(new URLSearchParams(location.search));
}

/** Goes to another page. */
export function go(address) {
  history.pushState(null, "", address);
  dispatchEvent(new Event("sluice:navigated"));
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
