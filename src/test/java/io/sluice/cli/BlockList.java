package io.sluice.cli;

import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** A file of block senders, made row by row for an account that holds some of them already. */
final class BlockList {
  static final String RESOURCE = "block_senders";
  private static final List<String> HEADER =
      List.of("pattern", "pattern_type", "is_regex", "comments");

  private final List<String> rows = new ArrayList<>();

  /** Rows that no account holds yet. */
  BlockList creates(int count) {
    for (int i = 0; i < count; i++) {
      row("new-" + i + "@made.example", "EMAIL", "false", "number " + i);
    }
    return this;
  }

  /** Rows that the server refuses, for reasons that nobody can know beforehand. */
  BlockList refused(int count, Sandbox... sandboxes) {
    for (int i = 0; i < count; i++) {
      String pattern = "refused-" + i + "@made.example";
      row(pattern, "EMAIL", "false", "");
      for (Sandbox sandbox : sandboxes) {
        sandbox.faults().reject(pattern, 1234, "not this one", "/pattern");
      }
    }
    return this;
  }

  /** Rows of which nothing can be made. */
  BlockList invalid(int count) {
    for (int i = 0; i < count; i++) {
      row("nobody-" + i + "@", "EMAIL", "false", "");
    }
    return this;
  }

  /** Records of the account, from one to before another, just as they are. */
  BlockList unchanged(Sandbox sandbox, int from, int to) {
    return held(sandbox, from, to, null);
  }

  /** Records of the account, from one to before another, with another comment. */
  BlockList updates(Sandbox sandbox, int from, int to) {
    return held(sandbox, from, to, "looked at again");
  }

  private BlockList held(
      Sandbox sandbox, int from, int to, @org.jspecify.annotations.Nullable String comments) {
    for (ObjectNode record : sandbox.account().records(RESOURCE).subList(from, to)) {
      String held = record.path("comments").asString("");
      row(
          record.path("pattern").asString(""),
          record.path("pattern_type").asString(""),
          record.path("is_regex").asString(""),
          comments == null ? held : comments);
    }
    return this;
  }

  private void row(String... cells) {
    List<String> quoted = new ArrayList<>();
    for (String cell : cells) {
      quoted.add(cell.isEmpty() ? "" : '"' + cell.replace("\"", "\"\"") + '"');
    }
    rows.add(String.join(",", quoted));
  }

  int size() {
    return rows.size();
  }

  /** Mixes the rows. */
  BlockList shuffled(long seed) {
    Collections.shuffle(rows, new Random(seed));
    return this;
  }

  /** Writes it as CSV. */
  Path to(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", HEADER));
    lines.addAll(rows);
    return Files.write(file, lines);
  }

  /** What an account holds, by key, without what differs each time a record is made. */
  static Map<String, String> state(Sandbox sandbox) {
    return state(sandbox.account());
  }

  /** As {@link #state(Sandbox)}, of one account of several. */
  static Map<String, String> state(SandboxAccount account) {
    Map<String, String> state = new TreeMap<>();
    for (ObjectNode record : account.records(RESOURCE)) {
      String key = record.path("pattern_type") + "|" + record.path("pattern");
      record.remove(List.of("id", "created_at", "modified_at", "last_modified"));
      String twice = state.put(key, record.toString());
      if (twice != null) {
        throw new AssertionError("the account holds " + key + " twice");
      }
    }
    return state;
  }
}
