package io.sluice.pipeline.imports.input;

import io.sluice.format.InputReader;
import io.sluice.format.InputRow;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an input, one by one, each with the records that it stands for. The same rows bring
 * the same records each time. Blocking; for one thread at a time.
 */
final class InputRecords implements Closeable {
  private final InputReader reader;
  private final @Nullable RowRewriter rewriter;

  private InputRecords(InputReader reader, @Nullable RowRewriter rewriter) {
    this.reader = reader;
    this.rewriter = rewriter;
  }

  static InputRecords open(CheckRequest request, InputStream in) throws IOException {
    InputReader reader = InputReader.open(request.resource(), request.input(), in);
    return new InputRecords(
        reader, request.input().normalize() ? new RowRewriter(request, reader.columns()) : null);
  }

  /** The next row; null at the end. */
  @Nullable RowRecords next() throws IOException {
    InputRow row = reader.next();
    if (row == null) {
      return null;
    }
    return rewriter == null ? RowRecords.of(row) : rewriter.records(row);
  }

  List<String> header() {
    return reader.header();
  }

  Map<String, String> columns() {
    return reader.columns();
  }

  List<String> warnings() {
    List<String> warnings = new ArrayList<>(reader.warnings());
    if (rewriter != null) {
      warnings.addAll(rewriter.warnings());
    }
    return warnings;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
