package io.sluice.pipeline.imports.results;

import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import java.util.List;
import java.util.stream.Collectors;

/** Makes one result of those of the records that a row stands for. */
final class RowParts {
  private RowParts() {}

  /**
   * The row's result: it ended as that record did which ended worst, names all keys, and says of
   * each record what became of it unless that is the same for all.
   *
   * @param parts one or more, in the order of the records
   */
  static RowResult joined(long row, List<RowResult> parts) {
    RowResult first = parts.get(0);
    if (parts.size() == 1) {
      return first;
    }
    RowResult worst = first;
    for (RowResult part : parts) {
      worst = severity(part.outcome()) > severity(worst.outcome()) ? part : worst;
    }
    String ids =
        parts.stream()
            .map(RowResult::id)
            .filter(id -> id != null && !id.isEmpty())
            .distinct()
            .collect(Collectors.joining(", "));
    return new RowResult(
        row,
        first.line(),
        worst.outcome(),
        worst.action(),
        ids.isEmpty() ? null : ids,
        parts.stream().map(RowResult::key).distinct().collect(Collectors.joining(", ")),
        worst.httpStatus(),
        worst.code(),
        worst.pointer(),
        alike(parts) ? first.message() : eachMessage(parts),
        parts.stream().mapToInt(RowResult::attempts).sum(),
        worst.retryable(),
        parts.stream().mapToLong(RowResult::durationMillis).max().orElse(0),
        worst.ray());
  }

  private static boolean alike(List<RowResult> parts) {
    return parts.stream().map(part -> part.outcome() + " " + part.message()).distinct().count()
        == 1;
  }

  private static String eachMessage(List<RowResult> parts) {
    return parts.stream()
        .map(
            part ->
                part.key()
                    + ": "
                    + part.outcome().label()
                    + (part.message() == null ? "" : ", " + part.message()))
        .collect(Collectors.joining("; "));
  }

  /** A row that needs a person, or another run, does so whatever became of the rest of it. */
  private static int severity(Outcome outcome) {
    return switch (outcome) {
      case SKIPPED -> 0;
      case UNCHANGED -> 1;
      case DELETED -> 2;
      case UPDATED -> 3;
      case CREATED -> 4;
      case UNPROCESSED -> 5;
      case INVALID -> 6;
      case FAILED -> 7;
      case UNKNOWN -> 8;
    };
  }
}
