package io.sluice.format;

import static io.sluice.format.OptionNames.API;
import static io.sluice.format.OptionNames.COMMAND_LINE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OptionNamesTest {
  @Test
  void whatIsProposedIsReadByAShellAsItIs() {
    assertThat(COMMAND_LINE.with("to", "backups/a-b")).isEqualTo("--to backups/a-b");
    assertThat(COMMAND_LINE.with("max-errors", "5%")).isEqualTo("--max-errors 5%");
    assertThat(COMMAND_LINE.with("to", "my backups")).isEqualTo("--to 'my backups'");
    assertThat(COMMAND_LINE.with("to", "it's $HOME")).isEqualTo("--to 'it'\\''s $HOME'");
    assertThat(COMMAND_LINE.with("to", "a\"b")).isEqualTo("--to 'a\"b'");
    assertThat(API.with("map", "a b=c")).isEqualTo("map=a%20b=c");
  }
}
