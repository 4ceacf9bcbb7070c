package io.sluice.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sandbox.data.Json;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxAccountTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final Sandbox sandbox = Sandbox.builder().clock(() -> NOW).start();
  private final SandboxAccount account = sandbox.account();
  private final Caller caller = Caller.of(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void seedingGoesOnWhereItEnded() {
    account.seed("trusted-domains", 3);
    account.seed("trusted_domains", 2);
    assertThat(account.records("trusted_domains"))
        .extracting(record -> record.path("pattern").stringValue())
        .containsExactly(
            "d0.example.net",
            "d1.example.net",
            "d2.example.net",
            "d3.example.net",
            "d4.example.net");
  }

  @Test
  void theSameSeedMakesTheSameAccount() {
    account.seed("domains", 5);
    try (Sandbox twin = Sandbox.builder().start()) {
      twin.account().seed("domains", 5);
      assertThat(twin.account().records("domains")).isEqualTo(account.records("domains"));
    }
  }

  @Test
  void aNewRecordNeverGetsTheIdOfALoadedOne() {
    List<String> bodies =
        Stream.of("a.example", "b.example", "c.example")
            .map(p -> "{\"pattern\":\"" + p + "\",\"pattern_type\":\"DOMAIN\",\"is_regex\":false}")
            .toList();
    bodies.forEach(body -> caller.post("block_senders", body));
    // The same account again, begun from a snapshot of itself: its ids come in the same order.
    try (Sandbox again = Sandbox.builder().clock(() -> NOW).start()) {
      again.account().load("block_senders", account.raw("block_senders").stream());
      Caller other = Caller.of(again);
      bodies.forEach(body -> other.post("block_senders", body.replace(".example", ".test")));
      assertThat(again.account().records("block_senders"))
          .hasSize(6)
          .extracting(record -> record.path("id").stringValue())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aLoadedRecordIsFoundByItsIdAndKey() {
    String raw =
        "{\"pattern\":\"\\u0061.example\",\"id\":17,\"pattern_type\":\"DOMAIN\",\"z\":1.50}";
    account.load("block_senders", Stream.of(raw.getBytes(UTF_8)));
    assertThat(caller.get("block_senders/17").body()).contains(raw);
    assertThat(caller.get("block_senders?pattern=a.example").body()).contains(raw);
    String same = "{\"pattern\":\"a.example\",\"pattern_type\":\"DOMAIN\",\"is_regex\":false}";
    assertThat(caller.post("block_senders", same).status()).isEqualTo(409);
  }

  @Test
  void whatIsNoObjectIsNotLoaded() {
    List<byte[]> broken = List.of("{\"id\":\"a\"".getBytes(UTF_8));
    assertThatThrownBy(() -> account.load("domains", broken))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> account.seed("nothing", 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void changesBehindTheApisBackAreSeenThroughIt() {
    account.add("domains", Json.object("{\"id\":\"x\",\"domain\":\"a.example\"}".getBytes(UTF_8)));
    account.add("domains", Json.object("{\"domain\":\"b.example\"}".getBytes(UTF_8)));
    assertThat(caller.get("domains").result().size()).isEqualTo(2);
    assertThat(caller.get("domains/x").result().path("created_at").stringValue())
        .isEqualTo("2026-11-21T12:00:00.000000Z");
    assertThat(account.remove("domains", "x")).isTrue();
    assertThat(account.remove("domains", "x")).isFalse();
    assertThat(caller.get("domains").result().size()).isEqualTo(1);
  }

  @Test
  void createdRecordsBearTheClocksTimeNeverTwiceTheSame() {
    for (String name : List.of("a", "b")) {
      String body =
          "{\"pattern\":\"%s.example\",\"is_regex\":false,\"is_recent\":true,"
              + "\"is_similarity\":false}";
      assertThat(caller.post("trusted_domains", body.formatted(name)).status()).isEqualTo(200);
    }
    assertThat(account.records("trusted_domains"))
        .extracting(record -> record.path("created_at").stringValue())
        .containsExactly("2026-11-21T12:00:00.000000Z", "2026-11-21T12:00:00.000001Z");
  }

  @Test
  void millionsAreSeededWithinSecondsAndAddressedAtOnce() {
    account.seed("block_senders", 300_000);
    assertThat(account.count("block_senders")).isEqualTo(300_000);
    var last = caller.get("block_senders?per_page=1000&page=300").result();
    assertThat(last.size()).isEqualTo(1000);
    String id = last.path(999).path("id").stringValue();
    assertThat(caller.delete("block_senders/" + id).status()).isEqualTo(200);
    assertThat(caller.get("block_senders/" + id).status()).isEqualTo(404);
  }
}
