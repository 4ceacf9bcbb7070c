package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.UsageException;
import io.sluice.job.spec.FeedSpec;
import io.sluice.job.spec.JobSpec;
import io.sluice.job.spec.PruneSpec;
import io.sluice.job.store.DatabaseSettings;
import io.sluice.pipeline.feed.FeedServer;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.sandbox.BlockedDomain;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service deletes what has expired, and keeps lists equal to the feeds of its configuration.
 */
final class OwnedListJobsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String LIST = "block_senders";

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = JobRig.sandbox().start();
  private final SandboxAccount account = sandbox.account("00000000000000000000000000000001");
  private final FeedServer server;

  OwnedListJobsTest() throws IOException {
    server = new FeedServer();
  }

  @AfterEach
  void stop() {
    sandbox.close();
    server.close();
  }

  @Test
  void whatHasExpiredIsDeleted() throws IOException {
    hold("hand.example", "by hand");
    hold("old.example", "[sluice owner=feed-x expires=2020-01-01]");
    hold("older.example", "[sluice expires=2020-01-01]");
    try (JobRig rig = JobRig.embedded(directory, sandbox)) {
      Job owners = rig.awaitEnd(submit(rig, prune("feed-x")));
      assertThat(owners.exit()).describedAs(owners.summary()).isZero();
      assertThat(patterns()).containsExactly("hand.example", "older.example");

      hold("typo.example", "[sluice expires=2020-02-30]");
      Job all = rig.awaitEnd(submit(rig, prune(null)));
      assertThat(all.exit()).isZero();
      assertThat(all.resources()).contains("block-senders").doesNotContain("domains");
      assertThat(summary(all).path("warnings").toString())
          .contains("1 record has a tag that cannot be read")
          .contains("block-senders DOMAIN typo.example");
      assertThat(patterns()).containsExactly("hand.example", "typo.example");
    }
  }

  @Test
  void aClockThatIsFarOffDeletesNothing() throws IOException {
    hold("old.example", "[sluice expires=2020-01-01]");
    Clock early = Clock.offset(Clock.systemUTC(), Duration.ofDays(-2));
    try (JobRig rig =
        new JobRig(
            directory,
            sandbox,
            DatabaseSettings.embedded(directory.resolve("data")),
            "test",
            4,
            early)) {
      Job refused = rig.awaitEnd(submit(rig, prune(null)));

      assertThat(refused.exit()).isEqualTo(4);
      assertThat(refused.summary()).contains("clock_skew").contains(" behind");
      assertThat(patterns()).containsExactly("old.example");
    }
  }

  @Test
  void aFeedOfTheConfigurationIsImportedIfItHasChanged() throws IOException {
    try (JobRig rig = JobRig.embedded(directory, sandbox)) {
      configure();
      server.list("/list", feed(0, 20));
      Job first = rig.awaitEnd(submit(rig, mirror()));
      assertThat(first.exit()).describedAs(first.summary()).isZero();
      assertThat(first.resources()).containsExactly("block-senders");
      assertThat(patterns()).hasSize(20);

      sandbox.requestLog().reset();
      Job again = rig.awaitEnd(submit(rig, mirror()));
      assertThat(again.exit()).isZero();
      assertThat(summary(again).path("outcome").asString()).isEqualTo("unchanged");
      assertThat(sandbox.requestLog().total()).isZero();

      server.says("/list", 200, "text/html", "<html>");
      Job page = rig.awaitEnd(submit(rig, mirror()));
      assertThat(page.exit()).isEqualTo(4);
      assertThat(page.summary()).contains("web page");
      server.list("/list", feed(0, 2));
      Job shrunk = rig.awaitEnd(submit(rig, mirror()));
      assertThat(shrunk.exit()).isEqualTo(4);
      assertThat(shrunk.summary()).contains("too_many_deletes");
      assertThat(patterns()).hasSize(20);
    }
  }

  @Test
  void aFeedIsImportedAgainWhileRowsOfItAreLeftToOtherOwners() throws IOException {
    hold("host1.example", "[sluice owner=feed-y]");
    try (JobRig rig = JobRig.embedded(directory, sandbox)) {
      configure();
      server.list("/list", feed(0, 3));
      assertThat(rig.awaitEnd(submit(rig, mirror())).exit()).isZero();

      Job again = rig.awaitEnd(submit(rig, mirror()));

      assertThat(summary(again).path("held_by").asLong()).isOne();
    }
  }

  @Test
  void noOtherFeedIsFetched() throws IOException {
    try (JobRig rig = JobRig.embedded(directory, sandbox)) {
      configure();
      assertThatThrownBy(() -> submit(rig, new FeedSpec("one", "http://127.0.0.1/", null, null)))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("there is no feed");
      assertThat(rig.bench.accounts().feeds()).containsExactly("urlhaus");
    }
  }

  private void configure() throws IOException {
    Files.writeString(
        directory.resolve("profiles.yaml"),
        "feeds:\n  urlhaus: {url: '"
            + server.url("/list")
            + "', resource: block-senders, format: list}\n",
        StandardOpenOption.APPEND);
  }

  private static JobSpec mirror() {
    ImportOptions options =
        new ImportOptions(
            "mirror", null, false, null, null, false, null, null, "urlhaus", null, "30d");
    return new FeedSpec("one", "urlhaus", null, options);
  }

  private static JobSpec prune(@Nullable String owner) {
    ImportOptions options =
        new ImportOptions(null, null, false, "100%", null, false, null, null, owner, null, null);
    return new PruneSpec("one", null, null, options);
  }

  private static String submit(JobRig rig, JobSpec spec) {
    return rig.submit(spec, "test").id();
  }

  private static JsonNode summary(Job job) {
    return JSON.readTree(String.valueOf(job.summary()));
  }

  private static String feed(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "host" + i + ".example\n")
        .collect(Collectors.joining());
  }

  private void hold(String pattern, String comment) {
    account.add(LIST, BlockedDomain.of(pattern).put("comments", comment));
  }

  private List<String> patterns() {
    return account.records(LIST).stream()
        .map(record -> record.path("pattern").asString())
        .sorted()
        .toList();
  }
}
