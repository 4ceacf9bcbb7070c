package io.sluice.server.api;

import io.sluice.catalog.Catalog;
import io.sluice.report.ResultPages;
import io.sluice.report.RowResult;
import io.sluice.server.http.Problem;
import io.sluice.server.http.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rows of a job: of one directory, or of one for each kind of records. Blocking. */
final class RowPages {
  private static final Pattern CURSOR = Pattern.compile("([a-z-]{1,40})\\.([rj])\\.(\\d{1,18})");

  private final List<Part> parts = new ArrayList<>();

  /** One kind of records and where its results are. */
  private record Part(String resource, ResultPages pages) {}

  /** One row. */
  record Row(
      String resource,
      @Nullable Long row,
      @Nullable Long line,
      String outcome,
      String action,
      @Nullable String id,
      String key,
      @Nullable Integer httpStatus,
      @Nullable String code,
      @Nullable String pointer,
      @Nullable String message,
      int attempts,
      boolean retryable,
      long durationMs,
      @Nullable String rayId) {

    static Row of(String resource, RowResult row) {
      return new Row(
          resource,
          row.withoutRow() ? null : (Long) row.row(),
          row.withoutRow() ? null : (Long) row.line(),
          row.outcome().label(),
          row.action().label(),
          row.id(),
          row.key(),
          row.httpStatus() == 0 ? null : (Integer) row.httpStatus(),
          row.code(),
          row.pointer(),
          row.message(),
          row.attempts(),
          row.retryable(),
          row.durationMillis(),
          row.ray());
    }
  }

  RowPages(Path directory, List<String> resources) {
    ResultPages whole = new ResultPages(directory);
    if (whole.first().isPresent() && resources.size() == 1) {
      parts.add(new Part(resources.get(0), whole));
      return;
    }
    for (String slug : resources) {
      parts.add(new Part(slug, new ResultPages(directory.resolve(slug))));
    }
  }

  /**
   * One page of rows.
   *
   * @param resource one kind of records; null for all
   * @param after what the page before named as the next; null for the first
   */
  ItemPage page(
      @Nullable String resource, @Nullable String after, Predicate<RowResult> wanted, int limit)
      throws IOException {
    String slug = resource == null ? null : Catalog.get(resource).slug();
    requireOwn(slug);
    Matcher cursor = CURSOR.matcher(after == null ? "" : after);
    if (after != null && !(cursor.matches() && isOwn(cursor.group(1), slug))) {
      throw badCursor();
    }
    boolean begun = after == null;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      begun |= after != null && part.resource().equals(cursor.group(1));
      if (!begun || (slug != null && !slug.equals(part.resource()))) {
        continue;
      }
      boolean here = after != null && part.resource().equals(cursor.group(1));
      Optional<ResultPages.Place> place =
          here
              ? Optional.of(
                  new ResultPages.Place(
                      cursor.group(2).equals("j"), Long.parseLong(cursor.group(3))))
              : part.pages().first();
      if (place.isPresent()) {
        ItemPage page = read(part, place.get(), wanted, limit, slug == null ? i + 1 : parts.size());
        if (!page.items().isEmpty() || page.next() != null) {
          return page;
        }
      }
    }
    return new ItemPage(List.of(), null);
  }

  private ItemPage read(
      Part part, ResultPages.Place from, Predicate<RowResult> wanted, int limit, int following)
      throws IOException {
    ResultPages.Page found;
    try {
      found = part.pages().read(from, wanted, limit);
    } catch (IllegalArgumentException nowhere) {
      throw badCursor();
    }
    List<Row> rows = found.rows().stream().map(row -> Row.of(part.resource(), row)).toList();
    ResultPages.Place next = found.next();
    if (next != null) {
      return new ItemPage(rows, cursor(part, next));
    }
    for (Part other : parts.subList(following, parts.size())) {
      Optional<ResultPages.Place> first = other.pages().first();
      if (first.isPresent()) {
        return new ItemPage(rows, cursor(other, first.get()));
      }
    }
    return new ItemPage(rows, null);
  }

  private static String cursor(Part part, ResultPages.Place place) {
    return part.resource() + (place.journal() ? ".j." : ".r.") + place.offset();
  }

  /** True if a cursor is of a part that is asked for. */
  private boolean isOwn(String part, @Nullable String slug) {
    return slug == null
        ? parts.stream().anyMatch(own -> own.resource().equals(part))
        : slug.equals(part);
  }

  private void requireOwn(@Nullable String slug) {
    List<String> own = parts.stream().map(Part::resource).toList();
    if (slug != null && !own.contains(slug)) {
      throw Problem.of(
              400,
              "bad_parameter",
              "the parameter 'resource': this job is not about "
                  + slug
                  + ", but about "
                  + String.join(", ", own))
          .exception();
    }
  }

  /** The error of a cursor that is none, or none any more. */
  static ProblemException badCursor() {
    return Problem.of(
            400,
            "bad_parameter",
            "'after' is what an earlier page with the same filters named as next",
            "start again without it: the report may have been rewritten since")
        .exception();
  }
}
