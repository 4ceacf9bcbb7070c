// One job, followed live: what the API says of it, and what the browser works out from the events.
import { get } from "./api.js";
import { events } from "./events.js";
import { held } from "./job-words.js";
import { update } from "./screen.js";

const WINDOW = 15000;
const BURST = 300;
const POINTS = 600;

/** True if nothing more happens by itself. */
export const isOver = (job) => job.state === "finished" || job.state === "cancelled";

/**
 * Follows a job from now on.
 *
 * @param changed is called with the job each time something is known anew
 */
export function follow(id, changed = () => {}) {
  const it = { id, job: null, error: null, lost: false, waitsFor: null, samples: [], points: [], rate: null };
  let stream = null;
  let closed = false;

  it.load = async () => {
    try {
      const job = await get(`/v1/jobs/${encodeURIComponent(id)}`);
      if (closed) return;
      it.took(job);
    } catch (error) {
      if (!it.job) it.error = error;
    }
    update();
  };

  it.took = (job) => {
    it.job = job;
    it.error = null;
    it.waitsFor = job.waits_for ?? null;
    if (!isOver(job) && job.state !== "paused" && !stream) listen();
    if (isOver(job)) end();
    changed(job);
    update();
  };

  it.stop = () => {
    closed = true;
    end();
  };

  function end() {
    stream?.stop();
    stream = null;
    it.lost = false;
  }

  function listen() {
    stream = events(id, { event: told, connection });
  }

  function connection(lost) {
    // What was missed may be that the job has ended.
    if (it.lost || lost) it.load();
    it.lost = lost;
    update();
  }

  function told(name, data) {
    if (name === "progress" && data && it.job) {
      it.job.progress = data;
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

/** How many rows have an outcome. */
export function settledRows(progress) {
  return Object.values(progress.counts ?? {}).reduce((sum, count) => sum + count, 0);
}

// Events that were missed arrive in a burst; each burst counts as one moment.
function sample(it, progress) {
  const now = performance.now();
  const done = progress.done;
  const last = it.samples.at(-1);
  const another = last && (last.phase !== progress.phase || last.resource !== progress.resource || done < last.done);
  if (another) it.samples = [];
  else if (last && now - last.at < BURST) it.samples.pop();
  it.samples.push({ at: now, done, phase: progress.phase, resource: progress.resource });
  while (it.samples.length > 2 && now - it.samples[0].at > WINDOW) it.samples.shift();
  const first = it.samples[0];
  const span = now - first.at;
  it.rate = span > 900 ? ((done - first.done) * 1000) / span : null;
  point(it, now, progress);
}

function point(it, now, progress) {
  const quota = progress.quota?.remaining ?? null;
  const last = it.points.at(-1);
  const next = { at: Date.now(), mono: now, rate: it.rate, quota };
  if (last && now - last.mono < BURST) it.points[it.points.length - 1] = next;
  else it.points.push(next);
  if (it.points.length > POINTS) it.points = it.points.filter((ignored, index) => index % 2 === 0);
}

/** Seconds until this phase is over at the present speed; null if nobody can tell. */
export function eta(it) {
  const progress = it.job?.progress;
  if (!progress?.total || !it.rate || it.job.state !== "running" || held(it.job)) return null;
  return (progress.total - progress.done) / it.rate;
}
