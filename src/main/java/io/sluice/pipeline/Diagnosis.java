package io.sluice.pipeline;

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
import io.sluice.format.OptionNames;
import io.sluice.report.ExitCode;
import io.sluice.report.ResultsUsedException;
import io.sluice.report.journal.JournalBrokenException;
import io.sluice.snapshot.DamagedSnapshotException;
import io.sluice.snapshot.NotASnapshotException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import reactor.core.Exceptions;

/** Turns whatever ended a run into words that one can act on, and into an exit code. */
public final class Diagnosis {
  private static final String NOT_CLOSED = "Async resource cleanup failed";

  private Diagnosis() {}

  /** The meaning of the error, for the command line. */
  public static Failure of(Throwable thrown) {
    return of(thrown, OptionNames.COMMAND_LINE);
  }

  /**
   * The meaning of the error.
   *
   * @param names for whom: advice on what went wrong with the API has no flags for the service
   */
  public static Failure of(Throwable thrown, OptionNames names) {
    if (Exceptions.isMultiple(thrown)) {
      return ofSeveral(thrown, names);
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
    } else if (error instanceof AccountException one) {
      return of(one.answer(), names).by(one.account());
    } else if (error instanceof ApiException api) {
      return RefusalAdvice.of(api);
    } else if (error instanceof UnavailableException lacking) {
      return RefusalAdvice.answered(
          ExitCode.NOT_PERMITTED,
          "unavailable_kind",
          text(lacking),
          lacking.answer(),
          "the account's package may not include these records, or the token's role may not reach"
              + " them; leave them out of "
              + (names == OptionNames.API ? "resources" : "-r")
              + ", or ask who manages the account");
    } else if (error instanceof OutageException || error instanceof AttemptsSpentException) {
      return ofOutage(error, names);
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
  private static Failure ofSeveral(Throwable several, OptionNames names) {
    List<Failure> failures =
        Exceptions.unwrapMultiple(several).stream().map(each -> of(each, names)).toList();
    return failures.stream()
        .filter(failure -> failure.exit() != ExitCode.UNEXPECTED)
        .findFirst()
        .orElse(failures.get(0));
  }

  private static Failure ofOutage(Throwable error, OptionNames names) {
    Throwable cause = error.getCause();
    String hint =
        names == OptionNames.API
            ? "try again later"
            : "try again later; --max-outage sets how long to wait";
    if (cause instanceof ApiException api && api.kind().settled()) {
      return RefusalAdvice.of(api);
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
          "make room (df shows space, df -i room for more files), or write to another disk; work"
              + " files of commands that only read lie in "
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
    if (error instanceof FileAlreadyExistsException there && leadsNowhere(there.getFile())) {
      return Failure.of(
          ExitCode.USAGE,
          "no_such_file",
          "the link " + there.getFile() + " leads to something that is not there",
          "is the disk that it leads to mounted? If so, correct the link");
    }
    if (lower.contains("read-only file system")) {
      return Failure.of(
          ExitCode.UNEXPECTED,
          "read_only",
          "nothing can be written there: " + message,
          "write to another disk, or have this one mounted for writing; after a fault of a disk, its"
              + " system mounts it for reading alone");
    }
    String what = error instanceof FileSystemException ? "the file system says: " : "";
    return Failure.of(ExitCode.UNEXPECTED, "io", what + message, "-v shows where it happened");
  }

  private static boolean leadsNowhere(String name) {
    Path path = Path.of(name);
    return Files.isSymbolicLink(path) && !Files.exists(path);
  }

  /** What the error says of itself. */
  static String text(Throwable error) {
    String message = error.getMessage();
    return message == null ? error.getClass().getSimpleName() : message;
  }
}
