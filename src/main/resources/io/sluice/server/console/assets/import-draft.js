// An import that is being prepared. Kept in the tab's own storage, so that a reload loses nothing.
import { get, post, Problem, upload } from "./api.js";
import { effective } from "./options.js";
import { size } from "./format.js";
import { settled, update } from "./screen.js";
import { problem } from "./ui.js";

const KEPT = "sluice.import-2";
const FIELDS = ["profile", "resource", "upload", "reading", "options", "planJob", "planOf", "again", "jobMapping", "pasted", "unsent", "absent"];

export class Draft {
  constructor(query) {
    this.reset();
    Object.assign(this, kept());
    this.pasting = Boolean(this.pasted);
    if (query.profile) this.profile = query.profile;
    if (query.resource && query.resource !== this.resource) Object.assign(this, { resource: query.resource, reading: {}, planJob: null });
    this.left = false;
    this.previewSoon = settled(() => this.loadPreview());
    this.keepSoon = settled(() => this.change({}));
  }

  reset() {
    Object.assign(this, {
      profile: null, resource: null, upload: null, reading: {}, options: { mode: "upsert" }, planJob: null, planOf: null, again: false, jobMapping: null, gone: [], pasted: "", pasting: false, unsent: null, unresumed: false, absent: null, unkept: false,
      preview: null, previewError: null, previewing: false, detected: null, sending: null, sendError: null, profiles: [], resources: [], turn: 0,
    });
  }

  /** Takes note of the accounts and resources that there are. */
  know(profiles, resources) {
    this.profiles = profiles;
    this.resources = resources;
    const usable = profiles.filter((profile) => !profile.problem);
    // Where another account was meant, the only one that there is is not put in its place.
    const meant = this.profile ?? this.absent;
    const there = profiles.some((profile) => profile.name === meant);
    this.absent = there ? null : meant;
    this.profile = there ? meant : !meant && usable.length === 1 ? usable[0].name : null;
    if (!resources.some((resource) => resource.slug === this.resource)) this.resource = null;
  }

  /** Takes up what was there before a reload. */
  async resume() {
    if (!this.upload) {
      if (this.unsent) this.sendError = new Problem({ title: "The file was not sent", detail: `This page was left before all of ${this.unsent} had been sent.`, hint: "Choose it again." });
      this.change({ unsent: null });
      return;
    }
    Object.assign(this, { sendError: null, unresumed: false });
    update();
    try {
      this.upload = await get(`/v1/uploads/${encodeURIComponent(this.upload.id)}`);
      await this.loadPreview();
    } catch (error) {
      if (error.status !== 404) Object.assign(this, { sendError: error, unresumed: true });
      else {
        this.sendError = new Problem({ title: "The file is not here any more", detail: `The service no longer has ${this.upload.name ?? "the file of this import"}.`, hint: "Choose it again. Your other choices are kept." });
        this.change({ upload: null });
      }
    }
    update();
  }

  /** The step of that name, or the last one before it that can be shown. */
  reachable(name) {
    if (!this.upload || !this.profile || !this.resource || name === "file") return "file";
    return name === "plan" && this.sound() ? "plan" : "check";
  }

  /** True if the file can be planned as it is. */
  sound() {
    const counts = this.preview?.counts;
    return Boolean(counts) && !this.previewError && !this.preview.problem && counts.rows > 0 && (counts.invalid === 0 || (Boolean(this.reading.skip_invalid) && counts.invalid < counts.rows));
  }

  /** Changes some of it, and keeps it. */
  change(values) {
    Object.assign(this, values);
    this.keep();
    update();
  }

  /** Keeps it for a reload; what is left is kept no more, since another may have been begun. */
  keep() {
    if (this.left) return;
    this.unkept = !keep(this);
  }

  /** Changes how rows are read, and reads them again. */
  read(values) {
    // What was read before says nothing of what is chosen now: nothing goes on with it.
    this.previewing = Boolean(this.upload && this.resource);
    this.change({ reading: { ...this.reading, ...values } });
    this.previewSoon();
  }

  /** Changes how the file is written; its columns are found again, and mean what they meant to the job that is corrected. */
  readFile(values) {
    const cells = (values.format ?? this.reading.format ?? "csv") === "csv" ? {} : { header: null, header_line: null, delimiter: null, quote: null };
    this.gone = [];
    this.read({ ...values, ...cells, mapping: this.jobMapping });
  }

  /** Changes what kind of records it is; what columns mean has to be found anew. */
  choose(resource) {
    const { format, encoding, delimiter, quote, header, header_line } = this.reading;
    this.change({ resource, reading: { format, encoding, delimiter, quote, header, header_line }, jobMapping: null, gone: [], preview: null, previewError: null });
    this.loadPreview();
  }

  /** Shows what went wrong with the file, with another try where that may help. */
  fileProblem() {
    return problem(this.sendError, this.unresumed ? () => this.resume() : null);
  }

  /** Says why a file is not sent; one that is on its way goes on. */
  refuse(title, detail) {
    this.sendError = new Problem({ title, detail });
    update();
  }

  /** Says that a file is larger than the service takes. */
  tooLarge(file, limit) {
    this.refuse("The file is too large", `${file.name} has ${size(file.size)}; this service takes up to ${size(limit)}.`);
  }

  /** Sends a file. */
  async send(blob, name) {
    this.stopSending();
    const sending = { name, sent: 0, total: blob.size, abort: null };
    const { done, abort } = upload(blob, name, (sent, total) => {
      Object.assign(sending, { sent, total });
      update();
    });
    sending.abort = abort;
    Object.assign(this, { sending, sendError: null, unresumed: false, preview: null, previewError: null });
    this.change({ upload: null, unsent: name, reading: this.again ? corrected({ ...this.reading, mapping: { ...this.jobMapping, ...this.reading.mapping } }) : {}, gone: [], planJob: null, detected: null });
    try {
      const sent = await done;
      if (this.sending === sending) {
        Object.assign(this, { sending: null, sendError: null });
        this.change({ upload: sent, unsent: null });
        await this.loadPreview();
      }
    } catch (error) {
      if (this.sending === sending) {
        Object.assign(this, { sending: null, sendError: error });
        this.change({ unsent: null });
      }
    }
    update();
  }

  /** Reads the file as if no job had been before. */
  readAfresh() {
    this.change({ again: false, jobMapping: null, gone: [], reading: {} });
    this.loadPreview();
  }

  stopSending() {
    this.sending?.abort();
    this.sending = null;
    if (this.unsent) this.change({ unsent: null });
  }

  /** Has the file read, as it is said. */
  async loadPreview() {
    if (!this.upload || !this.resource) return;
    const turn = ++this.turn;
    this.previewing = true;
    update();
    try {
      const preview = await post("/v1/previews", { upload: this.upload.id, resource: this.resource, reading: this.howToRead() });
      if (turn === this.turn) this.took(preview);
    } catch (error) {
      if (turn === this.turn) this.previewError = error;
    }
    if (turn === this.turn) this.previewing = false;
    update();
  }

  // A job does not detect anything: what the preview has found is what the job is asked for.
  took(preview) {
    if (this.again && this.forgetsGone(preview)) return;
    const { format, encoding } = this.reading;
    if (!format || !encoding) this.detected = { format: preview.format, encoding: preview.encoding };
    Object.assign(this, { preview, previewError: null });
    this.change({ reading: { ...this.reading, format: format ?? preview.format, encoding: encoding ?? preview.encoding } });
  }

  // A corrected file may lack columns of the job's own file; a mapping of those would be refused.
  forgetsGone(preview) {
    // Below a title there are other columns than it seems.
    if (preview.title) return false;
    const there = new Set(preview.columns.flatMap((column) => [column.name, column.key]));
    const mapping = Object.entries(this.reading.mapping ?? {});
    const gone = mapping.map(([column]) => column).filter((column) => !there.has(column));
    if (!preview.problem || !preview.columns.length || !gone.length) return false;
    this.gone = gone;
    this.read({ mapping: Object.fromEntries(mapping.filter(([column]) => there.has(column))) });
    return true;
  }

  howToRead() {
    return { skip_invalid: false, ...this.reading };
  }

  /** What the job is to do. */
  spec(dryRun) {
    return {
      kind: "import", profile: this.profile, resource: this.resource, upload: this.upload.id, reading: this.howToRead(),
      options: { ...effective(this.options, [this.resource]), dry_run: dryRun },
    };
  }

  /** Forgets all of it. */
  clear() {
    this.stopSending();
    const { profiles, resources } = this;
    this.reset();
    this.know(profiles, resources);
    sessionStorage.removeItem(KEPT);
    update();
  }

  /** Leaves it; a file that is on its way is not sent to its end, which is said when somebody comes back. */
  close() {
    this.sending?.abort();
    this.sending = null;
    this.keep();
    this.left = true;
    this.turn += 1;
  }
}

// What a job was told of its columns holds for its failed rows, too; how its file was written does not.
function corrected({ mapping, fixed, normalize, validation, skip_invalid, duplicates, header }) {
  return { mapping, fixed, normalize, validation, skip_invalid: Boolean(skip_invalid), duplicates, ...(header === true ? { header } : {}) };
}

/** Makes an import of corrected rows of a job: read and done as the job was. */
export function takeUpCorrected({ profile, resource, reading, options }) {
  // A mirror of some rows would delete all others.
  const mode = options?.mode === "mirror" ? "upsert" : options?.mode ?? "upsert";
  const { dry_run: ignored, ...rest } = options ?? {};
  const draft = { profile, resource, upload: null, reading: corrected(reading ?? {}), jobMapping: reading?.mapping ?? null, options: { ...rest, mode }, again: true };
  sessionStorage.setItem(KEPT, JSON.stringify({ ...draft, planJob: null, planOf: null }));
}

/** Makes what a job was asked for the import that is being prepared. */
export function takeUp({ profile, resource, upload, reading, options }) {
  const { dry_run: ignored, ...rest } = options ?? {};
  const draft = { profile, resource, upload: { id: upload }, reading: reading ?? {}, options: { ...rest, mode: rest.mode ?? "upsert" } };
  sessionStorage.setItem(KEPT, JSON.stringify({ ...draft, planJob: null, planOf: null }));
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
}

// Says true if all of it is kept.
function keep(draft) {
  const values = Object.fromEntries(FIELDS.map((name) => [name, draft[name]]));
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(values));
    return true;
  } catch {
    // A tab's storage has little room: pasted rows may be more than that.
  }
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ ...values, pasted: "" }));
  } catch {
    // Then nothing is kept, which is said.
  }
  return false;
}
