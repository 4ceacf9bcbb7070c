package io.sluice.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The process's environment variables. An empty one counts as unset.
 *
 * @param variables names and values
 * @param text how the values were decoded
 */
public record Environment(Map<String, String> variables, ProcessText text) {
  /** What Java says of a user that the system does not know, as in a container. */
  private static final String NO_HOME = "?";

  /** Variables whose values are what they say. */
  public Environment(Map<String, String> variables) {
    this(variables, ProcessText.DECODED_AS_UTF_8);
  }

  /** That of this process. */
  public static Environment ofProcess() {
    return new Environment(System.getenv(), ProcessText.ofProcess());
  }

  /**
   * The value of a variable, or null if it is unset or empty.
   *
   * @throws UsageException if the value may have lost characters before Sluice could read it
   */
  public @Nullable String get(String name) {
    String value = variables.get(name);
    if (value == null || value.isBlank()) {
      return null;
    }
    text.requireVariable(name, value);
    return value.strip();
  }

  /**
   * The user's home directory; the root for a user that has none, as container runtimes have it.
   *
   * @throws UsageException if its name may have lost characters before Sluice could read it
   */
  public String home() {
    String home = get("HOME");
    if (home != null) {
      return home;
    }
    String other = System.getProperty("user.home", "/");
    if (other.equals(NO_HOME)) {
      return "/";
    }
    text.requireDirectory("the home directory", other);
    return other;
  }

  /** Names alone: values may be secret. */
  @Override
  public String toString() {
    return variables.keySet().toString();
  }
}
