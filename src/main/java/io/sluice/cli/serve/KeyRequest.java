package io.sluice.cli.serve;

import io.sluice.config.UsageException;
import io.sluice.job.JobRefusedException;
import io.sluice.job.audit.AuditEvent;
import io.sluice.job.keys.KeyEntry;
import io.sluice.job.keys.KeyRegister;
import io.sluice.job.keys.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request of the command line about the service's keys.
 *
 * @param remove the name of a key to remove first, or null
 * @param last remove it even if no other operator's key is left
 * @param make the name of a key to make then, or null
 * @param expiresAt when the new key ends by itself; null for never
 */
public record KeyRequest(
    @Nullable String remove,
    boolean last,
    @Nullable String make,
    Role role,
    @Nullable Instant expiresAt) {
  private static final String CALLER = "the command line";

  /**
   * What came of a request.
   *
   * @param made the new key's own text; null if none was made
   * @param keys all keys as they are now
   * @param error why nothing was done; null if it was
   */
  record Reply(
      @Nullable String made, List<KeyEntry> keys, @Nullable String error, @Nullable String hint) {}

  /** Does what is wanted, or nothing of it. Blocking. */
  Reply carriedOutOn(KeyRegister keys) {
    try {
      if (make != null && !make.equals(remove) && named(keys, make).isPresent()) {
        throw new UsageException(
            "there is a key named '" + make + "' already", "choose another name");
      }
      if (remove != null
          && keys.remove(entry -> entry.name().equals(remove), last, CALLER).isEmpty()) {
        throw new UsageException("there is no key named '" + remove + "'", null);
      }
      if (remove != null) {
        keys.note(event("key.remove", remove, ""));
      }
      String made =
          make == null ? null : keys.make(make, role, expiresAt, CALLER, null).thing().key();
      if (make != null) {
        keys.note(event("key.make", make, role.label()));
      }
      return new Reply(made, keys.list(), null, null);
    } catch (UsageException refused) {
      return new Reply(null, List.of(), String.valueOf(refused.getMessage()), refused.hint());
    } catch (JobRefusedException refused) {
      return new Reply(
          null,
          List.of(),
          String.valueOf(refused.getMessage()),
          "make another operator's key first, or add --yes");
    }
  }

  private static AuditEvent event(String action, String name, String detail) {
    return new AuditEvent(CALLER, "command line", action, name, "", "", detail);
  }

  private static Optional<KeyEntry> named(KeyRegister keys, String name) {
    return keys.find(entry -> entry.name().equals(name));
  }
}
