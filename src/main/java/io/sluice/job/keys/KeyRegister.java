package io.sluice.job.keys;

import io.sluice.config.UsageException;
import io.sluice.job.JobRefusedException;
import io.sluice.job.Made;
import io.sluice.job.audit.AuditEvent;
import io.sluice.job.audit.AuditTrail;
import io.sluice.job.store.Database;
import io.sluice.job.store.JobStore;
import io.sluice.job.store.RequestKey;
import io.sluice.job.store.RequestKeys;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of the service for those who manage them: listed, made and removed, each change with a
 * line in the log. The last operator's key is only removed if that is said. Blocking; thread-safe.
 */
public final class KeyRegister {
  private static final Logger LOG = LoggerFactory.getLogger(KeyRegister.class);

  private static final RowMapper<KeyEntry> ENTRY =
      (row, context) ->
          new KeyEntry(
              row.getLong("id"),
              row.getString("name"),
              Role.named(row.getString("role")),
              JobStore.moment(row, "made_at"),
              JobStore.time(row, "used_at"),
              JobStore.time(row, "expires_at"));

  private final Database database;
  private final Jdbi jdbi;
  private final ApiKeys keys;
  private final RequestKeys requests;
  private final Clock clock;
  private final AuditTrail trail;

  /** The keys of that database. */
  public KeyRegister(Database database, Clock clock) {
    this.database = database;
    this.jdbi = database.jdbi();
    this.keys = new ApiKeys(database);
    this.requests = new RequestKeys(database, clock);
    this.clock = clock;
    this.trail = new AuditTrail(database, clock);
  }

  /** All keys by name, those that have expired too. */
  public List<KeyEntry> list() {
    return jdbi.withHandle(KeyRegister::all);
  }

  /** Adds to the audit trail what is done with keys elsewhere than over HTTP. */
  public void note(AuditEvent event) {
    trail.add(event);
  }

  private static List<KeyEntry> all(Handle handle) {
    return handle.createQuery("select * from api_key order by name").map(ENTRY).list();
  }

  /**
   * Makes a key, unless the same request has made it before; then the key itself is not known.
   *
   * @param expiresAt when it ends by itself; null for never
   * @param caller who wants it
   * @param request null to make one each time
   * @throws UsageException if the name is taken, or is none
   */
  public Made<NewKey> make(
      String name,
      Role role,
      @Nullable Instant expiresAt,
      String caller,
      @Nullable RequestKey request) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Made<NewKey> made =
        requests.once(
            request,
            id ->
                find(entry -> Long.toString(entry.id()).equals(id)).map(old -> new NewKey(old, "")),
            note -> made(name, role, expiresAt, now, note));
    if (!made.again()) {
      LOG.info(
          "key '{}' ({}, {}) was made by {}",
          name,
          role.label(),
          expiresAt == null ? "no expiry" : "expires " + expiresAt,
          caller);
    }
    return made;
  }

  private NewKey made(
      String name, Role role, @Nullable Instant expiresAt, Instant now, RequestKeys.Note note) {
    String key =
        keys.make(
            name,
            role,
            expiresAt,
            now,
            handle -> note.made(handle, Long.toString(named(handle, name).orElseThrow().id())));
    return new NewKey(jdbi.withHandle(handle -> named(handle, name)).orElseThrow(), key);
  }

  private static Optional<KeyEntry> named(Handle handle, String name) {
    return handle
        .createQuery("select * from api_key where name = :name")
        .bind("name", name)
        .map(ENTRY)
        .findOne();
  }

  /** The key that is meant. */
  public Optional<KeyEntry> find(Predicate<KeyEntry> meant) {
    return list().stream().filter(meant).findFirst();
  }

  /**
   * Removes a key, and ends its sessions.
   *
   * @param last remove it even if no other operator's key is left
   * @param caller who wants that
   * @return what was removed; empty if there is no such key
   * @throws JobRefusedException if it is the last operator's key that has not expired
   */
  public Optional<KeyEntry> remove(Predicate<KeyEntry> meant, boolean last, String caller) {
    Instant now = clock.instant();
    Optional<KeyEntry> removed =
        jdbi.inTransaction(
            handle -> {
              // Two who remove the last two keys at once must not both find the other's, nor both
              // find the same key.
              handle
                  .createQuery("select id from api_key order by id for update")
                  .mapTo(Long.class)
                  .list();
              List<KeyEntry> all = all(handle);
              Optional<KeyEntry> found = all.stream().filter(meant).findFirst();
              found.ifPresent(
                  entry -> {
                    if (!last) {
                      requireAnotherOperator(entry, all, now);
                    }
                    ApiKeys.remove(handle, entry.name(), now);
                  });
              return found;
            });
    // A crash must not bring back a key that was reported as removed.
    database.sync();
    removed.ifPresent(
        entry ->
            LOG.info(
                "key '{}' ({}) was removed by {}", entry.name(), entry.role().label(), caller));
    return removed;
  }

  private static void requireAnotherOperator(KeyEntry entry, List<KeyEntry> all, Instant now) {
    boolean needed = entry.role().includes(Role.OPERATOR) && !entry.expired(now);
    boolean another =
        all.stream()
            .anyMatch(
                other ->
                    other.id() != entry.id()
                        && other.role().includes(Role.OPERATOR)
                        && !other.expired(now));
    if (needed && !another) {
      throw new JobRefusedException(
          "last_operator",
          "'"
              + entry.name()
              + "' is the only operator's key: without it only viewers could sign in. Make"
              + " another operator's key first, then revoke this one");
    }
  }
}
