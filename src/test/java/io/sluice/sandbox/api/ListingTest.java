package io.sluice.sandbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.Caller;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ListingTest {
  private final Sandbox sandbox = Sandbox.builder().start();
  private final SandboxAccount account = sandbox.account();
  private final Caller caller = Caller.of(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void pagesJoinedAreTheRecordsByteForByte() {
    account.seed("block_senders", 2_500);
    StringBuilder served = new StringBuilder();
    for (int page = 1; page <= 3; page++) {
      String body = caller.get("block_senders?per_page=1000&page=" + page).body();
      served.append(body, body.indexOf("[{") + 1, body.indexOf("],\"result_info\"")).append(',');
    }
    String stored =
        String.join(
            ",", account.raw("block_senders").stream().map(raw -> new String(raw, UTF_8)).toList());
    assertThat(served.toString()).isEqualTo(stored + ",");
  }

  @Test
  void aPageHoldsTwentyUnlessAskedOtherwiseAndOneBeyondTheEndIsEmpty() {
    account.seed("domains", 21);
    assertThat(caller.get("domains").result().size()).isEqualTo(20);
    assertThat(caller.get("domains?page=2").result().size()).isEqualTo(1);
    var beyond = caller.get("domains?page=3");
    assertThat(beyond.result().size()).isZero();
    assertThat(beyond.json().at("/result_info/total_count").intValue()).isEqualTo(21);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "page=0",
        "page=x",
        "per_page=0",
        "per_page=1001",
        "order=comments",
        "direction=up",
        "pattern=a&pattern=b"
      })
  void whatTheApiWouldNotTakeIsRefused(String query) {
    assertThat(caller.get("block_senders?" + query).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "block_senders?pattern_type=EMIAL",
        "allow_policies?is_trusted_sender=maybe",
        "allow_policies?verify_sender=yes",
        "domains?allowed_delivery_mode=BBC",
        "domains?active_delivery_mode=",
        "domains?status=activ",
        "impersonation_registry?provenance=A1S"
      })
  void aFilterTakesOnlyValuesThatThereAre(String query) {
    assertThat(caller.get(query).status()).isEqualTo(400);
  }

  @Test
  void listsAreOrderedByCreationThenIdHoweverTheyWereLoaded() {
    load(
        "{'id':'c','created_at':'2024-01-02T00:00:00Z','pattern':'1'}",
        "{'id':'b','created_at':'2024-01-01T00:00:00.5Z','pattern':'2'}",
        "{'id':'a','created_at':'2024-01-02T00:00:00.000Z','pattern':'3'}",
        "{'id':'d','pattern':'0'}");
    assertThat(ids("")).containsExactly("d", "b", "a", "c");
    assertThat(ids("direction=desc")).containsExactly("c", "a", "b", "d");
    assertThat(ids("order=pattern")).containsExactly("d", "c", "b", "a");
    assertThat(ids("order=pattern&direction=desc&per_page=2&page=2")).containsExactly("c", "d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "allow_policies?is_trusted_sender=true|b",
        "allow_policies?is_trusted_sender=false|a c",
        "allow_policies?pattern=x.example|a b",
        "allow_policies?pattern=x.example&pattern_type=email|b",
        "allow_policies?search=WORLD|c",
        "allow_policies?pattern_type=UNKNOWN|c",
        "allow_policies?pattern=nothing|",
      })
  void everyFilterNarrowsTheListAndTheTotalIgnoresIt(String query, String ids) {
    account.load(
        "allow_policies",
        raws(
            "{'id':'a','pattern':'x.example','pattern_type':'DOMAIN'}",
            "{'id':'b','pattern':'x.example','pattern_type':'EMAIL','is_trusted_sender':true}",
            "{'id':'c','pattern':'y','pattern_type':'UNKNOWN','comments':'Hello World'}"));
    var list = caller.get(query);
    assertThat(String.join(" ", ids(list))).isEqualTo(ids == null ? "" : ids);
    assertThat(list.json().at("/result_info/total_count").intValue()).isEqualTo(3);
    assertThat(list.json().at("/result_info/count").intValue()).isEqualTo(ids(list).size());
  }

  @Test
  void domainsCanBeAskedForSeveralAtATime() {
    account.seed("domains", 10);
    assertThat(ids(caller.get("domains?domain=d3.example.net&domain=d7.example.net"))).hasSize(2);
    assertThat(ids(caller.get("domains?allowed_delivery_mode=DIRECT&domain=d1.example.net")))
        .hasSize(1);
    assertThat(ids(caller.get("domains?allowed_delivery_mode=API"))).isEmpty();
    assertThat(ids(caller.get("domains?status=PENDING"))).hasSize(10);
  }

  @Test
  void aFilteredListFollowsChanges() {
    account.seed("block_senders", 10);
    int before = ids("pattern_type=IP").size();
    caller.post(
        "block_senders",
        "{'pattern':'192.0.2.1','pattern_type':'IP','is_regex':false}".replace('\'', '"'));
    assertThat(ids("pattern_type=IP")).hasSize(before + 1);
  }

  @Test
  void listsSurviveDeletionsAndInsertionsAnywhere() {
    account.seed("block_senders", 3_000);
    List<String> ids = new java.util.ArrayList<>(allIds());
    for (int i = 2_999; i >= 0; i -= 3) {
      caller.delete("block_senders/" + ids.remove(i));
    }
    for (int i = 0; i < 900; i++) {
      load(
          "{'id':'n%d','created_at':'2024-01-01T00:10:00.%03dZ','pattern':'n%d'}"
              .formatted(i, 999 - i, i));
    }
    List<String> loaded = allIds();
    int at = 0;
    while (ids.get(at).equals(loaded.get(at))) {
      at++;
    }
    ids.addAll(at, IntStream.rangeClosed(0, 899).mapToObj(i -> "n" + (899 - i)).toList());
    assertThat(loaded).isEqualTo(ids);
    assertThat(account.count("block_senders")).isEqualTo(2_900);
    assertThat(caller.get("block_senders/n450").result().path("pattern").stringValue())
        .isEqualTo("n450");
  }

  private List<String> allIds() {
    return account.records("block_senders").stream()
        .map(record -> record.path("id").stringValue())
        .toList();
  }

  private List<String> ids(String query) {
    return ids(caller.get("block_senders?" + query));
  }

  private static List<String> ids(Caller.Heard list) {
    return list.result()
        .valueStream()
        .map(node -> node.path("id"))
        .map(JsonNode::stringValue)
        .toList();
  }

  private void load(String... records) {
    account.load("block_senders", raws(records));
  }

  private static List<byte[]> raws(String... records) {
    return Stream.of(records).map(text -> text.replace('\'', '"').getBytes(UTF_8)).toList();
  }
}
