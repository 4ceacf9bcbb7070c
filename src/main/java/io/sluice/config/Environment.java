package io.sluice.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The process's environment variables. An empty one counts as unset.
 *
 * @param variables names and values
 */
public record Environment(Map<String, String> variables) {

  /** That of this process. */
  public static Environment ofProcess() {
    return new Environment(System.getenv());
  }

  /** The value of a variable, or null if it is unset or empty. */
  public @Nullable String get(String name) {
    String value = variables.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** Names alone: values may be secret. */
  @Override
  public String toString() {
    return variables.keySet().toString();
  }
}
