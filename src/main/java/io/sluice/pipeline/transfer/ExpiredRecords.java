package io.sluice.pipeline.transfer;

import io.sluice.api.Listing;
import io.sluice.catalog.CommentTag;
import io.sluice.catalog.NaturalKey;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Trait;
import io.sluice.format.RowFormat;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.ClockSkewException;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.exports.ExportRequest;
import io.sluice.pipeline.exports.SnapshotExport;
import io.sluice.plan.Lifetime;
import io.sluice.snapshot.Snapshot;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * The records of an account whose last day has passed, listed into a snapshot that holds them
 * alone: what a run deletes then.
 *
 * @param resources of which kinds
 * @param named whether these were asked for by name
 * @param owner whose records; null for everybody's
 * @param graceDays how many days after their last day records stay
 */
public record ExpiredRecords(
    List<Resource> resources, boolean named, @Nullable String owner, int graceDays) {
  private static final String BEFORE = "expired_before";
  private static final int MOST_UNREADABLE = 1000;
  private static final Pattern DAYS = Pattern.compile("(\\d{1,4})d");

  /** True if records of that kind can have an end. */
  public static boolean canExpire(Resource resource) {
    return resource.comment().isPresent()
        || resource.fields().stream().anyMatch(field -> field.is(Trait.EXPIRY));
  }

  /**
   * Reads a number of days such as {@code 7d}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static int days(String text) {
    Matcher days = DAYS.matcher(text);
    if (!days.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a number of days like 7d");
    }
    return Integer.parseInt(days.group(1));
  }

  /** The day before which the last days of the records in such a snapshot lie. */
  public static LocalDate before(Snapshot snapshot) {
    return snapshot.manifest().resources().stream()
        .flatMap(entry -> entry.filters().getOrDefault(BEFORE, List.of()).stream())
        .map(LocalDate::parse)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no snapshot of expired records"));
  }

  /**
   * Lists them below {@code root}. Errors with {@link ClockSkewException} if the clock and the
   * API's are too far apart.
   */
  public Mono<Snapshot> list(
      AccountSession session,
      Path root,
      Clock clock,
      String toolVersion,
      Consumer<RunEvent> events) {
    return Mono.defer(
        () -> {
          LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
          Expired expired =
              new Expired(
                  owner,
                  today.minusDays(graceDays),
                  new AtomicBoolean(),
                  ConcurrentHashMap.newKeySet());
          ExportRequest request =
              new ExportRequest(
                      resources.stream().map(Listing::of).toList(),
                      RowFormat.JSONL,
                      false,
                      false,
                      toolVersion,
                      named)
                  .only(expired);
          return session
              .orStop(new SnapshotExport(session, request, clock).run(root, null, events))
              .map(SnapshotExport.Result::snapshot)
              .doOnNext(listed -> requireSameTime(session, clock))
              .doOnNext(listed -> reportNobody(expired, events))
              .doOnNext(listed -> reportUnreadable(expired, events));
        });
  }

  private static void reportNobody(Expired expired, Consumer<RunEvent> events) {
    if (expired.owner() != null && !expired.owned().get()) {
      events.accept(new RunEvent.Note("no record here has the owner '" + expired.owner() + "'"));
    }
  }

  /** A tag that cannot be read may be meant as an end that has passed. */
  private static void reportUnreadable(Expired expired, Consumer<RunEvent> events) {
    int count = expired.unreadable().size();
    if (count > 0) {
      events.accept(
          new RunEvent.Note(
              (count < MOST_UNREADABLE ? "" : "at least ")
                  + (count == 1 ? "1 record has a tag" : count + " records have a tag")
                  + " that cannot be read, so that it neither ends nor has an owner: "
                  + expired.unreadable().iterator().next()
                  + (count == 1 ? "" : " and others")
                  + "; 'lint' lists them"));
    }
  }

  private static void requireSameTime(AccountSession session, Clock clock) {
    Duration ahead = session.client().clockAhead();
    if (ahead != null) {
      Duration skew = Duration.between(clock.instant(), Instant.now().plus(ahead));
      if (skew.abs().compareTo(ClockSkewException.TOLERATED) > 0) {
        throw new ClockSkewException(skew);
      }
    }
  }

  /**
   * Chooses what has expired.
   *
   * @param owned set once there is a record of that owner, expired or not
   * @param unreadable the first records whose tag cannot be read
   */
  private record Expired(
      @Nullable String owner, LocalDate before, AtomicBoolean owned, Set<String> unreadable)
      implements ExportRequest.Selection {
    @Override
    public boolean keeps(Resource resource, ObjectNode record) {
      if (CommentTag.of(resource, record).fault() != null && unreadable.size() < MOST_UNREADABLE) {
        unreadable.add(resource.slug() + " " + NaturalKey.text(resource, record).orElse(""));
      }
      if (owner != null && !isOwn(resource, record)) {
        return false;
      }
      LocalDate last = Lifetime.lastDay(resource, record);
      return last != null && last.isBefore(before);
    }

    private boolean isOwn(Resource resource, ObjectNode record) {
      CommentTag tag = CommentTag.of(resource, record).tag();
      boolean own = tag != null && String.valueOf(owner).equals(tag.owner());
      if (own) {
        owned.set(true);
      }
      return own;
    }

    @Override
    public Map<String, List<String>> filters() {
      Map<String, List<String>> filters = new LinkedHashMap<>();
      filters.put(BEFORE, List.of(before.toString()));
      if (owner != null) {
        filters.put("owner", List.of(owner));
      }
      return filters;
    }
  }
}
