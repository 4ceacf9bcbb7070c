package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.pipeline.feed.FeedServer;
import io.sluice.sandbox.BlockedDomain;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list is kept equal to a feed, and a feed that goes wrong changes nothing. */
final class FeedIT {
  private static final String LIST = "block_senders";

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();
  private final FeedServer server;

  FeedIT() throws IOException {
    server = new FeedServer();
  }

  @AfterEach
  void stop() {
    sandbox.close();
    server.close();
  }

  @Test
  void aListIsKeptEqualToAFeed() throws Exception {
    server.list("/list.txt", feed(0, 30));
    Ended first = mirror();
    assertThat(first.exit()).describedAs(first.err() + first.out()).isZero();
    assertThat(comments()).hasSize(30);
    assertThat(comments().get("host0.example")).startsWith("[sluice owner=feed-x expires=");

    sandbox.requestLog().reset();
    server.requests().clear();
    Ended again = mirror();
    assertThat(again.exit()).isZero();
    assertThat(again.out()).contains("unchanged: the feed is as it was imported");
    assertThat(server.requests()).hasSize(1);
    assertThat(sandbox.requestLog().total()).isZero();

    server.list("/list.txt", feed(5, 32));
    Ended changed = mirror();
    assertThat(changed.exit()).describedAs(changed.err() + changed.out()).isZero();
    assertThat(comments()).hasSize(27).doesNotContainKey("host0.example");
  }

  @Test
  void aFeedThatGoesWrongChangesNothingAndIsNotForgotten() throws Exception {
    server.list("/list.txt", feed(0, 40));
    assertThat(mirror().exit()).isZero();
    Map<String, String> before = comments();

    assertRefused(4, "web page", () -> server.says("/list.txt", 200, "text/html", "<html>sign in"));
    assertRefused(
        4, "web page", () -> server.says("/list.txt", 200, "text/plain", "\n<!DOCTYPE html><p>"));
    assertRefused(4, "is empty", () -> server.says("/list.txt", 200, "text/plain", ""));
    assertRefused(4, "no row", () -> server.list("/list.txt", "# nothing today\n"));
    assertRefused(4, "--max-deletes", () -> server.list("/list.txt", feed(0, 3)));
    assertRefused(4, "404", () -> server.says("/list.txt", 404, "text/plain", "gone"));
    assertRefused(5, "403", () -> server.says("/list.txt", 403, "text/plain", "no"));
    assertRefused(6, "503", () -> server.says("/list.txt", 503, "text/plain", "later"));
    assertThat(comments()).isEqualTo(before);

    server.list("/list.txt", feed(0, 40));
    assertThat(mirror().out()).contains("unchanged: the feed is as it was imported");
  }

  @Test
  void aFeedThatGoesBackAfterAnImportThatLeftRowsIsImported() throws Exception {
    server.list("/list.txt", feed(0, 30));
    assertThat(mirror().exit()).isZero();
    sandbox
        .account()
        .add(
            LIST,
            BlockedDomain.of("host30.example")
                .put("id", "held")
                .put("comments", "[sluice owner=feed-y]"));
    server.list("/list.txt", feed(1, 31));
    assertThat(mirror().out()).contains("left to their owners: 1");
    assertThat(comments()).doesNotContainKey("host0.example");

    server.list("/list.txt", feed(0, 30));
    Ended back = mirror();

    assertThat(back.out()).doesNotContain("unchanged: the feed is as it was imported");
    assertThat(comments()).containsKey("host0.example");
  }

  @Test
  void theFeedsOwnAuthorityMayBeGivenWhereTheApiIsReachedByHttp() throws Exception {
    Path authority = TestCertificate.in(directory, "feed.example").pem(directory);
    Ended away =
        new SluiceProcess(directory)
            .against(sandbox)
            .withoutInput()
            .quick()
            .run("import", "-r", LIST, "https://127.0.0.1:1/list.txt", "--ca-file", authority + "");

    assertThat(away.exit()).describedAs(away.err()).isEqualTo(6);
    assertThat(away.err()).contains("could not be fetched: no connection");
  }

  @Test
  void anotherPurposeIsNotUnchanged() throws Exception {
    server.list("/list.txt", feed(0, 3));
    assertThat(mirror().exit()).isZero();

    Ended other = mirror("--normalize", "--set", "comments=why");

    assertThat(other.out()).doesNotContain("unchanged:");
    assertThat(comments().get("host0.example")).startsWith("why [sluice owner=feed-x");
  }

  @Test
  void rowsLeftToAnotherOwnerAreTriedAgainThoughTheFeedStaysAsItIs() throws Exception {
    server.list("/list.txt", feed(0, 3));
    sandbox
        .account()
        .add(
            LIST,
            BlockedDomain.of("host1.example")
                .put("id", "held")
                .put("comments", "[sluice owner=feed-y]"));
    assertThat(mirror().out()).contains("left to their owners: 1");

    sandbox.account().remove(LIST, "held");
    Ended again = mirror();

    assertThat(again.out()).doesNotContain("unchanged:");
    assertThat(comments().get("host1.example")).startsWith("[sluice owner=feed-x");
    assertThat(mirror().out()).contains("unchanged: the feed is as it was imported");
  }

  @Test
  void endsInDaysThatAreSetForAllRowsAreRenewedToo() throws Exception {
    server.list("/list.txt", feed(0, 3));
    assertThat(mirror("--set", "expires=0d").exit()).isZero();

    Ended again = mirror("--set", "expires=0d");

    assertThat(again.out()).doesNotContain("unchanged: the feed is as it was imported");
  }

  private void assertRefused(int exit, String reason, Runnable fault) throws Exception {
    fault.run();
    Ended ended = mirror();
    assertThat(ended.exit()).describedAs(ended.err() + ended.out()).isEqualTo(exit);
    assertThat(ended.err() + ended.out()).contains(reason);
  }

  private Ended mirror(String... more) throws Exception {
    String[] command = {
      "import",
      "-r",
      "block-senders",
      server.url("/list.txt"),
      "--mode",
      "mirror",
      "--owner",
      "feed-x",
      "--expires",
      "14d",
      "--max-deletes",
      "20%",
      "--yes"
    };
    String[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return new SluiceProcess(directory)
        .against(sandbox)
        .with("XDG_STATE_HOME", directory.resolve("state").toString())
        .withoutInput()
        .quick()
        .run(all);
  }

  private static String feed(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "host" + i + ".example\n")
        .collect(Collectors.joining());
  }

  private Map<String, String> comments() {
    Map<String, String> comments = new TreeMap<>();
    sandbox
        .account()
        .records(LIST)
        .forEach(
            record ->
                comments.put(
                    record.path("pattern").asString(), record.path("comments").asString("")));
    return comments;
  }
}
