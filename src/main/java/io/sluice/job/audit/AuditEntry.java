package io.sluice.job.audit;

import io.sluice.disk.Sha256;
import io.sluice.job.store.StoredJson;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An entry of the audit trail.
 *
 * @param number its place in the chain, from 1
 * @param before the digest of the entry before it; empty for the first
 * @param digest its own, over all of it
 */
public record AuditEntry(long number, Instant at, AuditEvent event, String before, String digest) {

  /** The entry that follows the one of that digest. */
  static AuditEntry after(String before, long number, Instant at, AuditEvent event) {
    return new AuditEntry(number, at, event, before, digest(before, number, at, event));
  }

  /** True if nothing of it was changed since it was made. */
  boolean sound() {
    return digest.equals(digest(before, number, at, event));
  }

  /** A list in JSON, so that no two entries read alike. */
  private static String digest(String before, long number, Instant at, AuditEvent event) {
    return Sha256.hex(
        StoredJson.MAPPER.writeValueAsString(
            List.of(
                before,
                Long.toString(number),
                at.toString(),
                event.actor(),
                event.origin(),
                event.action(),
                event.subject(),
                event.job(),
                event.plan(),
                event.detail())));
  }

  /** As the API and the export have it. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("number", number);
    json.put("at", at.toString());
    json.put("actor", event.actor());
    json.put("from", event.origin());
    json.put("action", event.action());
    json.put("subject", event.subject());
    json.put("job", event.job());
    json.put("plan_sha256", event.plan());
    json.put("detail", event.detail());
    json.put("before", before);
    json.put("sha256", digest);
    return json;
  }
}
