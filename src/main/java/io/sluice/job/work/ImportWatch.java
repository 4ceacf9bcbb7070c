package io.sluice.job.work;

import io.sluice.catalog.Resource;
import io.sluice.pipeline.ChangeJson;
import io.sluice.pipeline.imports.ImportListener;
import io.sluice.pipeline.imports.PlanSummary;
import io.sluice.plan.Step;
import io.sluice.report.RowResult;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Tells a job's progress how one import goes on, and keeps what a rehearsal would change. */
final class ImportWatch implements ImportListener {
  /** The phase in which changes are made. */
  static final String APPLYING = "applying";

  private final ProgressLog progress;
  private final Resource resource;
  private final @Nullable ChangeFile changes;
  private volatile long planned;
  private long done;

  /**
   * @param changes where planned changes are kept; null where they are not
   */
  ImportWatch(ProgressLog progress, Resource resource, @Nullable ChangeFile changes) {
    this.progress = progress;
    this.resource = resource;
    this.changes = changes;
  }

  @Override
  public void checking(long rows) {
    progress.at("checking", resource, rows, null);
  }

  @Override
  public void reading(long records, @Nullable Long total) {
    progress.at("reading the account", resource, records, total);
  }

  @Override
  public void planning(long rows) {
    progress.at("planning", resource, rows, null);
  }

  @Override
  public void planned(long row, long line, String key, Step step) {
    if (changes != null) {
      changes.add(ChangeJson.of(line, key, step).put("resource", resource.slug()));
    }
  }

  @Override
  public void plan(PlanSummary plan) {
    planned = plan.total();
    progress.planned(plan::requestsFor);
  }

  @Override
  public void saving() {
    progress.at("saving what is there", resource, 0, null);
  }

  @Override
  public void saved(Path snapshot) {
    progress.at("saved what is there", resource, 0, null);
  }

  @Override
  public synchronized void applying() {
    progress.at(APPLYING, resource, done, planned);
  }

  @Override
  public synchronized void row(RowResult result) {
    progress.row(result);
    if (result.attempts() > 0) {
      done++;
    }
    progress.at(APPLYING, resource, done, planned);
  }

  @Override
  public void kept(RowResult result) {
    progress.kept(result);
  }

  @Override
  public void reporting() {
    progress.at("writing the results", resource, 0, null);
  }
}
