package io.sluice.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.format.InputException;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.format.RowFormat;
import io.sluice.format.RowWriter;
import io.sluice.sandbox.Sandbox;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Records come out of files as they went in. */
final class RecordLinesTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  @TempDir private Path directory = Path.of("");

  private static List<Resource> resources() {
    return Catalog.resources();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void jsonLinesAreTheBytesOfTheFile(boolean gzip) throws IOException {
    List<String> lines = awkward(Catalog.get("domains"));
    Path file = directory.resolve("domains.jsonl");
    try (OutputStream stored = Files.newOutputStream(file);
        OutputStream out = gzip ? new GZIPOutputStream(stored) : stored) {
      out.write((String.join("\n", lines) + "\n").getBytes(UTF_8));
    }

    assertThat(all(JsonLines.open(file, gzip))).isEqualTo(lines);
  }

  @ParameterizedTest
  @MethodSource("resources")
  void aCsvExportBringsEveryFieldBackThatIsNotNull(Resource resource) throws IOException {
    for (boolean excelSafe : List.of(false, true)) {
      List<String> records = awkward(resource);
      ByteArrayOutputStream csv = new ByteArrayOutputStream();
      RowWriter writer = RowFormat.CSV.writer(resource, excelSafe, csv);
      for (String record : records) {
        byte[] line = (record + "\n").getBytes(UTF_8);
        writer.write(line, 0, line.length);
      }

      List<String> read = all(input(resource, InputFormat.CSV, csv.toByteArray()));

      assertThat(read).hasSameSizeAs(records);
      for (int i = 0; i < read.size(); i++) {
        assertThat(withoutNulls(JSON.readTree(read.get(i))))
            .isEqualTo(withoutNulls(JSON.readTree(records.get(i))));
      }
    }
  }

  @Test
  void aRowThatCannotBeUnderstoodEndsTheReading() throws IOException {
    byte[] csv = "pattern,is_regex\na.example,no\nb.example,perhaps\n".getBytes(UTF_8);
    try (RecordLines lines = input(Catalog.get("block-senders"), InputFormat.CSV, csv)) {
      assertThat(lines.next()).isNotNull();
      assertThatThrownBy(lines::next)
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("line 3: is_regex: 'perhaps'");
    }
  }

  @Test
  void aPatternsTypeIsInferred() throws IOException {
    byte[] list = "198.51.100.7\na@a.example\n".getBytes(UTF_8);

    assertThat(all(input(Catalog.get("block-senders"), InputFormat.LIST, list)))
        .containsExactly(
            "{\"pattern\":\"198.51.100.7\",\"pattern_type\":\"IP\"}",
            "{\"pattern\":\"a@a.example\",\"pattern_type\":\"EMAIL\"}");
  }

  private static RecordLines input(Resource resource, InputFormat format, byte[] bytes)
      throws IOException {
    return InputLines.open(resource, InputOptions.of(format), new ByteArrayInputStream(bytes));
  }

  private static List<String> awkward(Resource resource) {
    try (Sandbox sandbox = Sandbox.builder().awkward(true).start()) {
      return sandbox.account().raw(resource.name()).stream()
          .map(raw -> new String(raw, UTF_8))
          .toList();
    }
  }

  private static List<String> all(RecordLines lines) throws IOException {
    List<String> all = new ArrayList<>();
    try (lines) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        all.add(new String(line, UTF_8));
      }
    }
    return all;
  }

  /** An id that is a number is a text in CSV. */
  private static JsonNode withoutNulls(JsonNode record) {
    ObjectNode clean = JSON.createObjectNode();
    record.forEachEntry(
        (name, value) -> {
          if (name.equals("id")) {
            clean.put(name, value.asString());
          } else if (value.isObject() && !name.startsWith("x_")) {
            clean.set(name, withoutNulls(value));
          } else if (!value.isNull()) {
            clean.set(name, value);
          }
        });
    return clean;
  }
}
