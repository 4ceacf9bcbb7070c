package io.sluice.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.catalog.Defaults;
import io.sluice.catalog.Field;
import io.sluice.catalog.RecordJson;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Trait;
import io.sluice.format.InputException;
import io.sluice.format.InputOptions;
import io.sluice.format.InputReader;
import io.sluice.format.InputRow;
import io.sluice.format.RowSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows of an input file as the records that they stand for: a pattern's type is inferred where
 * it is left out, and the fields that an export put into its last column come back. A row that
 * cannot be understood ends the reading, since what rests on the records would be wrong without it.
 */
public final class InputLines implements RecordLines {
  private static final String EXTRA = "_extra";

  private final Resource resource;
  private final InputReader reader;
  private final int extra;
  private final List<Field> ungiven;

  private InputLines(Resource resource, InputReader reader) {
    this.resource = resource;
    this.reader = reader;
    this.extra = reader.header().indexOf(EXTRA);
    this.ungiven =
        resource.fields().stream()
            .filter(Field::writable)
            .filter(field -> !field.is(Trait.FALSE_IF_ABSENT))
            .filter(field -> !resource.key().contains(field.path()))
            .collect(Collectors.toCollection(ArrayList::new));
  }

  /**
   * Begins to read.
   *
   * @param in the file's bytes, compressed or not; closed with the lines
   * @throws InputException if the header does not fit the resource
   */
  public static InputLines open(Resource resource, InputOptions options, InputStream in)
      throws IOException {
    return new InputLines(resource, InputReader.open(resource, options, in));
  }

  /**
   * The next record.
   *
   * @throws InputException if the row cannot be understood
   */
  @Override
  public byte @Nullable [] next() throws IOException {
    InputRow row = reader.next();
    if (row == null) {
      return null;
    }
    if (!row.faults().isEmpty()) {
      throw InputException.of(row.faults().get(0));
    }
    ungiven.removeIf(field -> gives(field, row.record()));
    Defaults.inferType(resource, row.record());
    String cell =
        extra >= 0 && row.source() instanceof RowSource.Cells cells
            ? cells.values().get(extra)
            : null;
    return text(row.record(), cell == null ? "" : cell.strip()).getBytes(UTF_8);
  }

  /** The fields besides the key that a client can write, and that no row so far gives. */
  public List<String> ungiven() {
    return ungiven.stream().map(Field::path).toList();
  }

  private boolean gives(Field field, ObjectNode record) {
    return field.in(record) != null || Defaults.former(resource, field, record) != null;
  }

  /** The record with the extras behind its own fields: as they are written, if that can be. */
  private static String text(ObjectNode record, String extras) {
    ObjectNode besides = RecordJson.object(extras);
    if (besides == null || besides.isEmpty()) {
      return record.toString();
    }
    boolean apart =
        besides.propertyNames().stream().noneMatch(record::has) && extras.indexOf('\n') < 0;
    if (apart && !record.isEmpty()) {
      String own = record.toString();
      return own.substring(0, own.length() - 1) + "," + extras.substring(1);
    }
    merge(record, besides);
    return record.toString();
  }

  private static void merge(ObjectNode record, ObjectNode besides) {
    besides.forEachEntry(
        (name, value) -> {
          if (value instanceof ObjectNode inner && record.get(name) instanceof ObjectNode known) {
            merge(known, inner);
          } else {
            record.set(name, value);
          }
        });
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
