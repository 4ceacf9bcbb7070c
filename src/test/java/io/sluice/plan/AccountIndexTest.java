package io.sluice.plan;

import static io.sluice.plan.PlanRig.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** An account's records are found by what they are, whatever their hashes are. */
final class AccountIndexTest {
  private final PlanRig rig = new PlanRig("block_senders");

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aRecordIsGivenBackAsItWas() throws IOException {
    String record =
        "{'x':12345678901234567890.10,'id':'a','pattern':'\u00e4.example','pattern_type':'DOMAIN'}";
    AccountIndex index = rig.holding("{'id':'0'}", record);

    assertThat(index.size()).isEqualTo(2);
    assertThat(index.record(1)).isEqualTo(new AccountRecord(1, "a", json(record)));
    assertThat(index.record(1).fields().toString()).isEqualTo(json(record).toString());
  }

  @Test
  void severalRecordsCanBeAddedAtOnceOutOfTheMiddleOfAnArray() throws IOException {
    byte[] bytes = "junk{\"id\":\"a\"}\n{\"id\":7}\njunk".getBytes(StandardCharsets.UTF_8);
    try (AccountIndex.Builder builder = AccountIndex.builder(rig.resource, rig.scratch)) {
      builder.add(bytes, 4, bytes.length - 4);
      try (AccountIndex index = builder.build()) {
        assertThat(index.size()).isEqualTo(2);
        assertThat(index.record(0).id()).isEqualTo("a");
        assertThat(index.record(1).id()).isEqualTo("7");
      }
    }
  }

  @Test
  void aNumberAndATextAreTheSameId() throws IOException {
    AccountIndex index = rig.holding("{'id':4711}", "{'id':'4712'}");

    assertThat(ordinal(index, "{'id':'4711'}")).isEqualTo(0);
    assertThat(ordinal(index, "{'id':4711}")).isEqualTo(0);
    assertThat(ordinal(index, "{'id':4712}")).isEqualTo(1);
  }

  @Test
  void recordsWithoutIdOrKeyAreThereAndInNobodysWay() throws IOException {
    AccountIndex index =
        rig.holding(
            "{}",
            "{'id':null,'pattern':null,'pattern_type':'EMAIL'}",
            "{'id':'','pattern':5,'pattern_type':'EMAIL'}",
            "{'id':{},'comments':'x'}",
            "{'id':'a','pattern':'a.example','pattern_type':'DOMAIN'}");

    assertThat(index.size()).isEqualTo(5);
    assertThat(index.record(0).identified()).isFalse();
    assertThat(ordinal(index, "{}")).isEqualTo(-1);
    assertThat(ordinal(index, "{'id':''}")).isEqualTo(-1);
    assertThat(ordinal(index, "{'pattern_type':'EMAIL'}")).isEqualTo(-1);
    assertThat(ordinal(index, "{'pattern':'a.example','pattern_type':'DOMAIN'}")).isEqualTo(4);
  }

  @Test
  void anEmptyAccountHoldsNothing() throws IOException {
    AccountIndex index = rig.holding();

    assertThat(index.size()).isZero();
    assertThat(ordinal(index, "{'id':'a','pattern':'a@b.example'}")).isEqualTo(-1);
  }

  @Test
  void recordsWhoseHashesCollideAreNotConfused() throws IOException {
    List<ObjectNode> records = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      records.add(record(i));
    }
    AccountIndex index = rig.colliding(records);

    for (int i = 0; i < 60; i++) {
      assertThat(ordinal(index, "{'id':'id-" + i + "'}")).isEqualTo(i);
      String exact = "{'pattern_type':'EMAIL','pattern':'User" + i + "@example.com'}";
      assertThat(ordinal(index, exact)).isEqualTo(i);
      assertThat(ordinal(index, exact.replace("User", "uSER"))).isEqualTo(i);
    }
    assertThat(ordinal(index, "{'id':'id-60'}")).isEqualTo(-1);
    assertThat(ordinal(index, "{'pattern':'user60@example.com'}")).isEqualTo(-1);
  }

  @Test
  void nothingStaysOnTheDisk() throws IOException {
    AccountIndex index = rig.holding("{'id':'a'}");
    index.close();
    try (AccountIndex.Builder builder = AccountIndex.builder(rig.resource, rig.scratch)) {
      builder.add("{}\n".getBytes(StandardCharsets.UTF_8), 0, 3);
    }

    assertThat(rig.scratch).isEmptyDirectory();
  }

  @Test
  void whatIsNoRecordIsAnErrorThatNamesItsPlace() throws IOException {
    try (AccountIndex.Builder builder = AccountIndex.builder(rig.resource, rig.scratch)) {
      byte[] bytes = "{}\n[1]\n".getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> builder.add(bytes, 0, bytes.length))
          .isInstanceOf(IOException.class)
          .hasMessage("record 2 of the listing cannot be read");
    }
  }

  @Test
  void manyRecordsTakeFewBytesEach() throws IOException {
    int many = 100_000;
    try (AccountIndex.Builder builder = AccountIndex.builder(rig.resource, rig.scratch)) {
      long before = used();
      for (int i = 0; i < many; i++) {
        byte[] line = (record(i) + "\n").getBytes(StandardCharsets.UTF_8);
        builder.add(line, 0, line.length);
      }
      try (AccountIndex index = builder.build()) {
        assertThat((used() - before) / many).isLessThan(100);
        assertThat(index.size()).isEqualTo(many);
        for (int i = 0; i < many; i += 997) {
          assertThat(ordinal(index, "{'id':'id-" + i + "'}")).isEqualTo(i);
          assertThat(ordinal(index, "{'pattern':'user" + i + "@EXAMPLE.com'}")).isEqualTo(i);
        }
      }
    }
  }

  private static ObjectNode record(int number) {
    return json(
        "{'id':'id-"
            + number
            + "','pattern':'User"
            + number
            + "@example.com',"
            + "'pattern_type':'EMAIL','is_regex':false,'comments':null}");
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static int ordinal(AccountIndex index, String row) throws IOException {
    return index.match(json(row), Origin.UNKNOWN) instanceof Match.Found found
        ? found.record().ordinal()
        : -1;
  }
}
