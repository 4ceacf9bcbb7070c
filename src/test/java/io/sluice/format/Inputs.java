package io.sluice.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.catalog.Catalog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** An input file in memory, and what comes of reading it. */
public final class Inputs {
  private final String resource;
  private final InputOptions options;
  private final byte[] file;

  public Inputs(String resource, InputOptions options, byte[] file) {
    this.resource = resource;
    this.options = options;
    this.file = file;
  }

  String resource() {
    return resource;
  }

  InputOptions options() {
    return options;
  }

  byte[] file() {
    return file;
  }

  /** What a whole file gave. */
  public record Result(
      List<InputRow> rows,
      List<String> header,
      Map<String, String> columns,
      List<String> warnings) {

    public List<String> records() {
      return rows.stream().map(row -> row.record().toString()).toList();
    }

    public List<InputFault> faults() {
      return rows.stream().flatMap(row -> row.faults().stream()).toList();
    }
  }

  public static Inputs csv(String resource, String text) {
    return new Inputs(resource, InputOptions.of(InputFormat.CSV), text.getBytes(UTF_8));
  }

  public static Inputs jsonl(String resource, String text) {
    return new Inputs(resource, InputOptions.of(InputFormat.JSONL), text.getBytes(UTF_8));
  }

  public static Inputs list(String resource, String text) {
    return new Inputs(resource, InputOptions.of(InputFormat.LIST), text.getBytes(UTF_8));
  }

  public Inputs map(String... pairs) {
    return with(
        new InputOptions(options.format(), UTF_8, pairs(pairs), options.fixed(), false)
            .with(options.header()));
  }

  Inputs set(String... pairs) {
    return with(
        new InputOptions(options.format(), UTF_8, options.mapping(), pairs(pairs), false)
            .with(options.header()));
  }

  Inputs header(InputOptions.Header header) {
    return with(options.with(header));
  }

  Inputs with(InputOptions other) {
    return new Inputs(resource, other, file);
  }

  Inputs zipped() {
    return new Inputs(resource, options, zipped(file));
  }

  public Result read() throws IOException {
    return read(new ByteArrayInputStream(file));
  }

  /** Reads another stream with the same options. */
  public Result read(InputStream in) throws IOException {
    try (InputReader reader = InputReader.open(Catalog.get(resource), options, in)) {
      List<InputRow> rows = new ArrayList<>();
      for (InputRow row = reader.next(); row != null; row = reader.next()) {
        rows.add(row);
      }
      return new Result(rows, reader.header(), reader.columns(), reader.warnings());
    }
  }

  /** The same options with patterns rewritten. */
  public static InputOptions normalized(InputOptions options) {
    return new InputOptions(
        options.format(),
        options.encoding(),
        options.mapping(),
        options.fixed(),
        true,
        options.header(),
        options.headerLine(),
        options.dialect(),
        options.names());
  }

  public static byte[] zipped(byte[] plain) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return zipped.toByteArray();
  }

  private static Map<String, String> pairs(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
