// A job's events, followed until it ends. A lost stream is taken up again where it stopped.

const NAMES = ["state", "progress", "row", "throttled", "done"];
const SHORTEST = 1000;
const LONGEST = 15000;
const PUZZLED = 4;

/**
 * Follows a job's events.
 *
 * @param listener has event(name, data) and connection(lost)
 * @param after the number of the last event that is known
 * @returns stop(), which ends it, and after(), the number of the last event
 */
export function events(jobId, listener, after = 0) {
  let source = null;
  let last = after;
  let wait = SHORTEST;
  let timer = null;
  let failed = 0;
  let ended = false;

  function open() {
    // A service whose database was put back does not know the last event, and a browser does not show that it says so.
    const from = failed > PUZZLED && failed % 2 ? 0 : last;
    source = new EventSource(`/v1/jobs/${encodeURIComponent(jobId)}/events${from ? `?after=${from}` : ""}`);
    source.onopen = () => {
      failed = 0;
      wait = SHORTEST;
      listener.connection(false);
    };
    source.onerror = lost;
    for (const name of NAMES) {
      source.addEventListener(name, (event) => {
        if (event.lastEventId) last = event.lastEventId;
        if (name === "done") stop();
        listener.event(name, event.data ? JSON.parse(event.data) : {});
      });
    }
  }

  // The browser's own attempts are given up for ours, which also go on after an answer like 503.
  function lost() {
    if (ended) return;
    source.close();
    failed += 1;
    listener.connection(true);
    timer = setTimeout(open, wait);
    wait = Math.min(wait * 2, LONGEST);
  }

  function stop() {
    ended = true;
    clearTimeout(timer);
    source?.close();
  }

  open();
  return { stop, after: () => last };
}
