package io.sluice.format;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Trait;
import io.sluice.format.text.Excerpt;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows that do the opposite of what their list would do: allowed senders on their way into a
 * list that blocks, blocked ones into a list that exempts. Other products keep both in one file,
 * and a column says which is which.
 */
public final class OpposedRows {
  private static final Set<String> ALLOW =
      words(
          "allow allowed allows allowlist allowlisted permit permitted permits white whitelist"
              + " whitelisted safe safelist safelisted trust trusted accept accepted acceptable"
              + " approve approved exempt exempted bypass bypassed clean benign good legitimate ham"
              + " released exception");
  private static final Set<String> BLOCK =
      words(
          "block blocked blocks blocklist blocklisted deny denied denies denylist reject rejected"
              + " rejects black blacklist blacklisted quarantine quarantined drop dropped discard"
              + " discarded junk spam malicious phish phishing malware bad ban banned untrusted"
              + " distrusted");
  private static final Set<String> NOT = words("not never no non dont");
  private static final List<String> DECIDING =
      List.of(
          "action",
          "type",
          "list",
          "policy",
          "rule",
          "decision",
          "disposition",
          "verdict",
          "permission",
          "effect",
          "status",
          "state",
          "treatment",
          "access",
          "mode",
          "group",
          "category");
  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}]+|(?<=\\p{Ll})(?=\\p{Lu})");
  private static final int MOST_WORDS = 8;
  private static final int FLAGS = 2;

  private final Resource resource;

  public OpposedRows(Resource resource) {
    this.resource = resource;
  }

  /** True if a column of that name may say whether a row allows or blocks. */
  public boolean decides(String column) {
    return !column.startsWith("_")
        && BETWEEN
            .splitAsStream(column)
            .map(word -> word.toLowerCase(Locale.ROOT))
            .anyMatch(word -> DECIDING.stream().anyMatch(word::endsWith));
  }

  /** True if a cell of such a column, or the name of a column, says the opposite of the list. */
  public boolean areIn(String text) {
    String[] words = BETWEEN.split(text.strip(), -1);
    if (words.length > MOST_WORDS) {
      return false;
    }
    boolean negated = false;
    for (String word : words) {
      String lower = word.toLowerCase(Locale.ROOT);
      if (NOT.contains(lower)) {
        negated = true;
      } else if (ALLOW.contains(lower) || BLOCK.contains(lower)) {
        return resource.protects() == (ALLOW.contains(lower) != negated);
      }
    }
    return false;
  }

  /**
   * What is wrong with a row that says so.
   *
   * @param kind what the name is of: a column or a field
   */
  public String reason(String kind, String name, String value) {
    return "the "
        + kind
        + " '"
        + Excerpt.of(name)
        + "' says '"
        + Excerpt.of(value)
        + "', and "
        + effect()
        + ": take such rows out of the file";
  }

  /** The effect of the list. */
  public String effect() {
    return resource.slug() + (resource.protects() ? " blocks or protects" : " exempts");
  }

  /**
   * What is wrong with rows that have these fields, none of them the resource's; null if they are
   * not known to be of a list that does the opposite.
   *
   * @param options what the advice calls the options
   */
  @Nullable
  public String refusal(Collection<String> unknown, OptionNames options) {
    for (Resource other : Catalog.resources()) {
      if (other.protects() != resource.protects()) {
        FieldNames names = new FieldNames(other);
        List<String> flags =
            unknown.stream().filter(name -> isFlag(names.find(name))).distinct().toList();
        if (flags.size() >= FLAGS) {
          return "these are rows of "
              + other.slug()
              + " ("
              + Excerpt.quoted(flags)
              + "), and "
              + effect()
              + "; read them with "
              + options.resource(other.slug());
        }
      }
    }
    return null;
  }

  private static boolean isFlag(@Nullable Field field) {
    return field != null
        && field.type() instanceof FieldType.Flag
        && field.is(Trait.REQUIRED)
        && !field.is(Trait.FALSE_IF_ABSENT);
  }

  private static Set<String> words(String list) {
    return Set.of(list.split(" "));
  }
}
