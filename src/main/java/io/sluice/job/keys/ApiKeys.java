package io.sluice.job.keys;

import io.sluice.config.UsageException;
import io.sluice.disk.Sha256;
import io.sluice.job.TextLimit;
import io.sluice.job.store.Database;
import io.sluice.job.store.JobStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** The keys that open the service, as hashes alone. Blocking; thread-safe. */
public final class ApiKeys {
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}]([\\p{L}\\p{M}\\p{N} ._@-]*[\\p{L}\\p{M}\\p{N}._@-])?");
  private static final Set<String> RESERVED = Set.of("sluice", "nobody", "anonymous", "local");
  private static final String PREFIX = "slk_";
  private static final int BYTES = 32;
  private static final Duration NOTED = Duration.ofMinutes(1);
  private static final Duration REMEMBERED = Duration.ofDays(365);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Jdbi jdbi;

  /** Those of that database. */
  public ApiKeys(Database database) {
    this.jdbi = database.jdbi();
  }

  /** A new key, which nothing knows yet: {@code slk_} and 256 random bits. */
  public static String random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** What stands for a key wherever it is kept: its SHA-256 in hex. */
  public static String hash(String key) {
    return Sha256.hex(key);
  }

  /** True if the key has that hash; takes as long whether it has or not. */
  public static boolean matches(String key, String hash) {
    return MessageDigest.isEqual(
        hash(key).getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Makes a key.
   *
   * @return the key, which is nowhere else
   * @throws UsageException if the name is taken, or is none
   */
  public String make(String name, Role role, Instant now) {
    return make(name, role, null, now, handle -> {});
  }

  /**
   * Makes a key, and something with it; both or neither.
   *
   * @param expiresAt when it ends by itself; null for never
   * @return the key, which is nowhere else
   * @throws UsageException if the name is taken, or is none
   */
  String make(
      String name, Role role, @Nullable Instant expiresAt, Instant now, Consumer<Handle> besides) {
    if (name.length() > TextLimit.KEY_NAME.most() || !NAME.matcher(name).matches()) {
      throw new UsageException(
          "a key's name has 1 to "
              + TextLimit.KEY_NAME.most()
              + " letters, digits, blanks or any of . _ @ -; it begins with a letter or digit and"
              + " does not end with a blank",
          null);
    }
    if (isReserved(name)) {
      throw new UsageException(
          "the name '" + name + "' stands for a part of the service", "choose another name");
    }
    String key = random();
    if (has(name) || !added(name, role, expiresAt, key, now, besides)) {
      throw new UsageException(
          "there is a key named '" + name + "' already", "choose another name");
    }
    return key;
  }

  /** True for what the service calls itself where it says who did something. */
  private static boolean isReserved(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return RESERVED.contains(lower) || lower.startsWith("schedule ");
  }

  /** False if somebody has taken the name at the same moment. */
  private boolean added(
      String name,
      Role role,
      @Nullable Instant expiresAt,
      String key,
      Instant now,
      Consumer<Handle> besides) {
    try {
      jdbi.useTransaction(
          handle -> {
            handle
                .createUpdate(
                    "insert into api_key (name, role, hash, made_at, expires_at) values (:name,"
                        + " :role, :hash, :now, :expires)")
                .bind("name", name)
                .bind("role", role.label())
                .bind("hash", hash(key))
                .bind("now", JobStore.time(now))
                .bind("expires", expiresAt == null ? null : JobStore.time(expiresAt))
                .execute();
            besides.accept(handle);
          });
      return true;
    } catch (UnableToExecuteStatementException taken) {
      if (has(name)) {
        return false;
      }
      throw taken;
    }
  }

  /** Removes a key, and ends its sessions; false if there is none of that name. */
  public boolean remove(String name) {
    return jdbi.inTransaction(handle -> remove(handle, name, Instant.now()));
  }

  /** Removes a key within somebody's transaction, and keeps its name for whoever shows it again. */
  static boolean remove(Handle handle, String name, Instant now) {
    handle
        .createUpdate("delete from api_key_removed where removed_at < :before")
        .bind("before", JobStore.time(now.minus(REMEMBERED)))
        .execute();
    handle
        .createUpdate(
            "insert into api_key_removed (hash, name, removed_at) select hash, name, :now from"
                + " api_key where name = :name")
        .bind("now", JobStore.time(now))
        .bind("name", name)
        .execute();
    return handle
            .createUpdate("delete from api_key where name = :name")
            .bind("name", name)
            .execute()
        == 1;
  }

  /** The known facts about a key that has expired, or was removed within the last year. */
  public Optional<FormerKey> former(String key) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select name, false as removed, expires_at as at from api_key where hash ="
                        + " :hash and expires_at is not null union all select name, true as"
                        + " removed, removed_at as at from api_key_removed where hash = :hash")
                .bind("hash", hash(key))
                .map(
                    (row, context) ->
                        new FormerKey(
                            row.getString("name"),
                            row.getBoolean("removed"),
                            JobStore.moment(row, "at")))
                .findFirst());
  }

  /** True if there is one. */
  public boolean any() {
    return jdbi.withHandle(
            handle -> handle.createQuery("select count(*) from api_key").mapTo(Integer.class).one())
        > 0;
  }

  /** True if there is an operator's key that has not expired. */
  public boolean anyOperator(Instant now) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select count(*) from api_key where role in ('operator', 'approver') and (expires_at is"
                            + " null or expires_at > :now)")
                    .bind("now", JobStore.time(now))
                    .mapTo(Integer.class)
                    .one())
        > 0;
  }

  private boolean has(String name) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select count(*) from api_key where name = :name")
                    .bind("name", name)
                    .mapTo(Integer.class)
                    .one())
        > 0;
  }

  /** True if the key still opens the service, with the role that it had. */
  public boolean holds(ApiKey key, Instant now) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select count(*) from api_key where id = :id and role = :role and"
                            + " (expires_at is null or expires_at > :now)")
                    .bind("now", JobStore.time(now))
                    .bind("id", key.id())
                    .bind("role", key.role().label())
                    .mapTo(Integer.class)
                    .one())
        > 0;
  }

  /** The known facts about a key; empty if it opens nothing. */
  public Optional<ApiKey> find(String key, Instant now) {
    String hash = hash(key);
    return jdbi.withHandle(
        handle -> {
          Optional<ApiKey> found =
              handle
                  .createQuery(
                      "select id, name, role, hash from api_key where hash = :hash and (expires_at is"
                          + " null or expires_at > :now)")
                  .bind("now", JobStore.time(now))
                  .bind("hash", hash)
                  .map(
                      (row, context) ->
                          matches(key, row.getString("hash"))
                              ? Optional.of(
                                  new ApiKey(
                                      row.getLong("id"),
                                      row.getString("name"),
                                      Role.named(row.getString("role"))))
                              : Optional.<ApiKey>empty())
                  .findOne()
                  .flatMap(matching -> matching);
          found.ifPresent(
              known ->
                  handle
                      .createUpdate(
                          "update api_key set used_at = :now where id = :id and (used_at is null"
                              + " or used_at < :before)")
                      .bind("now", JobStore.time(now))
                      .bind("before", JobStore.time(now.minus(NOTED)))
                      .bind("id", known.id())
                      .execute());
          return found;
        });
  }
}
