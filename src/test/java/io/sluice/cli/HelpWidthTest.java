package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Help that a terminal of 80 columns shows as it was written. */
final class HelpWidthTest {
  @Test
  void examplesAndExitCodesAreNotBroken() {
    Map<String, CommandLine> commands = Commands.parserOf().getSubcommands();

    assertThat(commands).isNotEmpty();
    commands.forEach(
        (name, command) ->
            assertThat(command.getUsageMessage().lines())
                .as(name)
                .containsAll(
                    Stream.of(command.getCommandSpec().usageMessage().footer())
                        .map(line -> line.replace("%%", "%"))
                        .toList()));
  }
}
