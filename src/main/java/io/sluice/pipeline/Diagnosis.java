package io.sluice.pipeline;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.transport.BodyBuffer.NotEnoughMemory;
import io.sluice.api.transport.FeedException;
import io.sluice.config.ProcessText;
import io.sluice.config.UsageException;
import io.sluice.disk.DirectoryInUseException;
import io.sluice.flow.retry.AttemptsSpentException;
import io.sluice.flow.retry.CallFailure;
import io.sluice.flow.retry.OutageException;
import io.sluice.format.InputException;
import io.sluice.report.ExitCode;
import io.sluice.report.ResultsUsedException;
import io.sluice.report.journal.JournalBrokenException;
import io.sluice.snapshot.DamagedSnapshotException;
import io.sluice.snapshot.NotASnapshotException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/** Turns whatever ended a run into words that one can act on, and into an exit code. */
public final class Diagnosis {
  private static final Set<Long> NO_SUCH_ACCOUNT = Set.of(7000L, 7003L);

  private static final String NOT_CLOSED = "Async resource cleanup failed";

  private Diagnosis() {}

  /** The meaning of the error. */
  public static Failure of(Throwable thrown) {
    if (Exceptions.isMultiple(thrown)) {
      return ofSeveral(thrown);
    }
    Throwable error = ofWork(Exceptions.unwrap(thrown));
    if (error.getCause() instanceof OutOfMemoryError full) {
      error = full;
    }
    if (error.getCause() instanceof IOException io && error instanceof UncheckedIOException) {
      error = io;
    }
    if (error instanceof InvalidPathException name) {
      error = ProcessText.unusableName(name.getInput(), name.getReason());
    }
    if (error instanceof OutOfMemoryError || error.getCause() instanceof NotEnoughMemory) {
      return Failure.of(
          ExitCode.UNEXPECTED, "out_of_memory", text(error), "give Java more with -Xmx");
    } else if (error instanceof UsageException usage) {
      return Failure.of(ExitCode.USAGE, "usage", text(usage), usage.hint());
    } else if (error instanceof StopSignal.StoppedException) {
      return Failure.of(ExitCode.INTERRUPTED, "interrupted", text(error), null);
    } else if (error instanceof ApiException api) {
      return ofAnswer(api);
    } else if (error instanceof UnavailableException lacking) {
      return answered(
          ExitCode.NOT_PERMITTED,
          "unavailable_kind",
          text(lacking),
          lacking.answer(),
          "the account's package may not include these records, or the token's role may not reach"
              + " them; leave them out of -r, or ask who manages the account");
    } else if (error instanceof OutageException || error instanceof AttemptsSpentException) {
      return ofOutage(error);
    } else if (error instanceof InputException input) {
      ExitCode exit = input.line() == 0 ? ExitCode.USAGE : ExitCode.REFUSED;
      return Failure.of(exit, "input", text(error), "nothing was sent");
    } else if (error instanceof FeedException feed) {
      return FeedDiagnosis.of(feed);
    } else if (error instanceof ClockSkewException) {
      return Failure.of(
          ExitCode.REFUSED,
          "clock_skew",
          text(error),
          "nothing was changed: by a wrong clock, records may expire too early or too late; set the clock");
    } else if (error instanceof DirectoryInUseException) {
      return Failure.of(
          ExitCode.USAGE,
          "directory_in_use",
          text(error),
          "wait until it has finished, or give another directory");
    } else if (error instanceof ResultsUsedException) {
      return Failure.of(ExitCode.USAGE, "results_used", text(error), null);
    } else if (error instanceof JournalBrokenException) {
      return Failure.of(
          ExitCode.USAGE,
          "journal_broken",
          text(error),
          "this run cannot be resumed; start a new one with another --results");
    } else if (error instanceof NotASnapshotException) {
      return Failure.of(
          ExitCode.VERIFICATION_FAILED,
          "not_a_snapshot",
          text(error),
          "give a directory that 'export --to' made, such as backups/2026-11-21T020000Z");
    } else if (error instanceof DamagedSnapshotException) {
      return Failure.of(
          ExitCode.VERIFICATION_FAILED,
          "damaged",
          text(error),
          "choose an older one, or another copy of it; 'sluice verify' checks each");
    } else if (error instanceof IOException io) {
      return ofFiles(io);
    }
    return Failure.of(
        ExitCode.UNEXPECTED,
        "unexpected",
        error.getClass().getSimpleName() + ": " + text(error),
        "this is a defect of Sluice; -v shows where it happened");
  }

  /**
   * Where Reactor's {@code usingWhen} could not close what was open, it signals an error of its own
   * around that one; what went wrong before says more.
   */
  private static Throwable ofWork(Throwable error) {
    String message = error.getMessage();
    Throwable unclosed = error.getCause();
    if (message == null || unclosed == null || !message.startsWith(NOT_CLOSED)) {
      return error;
    }
    boolean failedBefore = message.endsWith("onError") && error.getSuppressed().length > 0;
    return Exceptions.unwrap(failedBefore ? error.getSuppressed()[0] : unclosed);
  }

  /**
   * Calls that were under way together may fail together; one that can be acted on stands for all.
   */
  private static Failure ofSeveral(Throwable several) {
    List<Failure> failures =
        Exceptions.unwrapMultiple(several).stream().map(Diagnosis::of).toList();
    return failures.stream()
        .filter(failure -> failure.exit() != ExitCode.UNEXPECTED)
        .findFirst()
        .orElse(failures.get(0));
  }

  private static Failure ofAnswer(ApiException error) {
    int status = error.httpStatus();
    ObstacleAdvice advice = ObstacleAdvice.of(error);
    if (advice != null && error.kind().settled()) {
      return answered(advice.exit(), advice.code(), error, advice.hint());
    }
    if (!error.kind().settled()) {
      String hint = advice == null ? "try again later" : advice.hint();
      return answered(ExitCode.GAVE_UP, "unavailable", error, hint);
    }
    if (says(error, "subscription") && status == 403) {
      return answered(
          ExitCode.NOT_PERMITTED,
          "not_entitled",
          error,
          "this account has no Email Security; check the account id");
    }
    boolean unknownToken =
        status == 401
            || hasCode(error, ApiError.AUTHENTICATION)
            || says(error, "invalid access token");
    if (unknownToken) {
      boolean malformed = status == 400;
      return answered(
          ExitCode.NOT_PERMITTED,
          "not_authenticated",
          error,
          (malformed
                  ? "this does not have the form of a Cloudflare token: was it copied completely?"
                  : "the token is wrong, expired or revoked; the account id plays no part in this:")
              + " check CLOUDFLARE_API_TOKEN, --token-file or the profile"
              + (malformed ? "; a global API key goes with CLOUDFLARE_EMAIL instead" : ""));
    }
    if (hasCode(error, ApiError.NO_ACCESS)) {
      return answered(
          ExitCode.NOT_PERMITTED,
          "no_access",
          error,
          "check the account id first, then the token's accounts and permissions: Cloudflare answers"
              + " the same if the account does not exist, if the token does not reach it, if it lacks"
              + " 'Cloud Email Security: Read' (or 'Write' to change anything), and to some wrong"
              + " tokens");
    }
    if (status == 403) {
      return answered(
          ExitCode.NOT_PERMITTED,
          "not_permitted",
          error,
          "the token needs the permission 'Cloud Email Security: Read' for this account, and"
              + " 'Write' to change anything");
    }
    if (hasCode(error, NO_SUCH_ACCOUNT)) {
      return answered(
          ExitCode.NOT_PERMITTED,
          "not_found",
          error,
          "Cloudflare knows no account with this account id; it is 32 hex digits, shown in the"
              + " dashboard's address after dash.cloudflare.com/ (the token plays no part in this)");
    }
    if (status == 404) {
      return answered(
          ExitCode.NOT_PERMITTED,
          "not_found",
          error,
          "is the account id right, and does the token reach that account?");
    }
    String hint =
        error.ray() == null
            ? "is the base URL right, and is it Cloudflare that answers there?"
            : "asking again will not help; Cloudflare's support can look it up by its ray id";
    return answered(ExitCode.UNEXPECTED, "refused", error, hint);
  }

  private static Failure ofOutage(Throwable error) {
    Throwable cause = error.getCause();
    String hint = "try again later; --max-outage sets how long to wait";
    if (cause instanceof ApiException api && api.kind().settled()) {
      return ofAnswer(api);
    }
    ObstacleAdvice advice = cause instanceof ApiException api ? ObstacleAdvice.of(api) : null;
    if (advice != null) {
      hint = advice.hint();
    } else if (cause instanceof ApiException api && api.kind() == CallFailure.Kind.REFUSED) {
      hint = "is the base URL right, is the network up, does HTTPS_PROXY need to be set?";
    }
    String message = text(error);
    if (cause instanceof ApiException api) {
      return new Failure(ExitCode.GAVE_UP, "gave_up", message, hint, api.httpStatus(), api.ray());
    }
    return Failure.of(ExitCode.GAVE_UP, "gave_up", message, hint);
  }

  private static Failure ofFiles(IOException error) {
    String message = text(error);
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("disk quota exceeded")) {
      return Failure.of(
          ExitCode.UNEXPECTED,
          "disk_full",
          "the disk is full: " + message,
          "make room, or write to another disk; work files of commands that only read lie in "
              + ScratchDirectory.temporaryPlace()
              + " (JAVA_OPTS=-Djava.io.tmpdir=DIR moves them). Nothing half-written was kept where"
              + " Sluice writes files, and an import that had begun goes on with --resume");
    }
    if (error instanceof AccessDeniedException) {
      return Failure.of(
          ExitCode.UNEXPECTED,
          "access_denied",
          "not permitted by the file system: " + message,
          "check who owns the directory; Sluice writes as the user it runs as");
    }
    if (error instanceof NoSuchFileException missing) {
      return Failure.of(
          ExitCode.USAGE,
          "no_such_file",
          "there is no " + missing.getFile(),
          "is it spelled right?");
    }
    String what = error instanceof FileSystemException ? "the file system says: " : "";
    return Failure.of(ExitCode.UNEXPECTED, "io", what + message, "-v shows where it happened");
  }

  private static Failure answered(
      ExitCode exit, String code, ApiException error, @Nullable String hint) {
    return answered(exit, code, text(error), error, hint);
  }

  private static Failure answered(
      ExitCode exit, String code, String message, ApiException error, @Nullable String hint) {
    return new Failure(exit, code, message, hint, error.httpStatus(), error.ray());
  }

  private static boolean hasCode(ApiException error, Set<Long> codes) {
    List<ApiError> errors = error.errors();
    return errors.stream().anyMatch(e -> codes.contains(e.code()));
  }

  private static boolean says(ApiException error, String word) {
    return error.errors().stream()
        .anyMatch(e -> e.message().toLowerCase(Locale.ROOT).contains(word));
  }

  private static String text(Throwable error) {
    String message = error.getMessage();
    return message == null ? error.getClass().getSimpleName() : message;
  }
}
