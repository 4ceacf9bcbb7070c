package io.sluice.pipeline;

import io.sluice.catalog.Resource;
import io.sluice.format.InputFault;
import io.sluice.pipeline.compare.Difference;
import io.sluice.pipeline.compare.ResourceDiff;
import io.sluice.pipeline.compare.Side;
import io.sluice.pipeline.imports.PlanSummary;
import io.sluice.pipeline.imports.input.Rewritten;
import io.sluice.pipeline.insight.history.Change;
import io.sluice.pipeline.insight.lint.PlanFindings;
import io.sluice.plan.Step;
import io.sluice.report.RowResult;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Unavailable;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens in a run, for its observers: a display, a job's progress, a test. Events
 * go to one consumer, from whichever thread is at work; it must not block long, and passes over
 * what it does not care for.
 */
public sealed interface RunEvent {

  /** What a run is doing. */
  enum Phase {
    /** Rows are read and validated. */
    CHECKING("checking"),
    /** The account's records are read, for a plan. */
    READING("reading the account"),
    /** Rows are compared with the account. */
    PLANNING("planning"),
    /** What the account holds is saved, since something is going to be deleted. */
    SAVING("saving what is there"),
    /** Changes are sent. */
    APPLYING("applying"),
    /** The results are written. */
    REPORTING("writing the results"),
    /** Records are read, for a snapshot or a file. */
    EXPORTING("reading"),
    /** Records are compared. */
    COMPARING("comparing");

    private final String label;

    Phase(String label) {
      this.label = label;
    }

    /** For people and for stored progress. */
    public String label() {
      return label;
    }
  }

  /**
   * How far a phase has come.
   *
   * @param done rows or records; 0 at first
   * @param total how many there will be, or null if that is not known
   */
  record Progress(Phase phase, Resource resource, long done, @Nullable Long total)
      implements RunEvent {}

  /** The way to an account is open; nothing has been sent. */
  record SessionOpened(AccountSession session) implements RunEvent {}

  /** The API answers nothing useful: calls wait. */
  record OutageBegan(Throwable cause) implements RunEvent {}

  /** It answers again. */
  record OutageEnded(Duration lasted) implements RunEvent {}

  /** The API says something to people beside its answers; no secret is in it. */
  record ApiMessage(String text) implements RunEvent {}

  /**
   * The account does not offer such records; the others are read.
   *
   * @param known true if the backup before found the same, so that it is no news
   */
  record KindUnavailable(Resource resource, Unavailable why, boolean known) implements RunEvent {}

  /** A list moved while it was read; it is read again. */
  record ListMoved(Resource resource, String why) implements RunEvent {}

  /**
   * All records of a kind are written.
   *
   * @param moved why they are not consistent, or null if they are
   */
  record Exported(Resource resource, ResourceEntry entry, @Nullable String moved)
      implements RunEvent {}

  /** Something is wrong with a row. */
  record FaultFound(Resource resource, long row, InputFault fault) implements RunEvent {}

  /** A row's pattern was written in another form, and the row is valid as far as is known. */
  record PatternRewritten(Resource resource, Rewritten row) implements RunEvent {}

  /** A row would change something; while the plan is made. */
  record ChangePlanned(Resource resource, long row, long line, String key, Step step)
      implements RunEvent {}

  /** A plan is made. */
  record PlanMade(Resource resource, PlanSummary plan) implements RunEvent {}

  /** The plan of a rehearsal was saved there, with that SHA-256. */
  record PlanSaved(Path file, String sha256) implements RunEvent {}

  /** Lint has looked at what a plan would write. */
  record PlanLinted(Resource resource, PlanFindings found) implements RunEvent {}

  /** What the account holds was saved there, since something is going to be deleted. */
  record SafetySaved(Path snapshot) implements RunEvent {}

  /**
   * A row has its outcome.
   *
   * @param earlier whether a process before this one noted it
   */
  record RowFinished(Resource resource, RowResult result, boolean earlier) implements RunEvent {}

  /** So many records of one side of a comparison have been read, of so many if that is known. */
  record SideRead(Resource resource, Side side, long records, @Nullable Long total)
      implements RunEvent {}

  /** Something differs. */
  record DifferenceFound(Difference difference) implements RunEvent {}

  /** All records of a kind are compared. */
  record KindCompared(ResourceDiff result) implements RunEvent {}

  /** A record is not in a later snapshot as it is in the one before. */
  record RecordChanged(Change change) implements RunEvent {}

  /**
   * What happened to one kind of records between two snapshots; each change was reported before.
   */
  record SnapshotsCompared(
      String from, String to, Resource resource, long created, long changed, long deleted)
      implements RunEvent {
    /** How many changes there are. */
    public long changes() {
      return created + changed + deleted;
    }
  }

  /** So many snapshots of so many are looked at. */
  record SnapshotReached(int snapshots, int all) implements RunEvent {}

  /** Something that should not be missed. */
  record Warning(String text) implements RunEvent {}

  /** A passing remark. */
  record Note(String text) implements RunEvent {}
}
