// How many kinds of records there are: the service says it.
import { get } from "./api.js";
import { update } from "./screen.js";

let known = null;
let asked = false;

/** The number of kinds; null while it is not known yet. */
export function kindsInAll() {
  if (!asked) {
    asked = true;
    get("/v1/resources").then(({ items }) => {
      known = items.length;
      update();
    }, () => {
      asked = false;
    });
  }
  return known;
}

/** What a job is asked for: nothing is named where all kinds are meant, so that an account that lacks one is no error. */
export const named = (chosen, all) => (chosen.length === all.length ? null : chosen);
