package io.sluice.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of other kinds are refused as what they are, whatever format they are read in. */
class ForeignFileTest {
  private static final String UUID = "44af6c39-c09b-49c5-9de2-394224b04982";
  private static final String PADDING = "0000000000000000000000000000000000000000000000000000";
  private static final Pattern COMMAND = Pattern.compile("jq (-[cr]) '(.*)' FILE > ");

  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "504b0304140000000800|ZIP or a spreadsheet",
        "504b0304" + PADDING + "5b436f6e74656e745f54797065735d2e786d6c|Excel",
        "504b0304"
            + PADDING
            + "6d696d65747970656170706c69636174696f6e2f766e642e6f61736973|OpenDocument",
        "d0cf11e0a1b11ae1|Excel (.xls)",
        "255044462d312e37|PDF",
        "7b5c727466315c616e7369|RTF",
        "425a6839314159265359000102|bzip2",
        "fd377a585a0000|xz",
        "28b52ffd04|Zstandard",
        "04224d18|LZ4",
        "377abcaf271c|7-Zip",
        "526172211a07|RAR",
        "53514c69746520666f726d6174203300|SQLite",
        "50415231150415|Parquet",
        "89504e470d0a|picture",
        "00000000000000000000|nothing but NUL",
        "9781a3a38599956b83969494859395a3a2|EBCDIC",
      })
  void whatIsNoTextIsNamed(String hex, String name) {
    byte[] file = new byte[hex.length() / 2];
    for (int i = 0; i < file.length; i++) {
      file[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
    }
    for (InputFormat format : InputFormat.values()) {
      for (byte[] bytes : List.of(file, Inputs.zipped(file))) {
        assertThatThrownBy(() -> new Inputs("domains", InputOptions.of(format), bytes).read())
            .isInstanceOf(InputException.class)
            .hasMessageContaining(name);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "[Content_Types].xml, Excel workbook",
    "docProps/app.xml, Excel workbook",
    "xl/workbook.xml, Excel workbook",
    "list.csv, unpack it"
  })
  void aWorkbookIsNamedWhateverItBeginsWith(String entry, String name) {
    byte[] head = ("PK\3\4" + "x".repeat(26) + entry).getBytes(UTF_8);
    refused(InputFormat.CSV, head).hasMessageContaining(name);
  }

  @ParameterizedTest
  @CsvSource({
    "list.xlsx, save the sheet as CSV UTF-8",
    "list.XLS, save the sheet as CSV UTF-8",
    "list.zip, unpack it",
    "list.dat, 'csv, jsonl or list'"
  })
  void aNameOfAnotherFormatSaysWhatToDo(String name, String advice) {
    assertThat(InputFormat.ofFileName(name)).isEmpty();
    assertThat(InputFormat.advice(name)).contains(advice);
  }

  @Test
  void aFileOfAnotherKindOfRecordsIsNamed() throws IOException {
    String dashboard =
        "Blocked Sender, Blocked Sender Type, Is Regex, Notes\na.example, DOMAIN, No, x\n";
    for (String read : List.of("allow_policies", "domains", "impersonation_registry")) {
      assertThatThrownBy(() -> Inputs.csv(read, dashboard).read())
          .hasMessageContaining("this looks like a file of block-senders")
          .hasMessageContaining("say -r block-senders")
          .hasMessageNotContaining("nearest");
    }
    Inputs.Result json =
        Inputs.jsonl("domains", "{\"pattern\":\"a.example\",\"pattern_type\":\"DOMAIN\"}\n").read();
    assertThat(json.faults()).hasSize(1);
    assertThat(json.faults().get(0).reason())
        .contains("allow-policies or block-senders", "-r block-senders");
    assertThat(Inputs.jsonl("domains", "{\"zzz\":1}\n").read().faults().get(0).reason())
        .isEqualTo("no field of domains");
  }

  @Test
  void aTarArchiveAndDoubleCompressionAreNamed() {
    byte[] tar = new byte[512];
    byte[] name = "rows.csv".getBytes(UTF_8);
    System.arraycopy(name, 0, tar, 0, name.length);
    System.arraycopy("ustar".getBytes(UTF_8), 0, tar, 257, 5);
    refused(InputFormat.CSV, tar).hasMessageContaining("tar archive");
    byte[] twice = Inputs.zipped(Inputs.zipped("pattern\nx.example\n".getBytes(UTF_8)));
    refused(InputFormat.CSV, twice).hasMessageContaining("gzip twice");
  }

  @Test
  void wordsThatBeginLikeAnotherFormatAreText() throws IOException {
    for (String start : List.of("BZh", "ORC", "PAR1", "GIF8")) {
      assertThat(Inputs.list("block_senders", start + ".example\n").read().records()).hasSize(1);
    }
    String chinese = "\u4f8b\u5b50\u3002\u6d4b\u8bd5\n".repeat(20);
    assertThat(Inputs.list("block_senders", chinese).read().rows()).hasSize(20);
  }

  @Test
  void textWithoutAByteOrderMarkNamesItsEncoding() {
    for (Charset charset : List.of(UTF_16LE, UTF_16BE)) {
      byte[] file = "pattern,comments\na.example,x\n".getBytes(charset);
      refused(InputFormat.CSV, file).hasMessageContaining("--encoding " + charset.name());
      refused(InputFormat.LIST, file).hasMessageContaining("--encoding " + charset.name());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<!DOCTYPE html><html><head><title>Sign in</title>|web page",
        "<html lang=\"en\">|web page",
        "<?xml version=\"1.0\"?><html xmlns=\"x\">|web page",
        "<?xml version=\"1.0\"?><stix:STIX_Package xmlns:stix=\"http://stix.mitre.org/\">|STIX 1",
        "<stix:STIX_Package id=\"x\">|STIX 1",
        "<?xml version=\"1.0\"?><rss>|XML",
        "<Error><Code>AccessDenied</Code></Error>|XML",
        "curl: (22) The requested URL returned error: 404|another program",
        "bash: sluice: command not found|another program",
        "Traceback (most recent call last):|Python",
        "-----BEGIN PGP MESSAGE-----|decrypt",
        "version https://git-lfs.github.com/spec/v1|Git LFS",
        "Received: from a.example by b.example~Subject: list~~rows|e-mail message",
        "From: a@b.example~To: c@d.example|e-mail message",
      })
  void textWithoutRowsIsNamed(String text, String name) {
    for (InputFormat format : InputFormat.values()) {
      refused(format, text.replace('~', '\n').getBytes(UTF_8)).hasMessageContaining(name);
    }
  }

  @ParameterizedTest
  @EnumSource(InputFormat.class)
  void jsonWhoseObjectsAreNoRowsIsRefusedWithACommandThatTakesThemOut(InputFormat format)
      throws Exception {
    String row = "{\"pattern\":\"evil.example\",\"pattern_type\":\"DOMAIN\"}";
    String envelope = "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":[" + row + "]}";
    for (String text :
        List.of(
            envelope,
            envelope.replace(",", ",\n  "),
            envelope + "\n" + envelope,
            "[" + envelope + "," + envelope + "]",
            "{\"result\":[" + row + "],\"success\":true,\"errors\":[],\"result_info\":{}}",
            "{\"result\":[" + row + "]}",
            "{\"result\":" + row + ",\"success\":true,\"errors\":[]}")) {
      works(format, text, "an answer of the API");
    }
    works(format, "{\"data\":[" + row + "],\"next\":null}", "inside the property 'data'");
    works(format, "{\n\"@odata.context\": \"x\",\n\"value\": [\n" + row + "]}", "'value'");
    works(format, row.replace(",", ",\n").replace("{", "{\n"), "laid out over several lines");
    works(format, "[\"evil.example\", \"b.example\"]", "array of texts");
    works(
        format,
        "{\"Event\":{\"Attribute\":[{\"type\":\"domain\",\"to_ids\":true,\"value\":"
            + "\"evil.example\"}]}}",
        "MISP");
    String indicator =
        "{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"indicator--"
            + UUID
            + "\",\"pattern\":\"[domain-name:value = 'evil.example']\"}";
    String bundle = "{\"type\":\"bundle\",\"id\":\"bundle--" + UUID + "\",\"objects\":[";
    works(format, bundle + indicator + "]}", "STIX");
    String revoked =
        indicator
            .replace("evil.example", "revoked.example")
            .replace("\"type\":\"indicator\"", "\"type\":\"indicator\",\"revoked\":true");
    assertThat(revoked).contains("revoked\":true");
    works(format, bundle + revoked + "," + indicator + "]}", "STIX");
    works(format, bundle + "\n" + indicator.replace(",", ",\n") + "]}", "STIX");
    works(format, "{\"more\":false,\"objects\":[" + indicator + "]}", "STIX");
    works(format, indicator + "\n" + indicator, "STIX");
    works(format, "[" + indicator + "]", "STIX");
  }

  @Test
  void anErrorOfTheApiHoldsNoRows() {
    String error = "{\"success\":false,\"errors\":[{\"code\":10000}],\"result\":null}";
    refused(InputFormat.JSONL, error.getBytes(UTF_8)).hasMessageContaining("reports an error");
  }

  @Test
  void aLongFileIsKnownByItsBeginning() {
    String row = "{\"pattern\":\"evil.example\",\"comments\":\"" + "x".repeat(300) + "\"},";
    refused(InputFormat.JSONL, ("{\"result\":[" + row.repeat(1000)).getBytes(UTF_8))
        .hasMessageContaining("an answer of the API");
    String laidOut = "{\n \"pattern\": \"a.example\",\n \"comments\": \"" + "x".repeat(9000);
    refused(InputFormat.JSONL, laidOut.getBytes(UTF_8)).hasMessageContaining("several lines");
  }

  @Test
  void rowsInJsonAreNotMistakenForAnythingElse() throws IOException {
    for (String text :
        List.of(
            "{\"pattern\":\"a.example\"}",
            "\n[\n{\"pattern\":\n\"a.example\"}\n]",
            "{\"pattern\":\"a.example\",\"id\":\"1\",\"success\":true}",
            "{\"id\":\"" + UUID + "\",\"pattern\":\"a.example\",\"type\":\"DOMAIN\"}",
            "{\"id\":\"1\",\"pattern\":\"a.example\",\"tags\":[{\"x\":1}]}")) {
      assertThat(Inputs.jsonl("block_senders", text).read().faults()).isEmpty();
    }
    assertThat(
            Inputs.jsonl("block_senders", "{\"pattern\":\"x\"\n{\"pattern\":\"y\"}").read().rows())
        .hasSize(2);
    assertThat(Inputs.list("block_senders", "[a-z]+\\.example\n{1}\n").read().rows()).hasSize(2);
    assertThat(Inputs.list("block_senders", "<a@b.example>\n").read().rows()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LIST|pattern,comments~evil.example,x|csv",
        "LIST|Domain~evil.example|csv",
        "LIST|# x~Blocked Sender;Notes~evil.example;x|csv",
        "LIST|evil.example,bad~b.example,bad|csv",
        "LIST|1,a@b.example|csv",
        "LIST|{\"pattern\":\"evil.example\"}|jsonl",
        "LIST|[{\"pattern\":\"evil.example\"}]|jsonl",
        "CSV|{\"pattern\":\"evil.example\"}|jsonl",
        "CSV|[{\"pattern\":\"evil.example\"}]|jsonl",
        "CSV|evil.example~b.example|list",
        "JSONL|pattern,comments~evil.example,x|csv",
        "JSONL|\"pattern\",\"comments\"~\"evil.example\",\"x\"|csv",
        "JSONL|pattern~evil.example|csv",
        "JSONL|evil.example~b.example|list",
        "JSONL|192.0.2.1~192.0.2.2|list",
        "JSONL|# list~b.example|list",
      })
  void rowsOfAnotherFormatNameIt(InputFormat format, String text, String other) {
    assertThatThrownBy(
            () ->
                new Inputs(
                        text.contains("Domain~") ? "trusted_domains" : "block_senders",
                        InputOptions.of(format),
                        text.replace('~', '\n').getBytes(UTF_8))
                    .read())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--format " + other);
  }

  @Test
  void aListWhoseLinesMayHoldCommasIsAList() throws IOException {
    assertThat(Inputs.list("block_senders", "a.example\nb.example,c.example\n").read().rows())
        .hasSize(2);
    assertThat(Inputs.list("block_senders", "a{1,2}\\.example\n").read().rows()).hasSize(1);
  }

  /** The refusal names the kind, and what its command prints can be read. */
  private void works(InputFormat format, String text, String name) throws Exception {
    InputException refusal =
        Assertions.assertThrows(
            InputException.class,
            () ->
                new Inputs("block_senders", InputOptions.of(format), text.getBytes(UTF_8)).read());
    assertThat(refusal).hasMessageContaining(name);
    Matcher command = COMMAND.matcher(refusal.getMessage());
    assertThat(command.find()).isTrue();
    Assumptions.assumeTrue(hasJq(), "jq is not installed");
    Path file = Files.writeString(directory.resolve("in.json"), text);
    Process jq =
        new ProcessBuilder("jq", command.group(1), command.group(2), file.toString())
            .redirectErrorStream(true)
            .start();
    String rows = new String(jq.getInputStream().readAllBytes(), UTF_8);
    assertThat(jq.waitFor()).as(rows).isZero();
    Inputs read =
        command.group(1).equals("-c")
            ? Inputs.jsonl("block_senders", rows)
            : Inputs.list("block_senders", rows);
    assertThat(read.read().faults()).isEmpty();
    assertThat(read.read().records()).first().asString().contains("\"evil.example\"");
  }

  private static boolean hasJq() throws InterruptedException {
    try {
      Process jq = new ProcessBuilder("jq", "--version").start();
      return jq.waitFor(10, TimeUnit.SECONDS) && jq.exitValue() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  private static AbstractThrowableAssert<?, ?> refused(InputFormat format, byte[] file) {
    assertThat(new String(file, ISO_8859_1)).isNotEmpty();
    return assertThatThrownBy(
            () -> new Inputs("block_senders", InputOptions.of(format), file).read())
        .isInstanceOf(InputException.class);
  }
}
