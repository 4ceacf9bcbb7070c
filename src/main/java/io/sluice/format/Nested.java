package io.sluice.format;

import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Copies a value that is neither text nor flat, token by token. */
final class Nested {
  private static final JsonFactory JSON = new JsonFactory();

  private Nested() {}

  static byte[] json(JsonParser parser) {
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), copy)) {
      generator.copyCurrentStructureExact(parser);
    }
    return copy.toByteArray();
  }
}
