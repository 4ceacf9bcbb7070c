package io.sluice.cli.text;

import io.sluice.pipeline.imports.input.Rewritten;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/** The patterns of an input that were rewritten: the first of them one by one, and how many. */
public final class RewrittenList {
  private static final int FEW = 20;
  private static final int IN_JSON = 1000;

  private final List<Rewritten> first = new ArrayList<>();
  private long count;

  public synchronized void add(Rewritten row) {
    count++;
    if (first.size() < IN_JSON) {
      first.add(row);
    }
  }

  public synchronized long count() {
    return count;
  }

  /**
   * Lines for people; none if nothing was rewritten.
   *
   * @param rest where all of them can be found
   */
  public synchronized List<String> lines(String rest) {
    List<String> lines = new ArrayList<>();
    first.stream().limit(FEW).map(RewrittenList::line).forEach(lines::add);
    if (count > FEW) {
      lines.add(Printable.count(count - FEW) + " more were rewritten" + rest);
    }
    return lines;
  }

  /** The first of them, for a summary in JSON. */
  public synchronized ArrayNode json() {
    ArrayNode all = Json.MAPPER.createArrayNode();
    for (Rewritten row : first) {
      all.addObject()
          .put("row", row.row())
          .put("line", row.line())
          .put("column", row.column())
          .put("value", row.written())
          .put("becomes", row.becomes())
          .put("reason", row.forms());
    }
    return all;
  }

  private static String line(Rewritten row) {
    return Printable.safe(
        "line "
            + row.line()
            + ": '"
            + row.written()
            + "' becomes "
            + row.becomes()
            + " ("
            + row.forms()
            + ")");
  }
}
