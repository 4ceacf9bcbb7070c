package io.sluice.server.http;

import io.netty.handler.timeout.ReadTimeoutException;
import io.sluice.config.UsageException;
import io.sluice.disk.DirectoryInUseException;
import io.sluice.format.InputException;
import io.sluice.format.OptionNames;
import io.sluice.job.JobRefusedException;
import io.sluice.job.store.Database;
import io.sluice.pipeline.Diagnosis;
import io.sluice.pipeline.Failure;
import io.sluice.report.ExitCode;
import io.sluice.snapshot.DamagedSnapshotException;
import io.sluice.snapshot.NotASnapshotException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import reactor.netty.channel.AbortedException;

/** Turns whatever ended the handling of a request into an answer that says what to do. */
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  /** The answer for an error. An unexpected one is logged, and answered as such. */
  public static Problem of(Throwable thrown, String requestId) {
    Throwable error = Exceptions.unwrap(thrown);
    if (error instanceof UncheckedIOException && error.getCause() instanceof IOException io) {
      error = io;
    }
    if (error instanceof ProblemException known) {
      return known.problem();
    } else if (error instanceof ReadTimeoutException) {
      return Problem.of(408, "too_slow", "nothing came for too long").with("Connection", "close");
    } else if (error instanceof ClosedChannelException
        || error instanceof AbortedException
        || AbortedException.isConnectionReset(error)) {
      return Problem.of(400, "broken_off", "the request did not come to its end")
          .with("Connection", "close");
    } else if (error instanceof JobRefusedException refused) {
      return refused(refused);
    } else if (error instanceof UsageException usage) {
      return Problem.of(422, "usage", text(usage), usage.hint());
    } else if (error instanceof InputException input) {
      return Problem.of(422, "unreadable_input", text(input));
    } else if (error instanceof DirectoryInUseException) {
      return Problem.of(409, "in_use", "a job is at work there; try again when it has ended");
    } else if (error instanceof DamagedSnapshotException
        || error instanceof NotASnapshotException) {
      return Problem.of(409, "damaged_snapshot", "the snapshot is not as it was written");
    } else if (Database.isAway(error)) {
      // The outage has its own line in the log.
      return Problem.of(503, "database", "the database is away for now; try again")
          .with("Retry-After", "5");
    } else if (error instanceof JdbiException) {
      LOG.warn("request {}: the database failed", requestId, error);
      return Problem.of(503, "database", "the database does not answer as it should")
          .with("Retry-After", "5");
    }
    return diagnosed(error, requestId);
  }

  private static Problem refused(JobRefusedException refused) {
    int status =
        switch (refused.code()) {
          case "no_such_job", "no_such_target" -> 404;
          case "made_and_removed" -> 410;
          case "idempotency_key_reused" -> 422;
          default -> 409;
        };
    return Problem.of(status, refused.code(), text(refused));
  }

  private static Problem diagnosed(Throwable error, String requestId) {
    Failure failure = Diagnosis.of(error, OptionNames.API);
    if (failure.code().equals("disk_full")) {
      return Problem.of(507, "disk_full", "the service's disk is full");
    } else if (failure.exit() == ExitCode.GAVE_UP || failure.exit() == ExitCode.NOT_PERMITTED) {
      return Problem.of(502, failure.code(), failure.message(), failure.hint());
    }
    LOG.error("request {} failed", requestId, error);
    return Problem.of(
        500,
        "unexpected",
        "something went wrong; the service's log has more under request " + requestId);
  }

  private static String text(Throwable error) {
    return String.valueOf(error.getMessage());
  }
}
