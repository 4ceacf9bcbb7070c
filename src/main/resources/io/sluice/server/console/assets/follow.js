// One job, followed live: what the API and its events say of it.
import { get } from "./api.js";
import { events } from "./events.js";
import { every, update } from "./screen.js";
import { now as time } from "./time.js";

const BURST = 300;
const POINTS = 600;
const LOOKING = 15000;
const AGAIN = 3000;
const LONGEST = 15000;
// A job that runs says something all the time, unless its stream has died without a word.
const SILENT = 30000;

/** True if nothing more happens by itself. */
export const isOver = (job) => job.state === "finished" || job.state === "cancelled";

/**
 * Follows a job from now on.
 *
 * @param changed is called with the job each time something is known anew
 */
export function follow(id, changed = () => {}) {
  const it = { id, job: null, error: null, lost: false, waitsFor: null, points: [] };
  let stream = null;
  let closed = false;
  let asked = 0;
  let taken = 0;
  let heard = Date.now();
  let cut = false;
  let unread = false;
  let again = null;
  let wait = AGAIN;

  it.load = async () => {
    clearTimeout(again);
    const turn = ++asked;
    try {
      const job = await get(`/v1/jobs/${encodeURIComponent(id)}`);
      // A slow answer may come after one to a later question.
      if (closed || turn < taken) return;
      took(job, turn);
    } catch (error) {
      if (closed || turn < taken) return;
      if (!it.job || error.status === 404) gone(error);
      else missed(error);
    }
    update();
  };

  /** Takes what an answer to something that was done says of the job. */
  it.took = (job) => took(job, ++asked);

  function took(job, turn) {
    const silent = stream && isSilent() && it.job && moved(it.job, job);
    taken = turn;
    heard = Date.now();
    unread = false;
    wait = AGAIN;
    it.job = job;
    it.error = null;
    it.waitsFor = job.waits_for ?? null;
    it.lost = cut;
    if (silent) listen(stream.after());
    if (!isOver(job) && !stream) listen();
    if (isOver(job)) end();
    changed(job);
    update();
  }

  // The clock goes on while the machine sleeps, and may be set back.
  const isSilent = () => Math.abs(Date.now() - heard) > SILENT;

  // What is on screen may not be so any more: that is said, and it is asked for again.
  function missed(error) {
    unread = true;
    it.lost = true;
    clearTimeout(again);
    // A hidden or signed-out page does not ask: the next check of silent streams does.
    if (error.signedOut || document.hidden) return;
    again = setTimeout(it.load, wait);
    wait = Math.min(2 * wait, LONGEST);
  }

  function gone(error) {
    it.job = null;
    it.error = error;
    end();
  }

  // A job that has ended has no events, but somebody may resume it.
  const looking = every(LOOKING, () => it.job && (isOver(it.job) ? it.job.can?.includes("resume") : isSilent()) && it.load());

  it.stop = () => {
    closed = true;
    clearTimeout(again);
    looking();
    end();
  };

  function end() {
    stream?.stop();
    stream = null;
    cut = false;
    it.lost = unread;
  }

  function listen(after = 0) {
    stream?.stop();
    heard = Date.now();
    stream = events(id, { event: told, connection }, after);
  }

  function connection(lost) {
    heard = Date.now();
    // What was missed may be that the job has ended.
    if (cut || lost) it.load();
    cut = lost;
    it.lost = cut || unread;
    update();
  }

  function told(name, data) {
    heard = Date.now();
    if (name === "progress" && data && it.job) {
      it.job.progress = data;
      it.job.counts = data.counts ?? it.job.counts;
      sample(it, data);
      changed(it.job);
      update();
    } else if (name === "state") {
      it.waitsFor = data.waits_for ?? null;
      it.load();
    } else if (name === "done") {
      stream = null;
      it.load();
    }
  }

  it.load();
  return it;
}

const moved = (before, now) => before.state !== now.state || JSON.stringify(before.progress) !== JSON.stringify(now.progress);

// Events that were missed arrive in a burst; each burst counts as one moment.
function sample(it, progress) {
  const now = performance.now();
  const last = it.points.at(-1);
  const next = { at: time(), mono: now, rate: progress.rows_per_second ?? null, quota: progress.quota?.remaining ?? null };
  if (last && now - last.mono < BURST) it.points[it.points.length - 1] = next;
  else it.points.push(next);
  if (it.points.length > POINTS) it.points = it.points.filter((ignored, index) => index % 2 === 0);
}
