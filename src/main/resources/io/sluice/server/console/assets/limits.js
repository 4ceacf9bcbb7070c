// What the service takes: it says so itself, once for each visit.
import { get } from "./api.js";

let asked = null;

/** The limits; asked for again after an answer that did not come. */
export function limits() {
  asked ??= get("/v1/limits").catch((error) => {
    asked = null;
    throw error;
  });
  return asked;
}

/** How many characters a text of that kind may have; null where the service did not say. */
export const characters = (kind) => limits().then(({ text_characters: most }) => most[kind] ?? null, () => null);
