package io.sluice.server.preview;

import io.sluice.catalog.pattern.EscapedText;
import io.sluice.pipeline.imports.input.Rewritten;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The patterns of a file that are rewritten, as many as people can read. Thread-safe. */
final class PreviewRewritings {
  private static final int SHOWN = 200;

  private final List<Rewritten> first = new ArrayList<>();

  synchronized void add(Rewritten row) {
    if (first.size() < SHOWN) {
      first.add(row);
    }
  }

  /** Adds the first of them, in the order of the file. */
  synchronized void describe(ObjectNode json) {
    ArrayNode all = json.putArray("rewritings");
    for (Rewritten row : first) {
      all.addObject()
          .put("line", row.line())
          .put("column", row.column())
          .put("value", EscapedText.brief(row.written()))
          .put("becomes", row.becomes())
          .put("message", row.forms());
    }
  }
}
