package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is taken from the surroundings of the process. */
final class EnvironmentTest {
  /** Else data would go into a directory named "?", wherever the process is. */
  @Test
  void aUserWithoutAHomeHasTheRoot() {
    String before = System.setProperty("user.home", "?");
    try {
      assertThat(new Environment(Map.of()).home()).isEqualTo("/");
    } finally {
      System.setProperty("user.home", before);
    }
  }
}
