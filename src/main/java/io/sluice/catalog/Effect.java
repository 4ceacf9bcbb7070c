package io.sluice.catalog;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The effect of a record on the messages that its pattern matches, as the product documents it.
 * Sources: Cloudflare's published API reference and its product documentation of 2026.
 *
 * @param flag the field that switches it on; null where every such record does it
 * @param verifiedBy the flag with which it counts for verified messages alone; null if there is
 *     none
 * @param action which kind of effect it is
 * @param party whose address, domain or IP address the pattern is compared with
 * @param says the effect in a few words
 */
public record Effect(
    @Nullable String flag, @Nullable String verifiedBy, Action action, Party party, String says) {

  /** The kinds of effects. */
  public enum Action {
    /** Messages are marked. */
    BLOCKS,
    /** Messages pass every check. */
    TRUSTS,
    /** Messages pass some of the checks. */
    ACCEPTS,
    /** The domain is the account's own. */
    OWNS,
    /** The domain is known to be a good one. */
    VOUCHES,
    /** Messages have to come in a certain way. */
    RESTRICTS,
    /** The address is known to be a person's. */
    KNOWS;

    /** True if messages pass checks that others have to stand. */
    public boolean allows() {
      return this == TRUSTS || this == ACCEPTS;
    }
  }

  /** The two ends of a message. */
  public enum Party {
    SENDER,
    RECIPIENT
  }

  /** True if the record does it; the old name of a flag counts where that alone is given. */
  public boolean isOn(Resource resource, ObjectNode record) {
    return flag == null || isSet(resource, flag, record);
  }

  /** True if it counts for verified messages alone. */
  public boolean needsVerification(Resource resource, ObjectNode record) {
    return verifiedBy != null && isSet(resource, verifiedBy, record);
  }

  private static boolean isSet(Resource resource, String flag, ObjectNode record) {
    JsonNode value = record.get(flag);
    for (Field old : resource.fields()) {
      if ((value == null || value.isNull()) && flag.equals(old.successor())) {
        value = record.get(old.path());
      }
    }
    return value != null && value.asBoolean(false);
  }
}
