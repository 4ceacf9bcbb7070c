// Talks to the HTTP API. Whatever goes wrong arrives as a Problem, in the words of the API.
import { serviceSays } from "./time.js";

const session = { csrf: null, turn: 0, onLost: () => {}, onChanged: async () => {} };

/** What the API says about a call that did not work, or what there is to say instead. */
export class Problem extends Error {
  constructor({ status = 0, title, detail, code, hint, request_id: requestId }) {
    super(detail || title || "The call did not work.");
    Object.assign(this, { status, title, detail, code, hint, requestId });
  }
}

/** Sets the token that goes with every call that writes. */
export function useCsrf(token) {
  if (token && token !== session.csrf) session.turn += 1;
  session.csrf = token ?? null;
}

/** Sets what happens when the API no longer knows the session. */
export function onSessionLost(listener) {
  session.onLost = listener;
}

/** Sets what finds out who is signed in, when another tab may have changed that. */
export function onSessionChanged(listener) {
  session.onChanged = listener;
}

export const get = (path, query, signal) => call("GET", path, { query, signal });
export const post = (path, body, options) => call("POST", path, { body, ...options });
export const put = (path, body) => call("PUT", path, { body });
export const remove = (path) => call("DELETE", path, {});

/** Everything of a list that comes in pages, up to a limit. */
export async function all(path, query = {}, limit = 1000) {
  const items = [];
  let next = null;
  do {
    const page = await get(path, next ? { ...query, after: next } : query);
    items.push(...page.items);
    next = page.next ?? null;
  } while (next && items.length < limit);
  return items;
}

/**
 * Sends a file and tells how far it is.
 *
 * @param progress is called with (bytes sent, bytes in all)
 * @returns {{done: Promise<object>, abort: () => void}}
 */
export function upload(blob, name, progress) {
  let request = null;
  const done = new Promise((resolve, reject) => send(resolve, reject, false));
  return { done, abort: () => request.abort() };

  function send(resolve, reject, again) {
    request = new XMLHttpRequest();
    const turn = session.turn;
    request.open("POST", `/v1/uploads?name=${encodeURIComponent(name)}`);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    if (session.csrf) request.setRequestHeader("X-CSRF-Token", session.csrf);
    request.upload.onprogress = (event) => progress(event.loaded, event.total);
    request.onload = () => {
      const requestId = request.getResponseHeader("X-Request-Id");
      const answer = parsed(request.responseText);
      if (request.status < 300 && answer) resolve(answer);
      else if (signedInElsewhere(request.status, answer) && !again) session.onChanged().then(() => send(resolve, reject, true));
      else reject(refused(request.status, answer, requestId, turn));
    };
    // A browser does not say whose fault it was: the network's, or the file's.
    request.onerror = () => readable(blob).then((there) => reject(there ? unreachable() : unreadable(name)));
    request.onabort = () => reject(new DOMException("Stopped.", "AbortError"));
    request.send(blob);
  }
}

async function call(method, path, { query, body, headers = {}, signal, again = false }) {
  const address = query ? `${path}?${search(query)}` : path;
  const sent = { Accept: "application/json", ...headers };
  if (body !== undefined) sent["Content-Type"] = "application/json";
  if (method !== "GET" && session.csrf) sent["X-CSRF-Token"] = session.csrf;
  const turn = session.turn;
  let response;
  let text;
  try {
    response = await fetch(address, {
      method,
      headers: sent,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      signal,
    });
    serviceSays(response.headers.get("Date"));
    text = await response.text();
  } catch (error) {
    throw error.name === "AbortError" ? error : unreachable();
  }
  const answer = parsed(text);
  if (response.ok) return answer;
  // Nothing was done: with the token of the new session the same person can do it.
  if (signedInElsewhere(response.status, answer) && !again) {
    await session.onChanged();
    return call(method, path, { query, body, headers, signal, again: true });
  }
  throw refused(response.status, answer, response.headers.get("X-Request-Id"), turn);
}

// A token belongs to one session; another tab has ended that one and begun another.
const signedInElsewhere = (status, answer) => status === 403 && answer?.code === "csrf";

function refused(status, answer, requestId, turn) {
  const problem = new Problem({
    title: `The service answered ${status}.`,
    request_id: requestId,
    ...(answer ?? {}),
    status,
  });
  if (status === 401) {
    problem.signedOut = true;
    // A late answer to what was asked before somebody signed in again does not end the new session.
    if (turn === session.turn) session.onLost();
  }
  return problem;
}

function unreachable() {
  return new Problem({
    code: "unreachable",
    title: "The service cannot be reached",
    detail: "The service does not answer. It may be restarting, or the network may be down.",
    hint: "Jobs that run go on without this page.",
  });
}

const readable = (blob) => blob.slice(0, 1).arrayBuffer().then(() => true, () => false);

function unreadable(name) {
  return new Problem({
    code: "file_changed",
    title: "The file cannot be read",
    detail: `${name} was changed, moved or removed after it had been chosen. Nothing of it was kept.`,
    hint: "Choose it again.",
  });
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

function search(query) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}
