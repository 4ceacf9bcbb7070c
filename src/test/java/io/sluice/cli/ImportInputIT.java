package io.sluice.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files that cannot be imported: nothing is sent, and the message leads to the place. */
@Tag("slow")
final class ImportInputIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bytes.csv   | pattern,comments~a@example.com,one~b@example.com,\\xff | line 3, column 15 | 0xFF
          quote.csv   | pattern,comments~a@example.com,one~b@example.com,"t" x | line 3, comments | quote
          open.csv    | pattern,comments~a@example.com,one~"b@example.com,two  | line 3, pattern | never closed
          cells.csv   | pattern,comments~a@example.com,one~b@example.com,two,3 | line 3: | 2 columns in the header, but 3
          nul.csv     | pattern,comments~a@example.com,one~b\\x00@example.com,  | line 3, pattern | NUL
          empty.csv   | ''                                                     | line 1: | the file is empty
          column.csv  | patern,comments~a@example.com,one                      | line 1: | --map patern=pattern
          none.csv    | first,second~a@example.com,one                         | line 1: | --map first=pattern --map second=
          type.csv    | pattern,pattern_type~a@example.com,MAIL                | line 2, pattern_type | EMAIL
          twice.csv   | pattern,comments~a@example.com,one~a@example.com,two   | line 2 | contradict each other in comments
          broken.jsonl| {"pattern":"a@example.com"}~{"pattern": oops}          | line 2: | not well-formed JSON
          field.jsonl | {"patern":"a@example.com"}                             | line 1, patern | pattern
          """)
  void aFaultyFileIsRefusedByLine(String name, String text, String place, String reason)
      throws Exception {
    Files.write(directory.resolve(name), bytes(text));

    assertRefused(name, place, reason);
  }

  @Test
  void aFileCutOffIsRefused() throws Exception {
    StringBuilder rows = new StringBuilder("pattern,comments\n");
    for (int i = 0; i < 2000; i++) {
      rows.append("a").append(i * 7919 % 2003).append("@example.com,").append(i).append('\n');
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(rows.toString().getBytes(ISO_8859_1));
    }
    byte[] whole = packed.toByteArray();
    Files.write(directory.resolve("cut.csv.gz"), Arrays.copyOf(whole, whole.length / 2));

    assertRefused("cut.csv.gz", "line ", "damaged or cut off");
  }

  @Test
  void aFileWithoutDataIsDoneAtOnceUnlessItIsToDelete() throws Exception {
    Files.writeString(directory.resolve("header.csv"), "pattern,comments\n");
    Ended done = run("header.csv", "--results", "r", "--json");
    assertThat(done.exit()).isZero();
    assertThat(done.err()).contains("no data row");
    assertThat(JSON.readTree(done.out()).get("rows").intValue()).isZero();

    for (String mode : new String[] {"mirror", "delete"}) {
      Ended refused = run("header.csv", "--mode", mode, "--yes", "--json");
      assertThat(refused.exit()).isEqualTo(4);
      assertThat(JSON.readTree(refused.out()).at("/error/code").stringValue()).isEqualTo("no_rows");
    }
    assertThat(sandbox.requestLog().total()).isZero();
  }

  @Test
  void aFileWithoutAHeaderLosesNoRowAndGoesRound() throws Exception {
    Files.writeString(directory.resolve("rows.csv"), "first.example,x\nspam@,\"y, z\"\n");
    assertThat(run("rows.csv").err()).contains("--no-header --map 1=pattern --map 2=");

    String[] options = {"--map", "1=pattern", "--map", "2=comments", "--skip-invalid"};
    List<String> given = new ArrayList<>(List.of("rows.csv", "--no-header", "--results", "r"));
    given.addAll(List.of(options));
    Ended done = run(given.toArray(new String[0]));
    assertThat(done.exit()).describedAs(done.err()).isEqualTo(3);
    assertThat(done.out() + done.err())
        .contains("line 2, column 1: 'spam@'")
        .contains("r/failed.csv --map 1=pattern --map 2=comments --skip-invalid")
        .doesNotContain("failed.csv --no-header");

    Path failed = directory.resolve("r/failed.csv");
    Files.writeString(failed, Files.readString(failed).replace("spam@,", "spam.example,"));
    List<String> again = new ArrayList<>(List.of("r/failed.csv"));
    again.addAll(List.of(options));
    assertThat(run(again.toArray(new String[0])).exit()).isZero();
    assertThat(sandbox.account().records("block_senders").toString())
        .contains("\"first.example\"", "\"spam.example\"", "\"y, z\"");
  }

  @Test
  void whatIsNotThereIsAMatterOfUsage() throws Exception {
    Files.createDirectory(directory.resolve("folder.csv"));
    for (String name : new String[] {"missing.csv", "folder.csv"}) {
      Ended refused = run(name, "--results", "r");
      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused.err()).contains(name).doesNotContain("Exception");
    }
    assertThat(directory.resolve("r")).doesNotExist();
  }

  private void assertRefused(String name, String place, String reason) throws Exception {
    Ended refused = run(name, "--json");
    assertThat(refused.exit()).describedAs(refused.err()).isEqualTo(4);
    assertThat(refused.out().lines()).hasSize(1);
    JsonNode said = JSON.readTree(refused.out());
    assertThat(said.get("exit").intValue()).isEqualTo(4);
    assertThat(said.at("/error/message").stringValue()).isNotBlank();
    Ended told = run(name);
    assertThat(told.exit()).isEqualTo(4);
    assertThat(told.out() + told.err())
        .contains(place)
        .contains(reason)
        .doesNotContain("\tat ")
        .doesNotContain("Exception")
        .doesNotContain("\u0000");
    assertThat(sandbox.requestLog().total()).isZero();
  }

  /** Text in which ~ stands for a line's end, and \xNN for a byte. */
  private static byte[] bytes(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("\\x", i)) {
        out.append((char) Integer.parseInt(text.substring(i + 2, i + 4), 16));
        i += 3;
      } else {
        out.append(text.charAt(i) == '~' ? '\n' : text.charAt(i));
      }
    }
    return out.toString().getBytes(ISO_8859_1);
  }

  private Ended run(String... more) throws IOException, InterruptedException {
    String[] command = new String[more.length + 3];
    command[0] = "import";
    command[1] = "-r";
    command[2] = "block-senders";
    System.arraycopy(more, 0, command, 3, more.length);
    return new SluiceProcess(directory).against(sandbox).withoutInput().quick().run(command);
  }
}
