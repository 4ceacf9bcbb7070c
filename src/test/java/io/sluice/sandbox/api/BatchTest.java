package io.sluice.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.Caller;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final String ROW =
      "{\"pattern\":\"%s\",\"pattern_type\":\"DOMAIN\",\"is_regex\":false}";

  private final Sandbox sandbox = Sandbox.builder().start();
  private final SandboxAccount account = sandbox.account();
  private final Caller caller = Caller.of(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void theFourKindsAreCarriedOutInOrder() {
    account.seed("block_senders", 3);
    List<String> ids = ids("block_senders");
    String freed = account.records("block_senders").get(0).path("pattern").stringValue();
    var answer =
        batch(
            "block_senders",
            "{\"id\":\"" + ids.get(0) + "\"}",
            "{\"id\":\"" + ids.get(1) + "\",\"comments\":\"p\"}",
            "{\"id\":\"" + ids.get(2) + "\"," + ROW.formatted("put.example").substring(1),
            ROW.formatted("new.example") + "," + row(freed, "EMAIL"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.result().propertyNames())
        .containsExactly("deletes", "patches", "puts", "posts");
    assertThat(answer.result().at("/patches/0/comments").stringValue()).isEqualTo("p");
    assertThat(answer.result().at("/puts/0/pattern").stringValue()).isEqualTo("put.example");
    assertThat(answer.result().path("posts").size()).isEqualTo(2);
    assertThat(account.count("block_senders")).isEqualTo(4);
  }

  @Test
  void oneBadItemUndoesAnAtomicBatchAndIsPointedAt() {
    account.seed("block_senders", 2);
    List<byte[]> before = account.raw("block_senders");
    List<String> ids = ids("block_senders");
    var answer =
        batch(
            "block_senders",
            "{\"id\":\"" + ids.get(0) + "\"}",
            "{\"id\":\"" + ids.get(1) + "\",\"comments\":\"p\"}",
            "",
            ROW.formatted("good.example") + "," + ROW.formatted("no domain"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error().at("/source/pointer").stringValue()).isEqualTo("/posts/1/pattern");
    assertThat(account.raw("block_senders")).usingRecursiveComparison().isEqualTo(before);
    assertThat(account.creations("block_senders")).isEmpty();
  }

  @Test
  void aConflictInsideABatchIsAConflict() {
    var answer =
        batch(
            "block_senders",
            "",
            "",
            "",
            ROW.formatted("a.example") + "," + ROW.formatted("a.example"));
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.error().at("/source/pointer").stringValue()).isEqualTo("/posts/1/pattern");
    assertThat(account.count("block_senders")).isZero();
  }

  @Test
  void aBatchOfDomainsKeepsWhatSucceeded() {
    account.seed("domains", 1);
    String id = ids("domains").get(0);
    var answer = batch("domains", "{\"id\":\"" + id + "\"},{\"id\":\"none\"}", "", "", "");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.error().at("/source/pointer").stringValue()).isEqualTo("/deletes/1");
    assertThat(account.count("domains")).isZero();
  }

  @Test
  void allFourListsMustBeThereWithAThousandItemsAtMost() {
    assertThat(caller.post("block_senders/batch", "{\"posts\":[]}").status()).isEqualTo(400);
    String rows =
        IntStream.rangeClosed(0, 1000)
            .mapToObj(i -> ROW.formatted("d" + i + ".example"))
            .collect(Collectors.joining(","));
    assertThat(batch("block_senders", "", "", "", rows).status()).isEqualTo(400);
    assertThat(account.count("block_senders")).isZero();
    String thousand = rows.substring(0, rows.lastIndexOf(",{"));
    assertThat(batch("block_senders", "", "", "", thousand).result().path("posts").size())
        .isEqualTo(1000);
  }

  @Test
  void anAccountMayLackTheEndpoint() {
    account.batch(false);
    assertThat(batch("block_senders", "", "", "", "").status()).isEqualTo(404);
  }

  private Caller.Heard batch(
      String resource, String deletes, String patches, String puts, String posts) {
    return caller.post(
        resource + "/batch",
        "{\"deletes\":[%s],\"patches\":[%s],\"puts\":[%s],\"posts\":[%s]}"
            .formatted(deletes, patches, puts, posts));
  }

  private static String row(String pattern, String type) {
    return ROW.formatted(pattern).replace("DOMAIN", type);
  }

  private List<String> ids(String resource) {
    return account.records(resource).stream().map(r -> r.path("id").stringValue()).toList();
  }
}
