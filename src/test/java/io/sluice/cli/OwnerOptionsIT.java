package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.BlockedDomain;
import io.sluice.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Owners and ends as they are given at the command line, and what an address of an input may be.
 */
final class OwnerOptionsIT {
  private static final String LIST = "block_senders";

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void recordsWithoutAnOwnerAreAdoptedByTheBareOptionAlone() throws Exception {
    sandbox.account().add(LIST, BlockedDomain.of("evil.example").put("comments", "by hand"));

    assertThat(imported("--owner", "feed-x").out()).contains("left to their owners: 1");
    assertThat(comments()).containsExactly("by hand");
    Ended empty = imported("--owner", "feed-x", "--adopt=");
    assertThat(empty.exit()).isEqualTo(2);
    assertThat(empty.err()).contains("--adopt has no value");
    assertThat(imported("--adopt", "--dry-run").err()).contains("--adopt needs --owner");
    Ended adopted = imported("--owner", "feed-x", "--adopt");
    assertThat(adopted.exit()).describedAs(adopted.err()).isZero();
    assertThat(comments()).containsExactly("by hand [sluice owner=feed-x]");
  }

  @Test
  void anEndThatHasPassedIsRefused() throws Exception {
    Ended ended = imported("--expires", "2020-01-01");
    assertThat(ended.exit()).isEqualTo(4);
    assertThat(ended.err()).contains("--expires 2020-01-01 has passed");
    assertThat(comments()).isEmpty();
  }

  @Test
  void anAddressOfAnotherSchemeIsNoFile() throws Exception {
    Ended ended = run("import", "-r", "block-senders", "ftp://feeds.example/list.txt", "--dry-run");
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("a feed is fetched over https:, and not over ftp:");
  }

  @Test
  void theAuditTrailOfNoServiceIsNotCheckedAsIfItWereEmpty() throws Exception {
    Ended ended = run("serve", "--verify-audit", "--data-dir", "nowhere");
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("no database of a service in nowhere");
    assertThat(directory.resolve("nowhere")).doesNotExist();
  }

  private Ended imported(String... options) throws Exception {
    Files.writeString(directory.resolve("a.csv"), "pattern\nevil.example\n");
    List<String> words = new ArrayList<>(List.of("import", "-r", "block-senders", "a.csv"));
    words.addAll(List.of(options));
    return run(words.toArray(new String[0]));
  }

  private Ended run(String... words) throws Exception {
    return new SluiceProcess(directory).against(sandbox).withoutInput().quick().run(words);
  }

  private List<String> comments() {
    return sandbox.account().records(LIST).stream()
        .map(record -> record.path("comments").asString())
        .toList();
  }
}
