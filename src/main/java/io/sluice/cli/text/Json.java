package io.sluice.cli.text;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the JSON that commands print. A holder of its own, since every command's class is loaded at
 * every start and Jackson's mapper takes longer to load than all of them.
 */
public final class Json {
  /** Names the fields of records in the way of the API. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private Json() {}
}
