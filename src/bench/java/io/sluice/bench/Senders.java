package io.sluice.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of made-up block senders, each pattern once. */
final class Senders {
  /** Rows in one call of the batch endpoint: the most that it takes. */
  static final int BATCH = 1000;

  private static final String HEADER = "pattern,pattern_type,is_regex,comments\n";

  private Senders() {}

  /** As people have them. */
  static Path csv(Path file, long rows) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(HEADER);
      for (long row = 0; row < rows; row++) {
        out.write(pattern(row) + ",EMAIL,false," + comment(row) + "\n");
      }
    }
    return file;
  }

  /** As many as in {@link #csv}: a quarter is in there too, a quarter is changed, half is new. */
  static Path changedCsv(Path file, long rows) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(HEADER);
      for (long row = rows / 2; row < rows + rows / 2; row++) {
        String more = row % 2 == 0 ? "" : ", second wave";
        out.write(pattern(row) + ",EMAIL,false,\"" + comment(row) + more + "\"\n");
      }
    }
    return file;
  }

  /** The body of one create on each line. */
  static Path bodies(Path file, long rows) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (long row = 0; row < rows; row++) {
        out.write(body(row) + "\n");
      }
    }
    return file;
  }

  /** The body of one batch of creates on each line. */
  static Path batches(Path file, long rows) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (long first = 0; first < rows; first += BATCH) {
        String before = "{\"deletes\":[],\"patches\":[],\"puts\":[],\"posts\":[";
        for (long row = first; row < Math.min(rows, first + BATCH); row++) {
          out.write(before + body(row));
          before = ",";
        }
        out.write("]}\n");
      }
    }
    return file;
  }

  /** The fields of one, as the API takes them. */
  static String body(long row) {
    return "{\"pattern\":\""
        + pattern(row)
        + "\",\"pattern_type\":\"EMAIL\",\"is_regex\":false,\"comments\":\""
        + comment(row)
        + "\"}";
  }

  private static String pattern(long row) {
    return "billing-" + row + "@shop-" + row % 977 + ".example";
  }

  private static String comment(long row) {
    return "SEC-" + (10_000 + row / 50) + " invoice wave";
  }
}
