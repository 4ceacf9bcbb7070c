package io.sluice.pipeline.compare;

import io.sluice.catalog.Resource;
import io.sluice.format.InputFormat;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.RunEvent;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One of the two that are compared. */
public sealed interface Side permits AccountSide, FileSide, SnapshotSide {

  /**
   * The profile of a live account, which is written {@code profile:NAME}; null for another side.
   */
  static @Nullable String profile(String text) {
    String live = "profile:";
    return text.startsWith(live) ? text.substring(live.length()) : null;
  }

  /** Its name for people. */
  String name();

  /** The id of the account that its records are of; null if it is unknown. */
  @Nullable String account();

  /** True if it has records of that kind, or could have. */
  boolean has(Resource resource);

  /** Why it has no records of that kind, to be added to what is said of it; empty if unknown. */
  default String why(Resource resource) {
    return "";
  }

  /** The kinds of records that it holds and that this Sluice does not know, by their names. */
  default List<String> unknownKinds() {
    return List.of();
  }

  /**
   * To be called before the records of these kinds are read, in this order. Completes if what they
   * lie in is as it was written.
   *
   * @see io.sluice.snapshot.Verifier#requireSound
   */
  Mono<Void> prepare(List<Resource> resources);

  /**
   * Makes the records of that kind ready to be read. Whoever gets them closes them.
   *
   * <p>Errors with {@link io.sluice.pipeline.UnavailableException} if a live account does not offer
   * such records.
   *
   * @param scratch a directory for what has to be fetched first
   */
  Mono<Records> records(Resource resource, Path scratch, Consumer<RunEvent> events);

  /** A file that can be read from its start any number of times. Blocking. */
  @FunctionalInterface
  interface OpenedFile {
    /** Its bytes, from the first one. */
    InputStream open() throws IOException;
  }

  /** A snapshot, which is verified before it is read. */
  static Side snapshot(String name, Snapshot snapshot) {
    return new SnapshotSide(name, snapshot);
  }

  /**
   * A file of one kind of records.
   *
   * @param source opens it from its start
   */
  static Side file(String name, OpenedFile source, InputFormat format, Resource resource) {
    return new FileSide(name, source, format, resource);
  }

  /** A live account, which is listed. */
  static Side account(String name, AccountSession session) {
    return new AccountSide(name, session);
  }
}
