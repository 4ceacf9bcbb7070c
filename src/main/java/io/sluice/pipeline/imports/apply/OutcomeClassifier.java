package io.sluice.pipeline.imports.apply;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.ItemPointer;
import io.sluice.flow.retry.AttemptCount;
import io.sluice.flow.retry.AttemptsSpentException;
import io.sluice.flow.retry.CallFailure;
import io.sluice.flow.retry.OutageException;
import io.sluice.pipeline.RefusalKind;
import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import org.jspecify.annotations.Nullable;

/** Says what failed calls mean for rows, and for the run as a whole. */
final class OutcomeClassifier {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final Halt halt;

  OutcomeClassifier(Halt halt) {
    this.halt = halt;
  }

  /** The change was carried out. */
  ChangeResult done(
      Change change, CallStats stats, @Nullable String id, int status, @Nullable String ray) {
    halt.permitted();
    return settled(stats, change.result(change.goal(), known(id)), status, ray);
  }

  /** An answer may leave the id out. */
  private static @Nullable String known(@Nullable String id) {
    return id == null || id.isEmpty() ? null : id;
  }

  /** An answer to believe says no. Concerns one change; {@code error} tells the reason. */
  ChangeResult refused(
      Change change, CallStats stats, ApiException refusal, @Nullable ApiError error) {
    int status = refusal.httpStatus();
    if (concernsAll(change, refusal)) {
      halt.because(refusal);
      return uncalled(change, stats, Outcome.UNPROCESSED, refusal, error);
    }
    if (status == FORBIDDEN) {
      halt.forbidden(change.key() + " " + change.id(), refusal);
    }
    if (status == NOT_FOUND && refusal.obstacle() == null && change.action() == Action.DELETE) {
      return gone(change, stats, refusal);
    }
    return uncalled(change, stats, Outcome.FAILED, refusal, error);
  }

  private ChangeResult gone(Change change, CallStats stats, ApiException answer) {
    if (stats.wasLost()) {
      return done(change, stats, change.id(), answer.httpStatus(), answer.ray());
    }
    RowResult result =
        change
            .result(Outcome.SKIPPED, change.id())
            .because(RowResult.NOT_FOUND, null, "the record was deleted meanwhile");
    return settled(stats, result, answer.httpStatus(), answer.ray());
  }

  /** No answer came: the dispatcher gave up, or the run halted. */
  ChangeResult unsent(Change change, CallStats stats, AttemptCount attempts, Throwable error) {
    if (error instanceof AttemptsSpentException) {
      return new ChangeResult.SetAside(change, stats, error);
    }
    return error instanceof Halt.HaltedException && attempts.made() > 0
        ? unknown(change, stats, error)
        : unprocessed(change, stats, error);
  }

  /** Nothing was changed, and cannot be for now. */
  ChangeResult unprocessed(Change change, CallStats stats, Throwable why) {
    if (why instanceof OutageException) {
      halt.because(why);
    }
    return undecided(change, stats, Outcome.UNPROCESSED, why);
  }

  /** It may have been carried out or not, and cannot be found out. */
  ChangeResult unknown(Change change, CallStats stats, Throwable why) {
    if (why instanceof OutageException
        || (why instanceof ApiException answer
            && (answer.httpStatus() == FORBIDDEN || concernsEveryCall(answer)))) {
      halt.because(why);
    }
    return undecided(change, stats, Outcome.UNKNOWN, why);
  }

  /**
   * A create was {@code refused}, and whether its record is there could not be found out: that
   * question too was refused, or nobody answers any more.
   */
  ChangeResult unseen(Change create, CallStats stats, Throwable why, ChangeResult refused) {
    if (why instanceof ApiException answer
        && answer.httpStatus() != FORBIDDEN
        && !concernsEveryCall(answer)) {
      return refused;
    }
    if (!(why instanceof Halt.HaltedException)) {
      halt.because(why);
    }
    Outcome outcome = stats.wasLost() ? Outcome.UNKNOWN : Outcome.UNPROCESSED;
    return undecided(create, stats, outcome, why);
  }

  private static ChangeResult undecided(
      Change change, CallStats stats, Outcome outcome, Throwable why) {
    Throwable cause = why.getCause() instanceof ApiException api ? api : why;
    int status = cause instanceof ApiException answer ? answer.httpStatus() : 0;
    String ray = cause instanceof ApiException answer ? answer.ray() : null;
    RowResult result =
        change
            .result(outcome, change.id())
            .because(code(why), null, String.valueOf(why.getMessage()));
    return settled(stats, result, status, ray);
  }

  private static String code(Throwable why) {
    if (why instanceof Halt.HaltedException) {
      return RowResult.STOPPED;
    }
    return why instanceof OutageException || why instanceof AttemptsSpentException
        ? RowResult.GAVE_UP
        : "no_answer";
  }

  private static ChangeResult uncalled(
      Change change,
      CallStats stats,
      Outcome outcome,
      ApiException refusal,
      @Nullable ApiError error) {
    ApiError told = error == null && !refusal.errors().isEmpty() ? refusal.errors().get(0) : error;
    String code = "http_" + refusal.httpStatus();
    String message = String.valueOf(refusal.getMessage());
    String pointer = null;
    if (told != null) {
      code = told.code() == 0 ? code : Long.toString(told.code());
      message = told.message();
      pointer = ItemPointer.of(told.pointer()).map(ItemPointer::rest).orElse(null);
      pointer = ItemPointer.of(told.pointer()).isPresent() ? pointer : told.pointer();
    }
    RowResult result = change.result(outcome, change.id()).because(code, pointer, message);
    return settled(stats, result, refusal.httpStatus(), refusal.ray());
  }

  private static ChangeResult settled(
      CallStats stats, RowResult result, int status, @Nullable String ray) {
    return new ChangeResult.Settled(stats.addTo(result, status, ray));
  }

  /** True if no other change would fare better. */
  static boolean concernsAll(Change change, ApiException refusal) {
    boolean creating = change.action() == Action.CREATE && refusal.httpStatus() == FORBIDDEN;
    return creating || concernsEveryCall(refusal);
  }

  private static boolean concernsEveryCall(ApiException refusal) {
    if (refusal.httpStatus() == UNAUTHORIZED || refusal.kind() == CallFailure.Kind.BLOCKED) {
      return true;
    }
    return switch (RefusalKind.of(refusal)) {
      case NOT_AUTHENTICATED, NO_ACCESS, NOT_ENTITLED -> refusal.httpStatus() != NOT_FOUND;
      default -> false;
    };
  }
}
