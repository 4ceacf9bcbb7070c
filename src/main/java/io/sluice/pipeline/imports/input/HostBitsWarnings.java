package io.sluice.pipeline.imports.input;

import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Rule;
import io.sluice.catalog.pattern.HostBits;
import io.sluice.catalog.pattern.PatternType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Notices CIDR blocks that are written with an address inside: the first few, and how many. */
final class HostBitsWarnings {
  private static final int FEW = 10;

  private final Resource resource;
  private final List<String> few = new ArrayList<>();
  private long count;

  HostBitsWarnings(Resource resource) {
    this.resource = resource;
  }

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
    String block = HostBits.block(text);
    if (block != null && ++count <= FEW) {
      few.add("line " + line + ": " + text + " has host bits set; it counts as " + block);
    }
  }

  /** In words for people. */
  List<String> warnings() {
    List<String> all = new ArrayList<>(few);
    if (count > FEW) {
      all.add(
          String.format(Locale.ROOT, "%,d more rows have a block with host bits set", count - FEW));
    }
    return all;
  }
}
