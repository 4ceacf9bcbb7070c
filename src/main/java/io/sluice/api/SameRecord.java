package io.sluice.api;

import io.sluice.catalog.NaturalKey;
import io.sluice.catalog.Resource;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sees to it that an answer is about the record that was written. Spelling may differ, as servers
 * put what they are given into order.
 */
final class SameRecord {
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private SameRecord() {}

  /**
   * The answered record, which may leave out its id.
   *
   * @throws UnexpectedShape if it has another id
   */
  static ObjectNode withId(String id, ObjectNode answered) {
    String told = answered.path("id").asString("");
    if (!told.isEmpty() && !told.equalsIgnoreCase(id)) {
      throw new UnexpectedShape("the answer is about another record");
    }
    return answered;
  }

  /**
   * The answered record, which may leave out what tells it apart.
   *
   * @throws UnexpectedShape if its natural key is evidently another than that of {@code sent}
   */
  static ObjectNode withKey(Resource resource, ObjectNode sent, ObjectNode answered) {
    if (resource.key().stream().allMatch(field -> same(sent.get(field), answered.get(field)))) {
      return answered;
    }
    Optional<NaturalKey> wanted = NaturalKey.of(resource, sent);
    ObjectNode whole = sent.deepCopy();
    whole.setAll(answered);
    Optional<NaturalKey> told = NaturalKey.of(resource, whole);
    if (wanted.isPresent() && told.isPresent() && !alike(wanted.get(), told.get())) {
      throw new UnexpectedShape("the answer is about another record");
    }
    return answered;
  }

  private static boolean same(@Nullable JsonNode sent, @Nullable JsonNode answered) {
    return sent != null && sent.equals(answered);
  }

  private static boolean alike(NaturalKey one, NaturalKey other) {
    return one.folded().equals(other.folded()) || words(one.folded()).equals(words(other.folded()));
  }

  private static List<String> words(List<String> texts) {
    return texts.stream()
        .map(text -> Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT))
        .map(text -> NO_WORD.matcher(text).replaceAll(""))
        .toList();
  }
}
