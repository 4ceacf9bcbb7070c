// One job, followed live: what the API and its events say of it.
import { get } from "./api.js";
import { events } from "./events.js";
import { every, update } from "./screen.js";

const BURST = 300;
const POINTS = 600;
const LOOKING = 15000;

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
    if (!isOver(job) && !stream) listen();
    if (isOver(job)) end();
    changed(job);
    update();
  };

  // A job that has ended has no events, but somebody may resume it.
  const looking = every(LOOKING, () => it.job && isOver(it.job) && it.job.can?.includes("resume") && it.load());

  it.stop = () => {
    closed = true;
    looking();
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

// Events that were missed arrive in a burst; each burst counts as one moment.
function sample(it, progress) {
  const now = performance.now();
  const last = it.points.at(-1);
  const next = { at: Date.now(), mono: now, rate: progress.rows_per_second ?? null, quota: progress.quota?.remaining ?? null };
  if (last && now - last.mono < BURST) it.points[it.points.length - 1] = next;
  else it.points.push(next);
  if (it.points.length > POINTS) it.points = it.points.filter((ignored, index) => index % 2 === 0);
}
