package io.sluice.pipeline.imports.input;

import io.sluice.catalog.Fault;
import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Rule;
import io.sluice.catalog.Validation;
import io.sluice.catalog.pattern.IpBlock;
import io.sluice.catalog.pattern.PatternType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Notices what is odd about valid rows: the first of a kind, and how many there are. */
final class RowWarnings {
  private static final int FEW = 10;

  private final Resource resource;
  private final List<String> hostBits = new ArrayList<>();
  private long withHostBits;
  private long widened;
  private long firstWidened;
  private long unseen;
  private String firstUnseen = "";

  RowWarnings(Resource resource) {
    this.resource = resource;
  }

  /** Notices a pattern that matches more than what is written. */
  void look(Rewritten row) {
    if (row.widens() && widened++ == 0) {
      firstWidened = row.line();
    }
  }

  /** Notices CIDR blocks that are written with an address inside. */
  void look(long line, ObjectNode record) {
    Rule.Pattern pattern = resource.pattern();
    if (pattern != null && pattern.typeIn(record) == PatternType.IP && !pattern.isRegex(record)) {
      look(line, record.path(pattern.field()));
    }
    for (Field field : resource.fields()) {
      if (field.type() instanceof FieldType.Many many && many.of() instanceof FieldType.Cidr) {
        JsonNode blocks = field.in(record);
        if (blocks != null) {
          blocks.forEach(block -> look(line, block));
        }
      }
    }
  }

  private void look(long line, JsonNode value) {
    String text = value.asString("");
    String block = IpBlock.around(text);
    if (block != null && ++withHostBits <= FEW) {
      hostBits.add("line " + line + ": " + text + " has host bits set; it counts as " + block);
    }
  }

  /**
   * Notices names with invisible characters of records that an account has, or had. They are kept
   * as they are, since a backup brings back what there was.
   *
   * @param record a row with an id; others are validated
   */
  void lookAtNames(long line, ObjectNode record) {
    List<Fault> faults = Validation.unseen(resource, record);
    if (!faults.isEmpty() && ++unseen == 1) {
      firstUnseen = "line " + line + ": " + faults.get(0).reason();
    }
  }

  /** In words for people. */
  List<String> warnings() {
    List<String> all = new ArrayList<>();
    if (widened > 0) {
      all.add(
          String.format(
              Locale.ROOT,
              "%,d %s more than what is written, the first on line %,d",
              widened,
              widened == 1 ? "rewritten row matches" : "rewritten rows match",
              firstWidened));
    }
    all.addAll(hostBits);
    if (withHostBits > FEW) {
      all.add(
          String.format(
              Locale.ROOT, "%,d more rows have a block with host bits set", withHostBits - FEW));
    }
    if (unseen > 0) {
      all.add(
          String.format(
              Locale.ROOT,
              "%,d %s with an id %s a name that is not what it seems to be, and is kept as it is"
                  + " (the first is %s)",
              unseen,
              unseen == 1 ? "row" : "rows",
              unseen == 1 ? "has" : "have",
              firstUnseen));
    }
    return all;
  }
}
