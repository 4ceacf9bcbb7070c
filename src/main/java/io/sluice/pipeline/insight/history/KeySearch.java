package io.sluice.pipeline.insight.history;

import io.sluice.catalog.RecordJson;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Rule;
import io.sluice.catalog.pattern.PatternType;
import io.sluice.catalog.pattern.Spelling;
import io.sluice.pipeline.compare.Difference;
import io.sluice.pipeline.insight.RecordName;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Finds out whether a record is the one that was asked for, in whatever spelling. */
final class KeySearch {
  private final @Nullable Asked asked;

  KeySearch(@Nullable String key) {
    this.asked = key == null ? null : Asked.of(key.strip());
  }

  boolean isAny() {
    return asked == null;
  }

  /** True if it is the record: by its key, by one field of the key alone, or by its id. */
  boolean means(Resource resource, String name, @Nullable String id) {
    return asked == null
        || asked.isKey(resource, name)
        || asked.text().equals(id == null ? null : id.toLowerCase(Locale.ROOT));
  }

  /** True if it is the record, by its id in either of the two snapshots. */
  boolean means(Difference found) {
    return means(found.resource(), found.key(), found.id())
        || means(found.resource(), found.key(), found.laterId());
  }

  boolean means(Resource resource, byte[] line, long number) throws IOException {
    ObjectNode record = RecordJson.parse(line, 0, line.length, number);
    RecordName name = RecordName.of(resource, record);
    return means(resource, name.key(), name.id());
  }

  /**
   * What was asked for.
   *
   * @param written as it was asked for
   * @param text in lower case
   * @param spelled the one spelling of all of it
   * @param first the one spelling of its first word, empty if there is but one
   * @param rest the one spelling of what comes after that word
   */
  private record Asked(String written, String text, String spelled, String first, String rest) {
    static Asked of(String written) {
      String text = written.toLowerCase(Locale.ROOT);
      int blank = endOfFirst(text);
      return blank < 0
          ? new Asked(written, text, spelled(text), "", "")
          : new Asked(
              written,
              text,
              spelled(text),
              spelled(text.substring(0, blank)),
              spelled(text.substring(blank + 1).strip()));
    }

    boolean isKey(Resource resource, String key) {
      if (isCaseSensitive(resource)) {
        return key.strip().equals(written);
      }
      String name = key.toLowerCase(Locale.ROOT);
      if (name.equals(text)) {
        return true;
      } else if (resource.key().size() != 2) {
        return spelled(name).equals(spelled);
      }
      int blank = endOfFirst(name);
      if (blank <= 0) {
        return false;
      }
      String one = spelled(name.substring(0, blank));
      String other = spelled(name.substring(blank + 1));
      return (one.equals(spelled) && !beginsWithType(resource))
          || other.equals(spelled)
          || (one.equals(first) && other.equals(rest));
    }

    /** Expressions over URLs that differ by case are different ones. */
    private static boolean isCaseSensitive(Resource resource) {
      return resource.rules().stream()
          .anyMatch(
              rule ->
                  rule instanceof Rule.Expression expression
                      && resource.key().contains(expression.field()));
    }

    /** The type of a pattern is that of very many records. */
    private static boolean beginsWithType(Resource resource) {
      Rule.Pattern pattern = resource.pattern();
      return pattern != null && resource.key().get(0).equals(pattern.typeField());
    }

    /**
     * Where the first field of a key of two ends: it is a type, or an address, or all addresses of
     * a person with commas between them. -1 if there is no other field.
     */
    private static int endOfFirst(String key) {
      int blank = key.indexOf(' ');
      while (blank > 0 && key.charAt(blank - 1) == ',') {
        blank = key.indexOf(' ', blank + 1);
      }
      return blank;
    }

    /** As keys are compared everywhere: a text that is neither address nor name keeps its own. */
    private static String spelled(String text) {
      return text.indexOf('@') >= 0
          ? Spelling.folded(PatternType.EMAIL, text)
          : Spelling.folded(PatternType.DOMAIN, Spelling.folded(PatternType.IP, text));
    }
  }
}
