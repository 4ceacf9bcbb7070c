package io.sluice.format.json;

import io.sluice.format.text.LoneSurrogates;
import io.sluice.format.text.TextInput;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON from people's files: no name twice, nothing nested without bounds, numbers kept exact. */
public final class StrictJson {
  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(100)
                          .maxStringLength(TextInput.LONGEST)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /** The one value that the text holds; null if it is malformed or not alone. */
  public static @Nullable JsonNode value(String text) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      JsonNode value = parser.nextToken() == null ? null : MAPPER.readTree(parser);
      return parser.nextToken() == null ? value : null;
    } catch (JacksonException malformed) {
      return null;
    }
  }

  /** Why the value cannot be kept or sent, well-formed as it is; null if it can. */
  public static @Nullable String unsound(JsonNode value) {
    if (value.isString()) {
      return LoneSurrogates.in(value.stringValue())
          ? "holds half of a surrogate pair, which UTF-8 cannot carry"
          : null;
    } else if (value.isBigDecimal()) {
      return Double.isInfinite(value.decimalValue().doubleValue())
          ? "the number is out of bounds"
          : null;
    }
    for (JsonNode child : value) {
      String unsound = unsound(child);
      if (unsound != null) {
        return unsound;
      }
    }
    return null;
  }
}
