// Requests that make something, each carried out once: their keys, until they are answered.
import { post } from "./api.js";

const UNANSWERED = "sluice.unanswered";
// After that, the same request is a new one.
const SAME_REQUEST = 10 * 60 * 1000;

let unanswered = null;

// Kept with the tab: who asks again after a reload soon means the same thing, too.
function keyOf(wanted) {
  if (!unanswered) {
    try {
      unanswered = JSON.parse(sessionStorage.getItem(UNANSWERED)) ?? {};
    } catch {
      unanswered = {};
    }
  }
  for (const [request, { at }] of Object.entries(unanswered)) {
    if (!(Math.abs(Date.now() - at) < SAME_REQUEST)) delete unanswered[request];
  }
  return unanswered[wanted]?.key;
}

function keepKey(wanted, key) {
  if (key) unanswered[wanted] = { key, at: Date.now() };
  else delete unanswered[wanted];
  try {
    sessionStorage.setItem(UNANSWERED, JSON.stringify(unanswered));
  } catch {
    // A tab's storage may be full; then it is kept until a reload.
  }
}

/** Asks for a job, once. */
export const submitJob = (spec) => once("/v1/jobs", spec);

/**
 * Asks for something that is made. Asked again after an answer was lost, it is the same thing:
 * nothing is made twice.
 */
export async function once(path, body) {
  const wanted = `${path} ${JSON.stringify(body)}`;
  const key = keyOf(wanted) ?? randomKey();
  keepKey(wanted, key);
  try {
    const made = await post(path, body, { headers: { "Idempotency-Key": key } });
    keepKey(wanted, null);
    return made;
  } catch (error) {
    // After an error of the service it may have been made.
    if (error.status && error.status < 500) keepKey(wanted, null);
    throw error;
  }
}

/** A name for one thing that is wanted once. */
function randomKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
