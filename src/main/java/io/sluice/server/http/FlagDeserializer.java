package io.sluice.server.http;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.InvalidNullException;

/**
 * Reads true and false, and false where nothing is given. A null is refused: a tool that lacks a
 * value writes one, and {@code "dry_run": null} would be a run that changes something.
 */
final class FlagDeserializer extends StdScalarDeserializer<Boolean> {
  FlagDeserializer() {
    super(boolean.class);
  }

  @Override
  public @Nullable Boolean deserialize(JsonParser parser, DeserializationContext context) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_TRUE) {
      return true;
    } else if (token == JsonToken.VALUE_FALSE) {
      return false;
    }
    return (Boolean) context.handleUnexpectedToken(getValueType(context), parser);
  }

  @Override
  public Object getNullValue(DeserializationContext context) {
    throw InvalidNullException.from(context, null, getValueType(context));
  }

  @Override
  public Object getAbsentValue(DeserializationContext context) {
    return false;
  }
}
