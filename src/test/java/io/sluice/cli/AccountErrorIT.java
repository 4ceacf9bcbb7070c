package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Where a run works on two accounts, what one of them refuses is told with its name. */
@Tag("slow")
final class AccountErrorIT {
  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "diff profile:a profile:b, TOKEN_A, profile:a",
    "diff profile:a profile:b, TOKEN_B, profile:b",
    "migrate --from a --to b, TOKEN_A, a",
    "migrate --from a --to b, TOKEN_B, b"
  })
  void theAccountThatRefusesIsNamed(String command, String token, String named) throws Exception {
    try (TwoAccounts accounts = new TwoAccounts()) {
      accounts.profiles(directory);
      accounts.a.account().seed("block_senders", 3);

      JsonNode said =
          TwoAccounts.json(
              accounts.sluice(directory).with(token, "wrong-".repeat(7)), 5, command.split(" "));

      assertThat(said.at("/error/code").stringValue()).isEqualTo("not_authenticated");
      assertThat(said.at("/error/message").stringValue())
          .matches(named + ": GET [a-z_]+ was answered HTTP 401: .*");
    }
  }
}
