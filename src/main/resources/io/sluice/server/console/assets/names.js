// The names that people know accounts by: those of the profiles.
import { get } from "./api.js";
import { update } from "./screen.js";

let names = new Map();
let asked = false;

/** The name of the account with that id; a short form of the id while there is none. */
export function nameOf(account) {
  if (!asked) {
    asked = true;
    get("/v1/profiles").then(({ items }) => {
      const found = new Map();
      for (const { account: id, name } of items) if (id) found.set(id, found.has(id) ? `${found.get(id)}, ${name}` : name);
      names = found;
      update();
    }, () => {
      asked = false;
    });
  }
  return names.get(account) ?? shortId(account);
}

/** An account's id, short enough to stand beside a name; both ends, since ids may begin alike. */
export const shortId = (account) => (account.length > 12 ? `${account.slice(0, 4)}…${account.slice(-4)}` : account);
