package io.sluice.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.format.InputException;
import io.sluice.format.OptionNames;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.input.CheckRequest;
import io.sluice.pipeline.imports.input.CheckedInput;
import io.sluice.pipeline.imports.input.InputCheck;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.pipeline.imports.input.Reading;
import io.sluice.plan.Mode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Whoever calls the service is told of its parameters, and never of the command line's flags. */
final class RefusedFilesTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
  private static final Pattern FLAG = Pattern.compile("(?<![\\w-])(--[a-z]|-r [a-z])");
  private static final Path MESSAGES = Path.of("src/main/java/io/sluice");

  @RegisterExtension private final ServiceRig rig = new ServiceRig();

  /** A file that is refused, or of which something is said, with the advice to set an option. */
  private record Doubtful(String name, String content, Charset charset, Reading reading) {
    static Doubtful of(String name, String content) {
      return new Doubtful(name, content, UTF_8, Reading.DEFAULT);
    }

    static Doubtful of(String name, String content, Reading reading) {
      return new Doubtful(name, content, UTF_8, reading);
    }

    static Doubtful in(Charset charset, String content, String encoding) {
      return new Doubtful("a.csv", content, charset, encoded(encoding));
    }

    ByteArrayInputStream bytes() {
      return new ByteArrayInputStream(content.getBytes(charset));
    }
  }

  private static Reading encoded(String encoding) {
    return Reading.DEFAULT.orElse(null, encoding);
  }

  private static Reading mapped(Map<String, String> mapping, @Nullable Boolean header) {
    return new Reading(
        null, null, mapping, null, null, false, null, header, null, null, null, null);
  }

  private static List<Doubtful> files() {
    String uuid = "0194f1c5-6b7d-7c3a-9a52-3b6f4a1d2e3f";
    Reading rewritten =
        new Reading(null, null, null, null, null, false, true, null, null, null, null, null);
    return List.of(
        Doubtful.in(ISO_8859_1, "pattern,comments\nevil.example,M\u00fcller\n", "UTF-8"),
        Doubtful.in(ISO_8859_1, "pattern,comments\nevil.example,x \u0081\n", "UTF-8"),
        Doubtful.in(ISO_8859_1, "pattern,comments\nevil.example,\u00a4\n", "UTF-8"),
        Doubtful.in(UTF_16LE, "\ufeffpattern\nevil.example\n", "windows-1252"),
        Doubtful.in(UTF_8, "\ufeffpattern\nevil.example\n", "windows-1252"),
        Doubtful.in(Charset.forName("IBM1047"), "pattern\nevil.example\n", "UTF-8"),
        Doubtful.in(UTF_16LE, "pattern\nevil.example\n", "UTF-8"),
        Doubtful.of("a.csv", "pattern,no\0tes\nevil.example,x\n"),
        Doubtful.of("a.csv", "pattern,comments\nevil.example,M\u00c3\u00bcller\n"),
        Doubtful.of("a.txt", "{\"pattern\":\"evil.example\"}\n"),
        Doubtful.of("a.txt", "pattern,comments\nevil.example,x\n"),
        Doubtful.of("a.txt", "evil.example,DOMAIN\nbad.example,DOMAIN\n"),
        Doubtful.of("a.txt", "<stix:STIX_Package xmlns:stix=\"x\"/>\n"),
        Doubtful.of("a.txt", "evil.example\n", mapped(Map.of("1", "pattern"), null)),
        Doubtful.of("a.jsonl", "pattern,comments\nevil.example,x\n"),
        Doubtful.of("a.jsonl", "evil.example\nbad.example\n"),
        Doubtful.of("a.jsonl", "[\"evil.example\"]\n"),
        Doubtful.of("a.jsonl", "{\"type\":\"bundle\",\"objects\":[]}\n"),
        Doubtful.of("a.jsonl", "{\"Event\":{\"Attribute\":[]}}\n"),
        Doubtful.of("a.jsonl", "{\"pattern\":\"evil.example\"}\n\"bad.example\"\n"),
        Doubtful.of("a.jsonl", "{\"domain\":\"evil.example\",\"lookback_hops\":1}\n"),
        Doubtful.of(
            "a.jsonl", "{\"pattern\":\"evil.example\"}\n", mapped(Map.of("x", "comments"), null)),
        Doubtful.of("a.csv", "{\"pattern\":\"evil.example\"}\n"),
        Doubtful.of("a.csv", "evil.example\nbad.example\n"),
        Doubtful.of("a.csv", "evil.example,DOMAIN,x y\nbad.example,DOMAIN,z\n"),
        Doubtful.of("a.csv", "pattern,comments\nevil.example,x\n", mapped(Map.of(), false)),
        Doubtful.of("a.csv", "a,b\nevil.example,x\n", mapped(Map.of("1", "pattern"), false)),
        Doubtful.of(
            "a.csv", "a,b\nevil.example,x\n", mapped(Map.of("1", "pattern", "2", ""), null)),
        Doubtful.of("a.csv", "pattern\nevil.example\n", mapped(Map.of("x", "pattern"), null)),
        Doubtful.of(
            "a.csv", "pattern,Pattern\na.example,b\n", mapped(Map.of("PATTERN", "pattern"), null)),
        Doubtful.of(
            "a.csv",
            "indicator\nevil.example\n",
            mapped(Map.of("indicator", "pattern", "INDICATOR", "comments"), null)),
        Doubtful.of("a.csv", "pattern,PATTERN\nevil.example,bad.example\n"),
        Doubtful.of("a.csv", "indicator,my note\nevil.example,x\n"),
        Doubtful.of("a.csv", "indicator\nhttps://evil.example/x\n"),
        Doubtful.of("a.csv", "a,b\n1,2\n"),
        Doubtful.of("a.csv", "domain,lookback_hops\nevil.example,1\n"),
        Doubtful.of("a.csv", "id,pattern\n<7>,evil.example\n"),
        Doubtful.of("a.csv", "id,pattern\n" + uuid + ",evil[.]example\n", rewritten));
  }

  @Test
  void aFileThatIsLookedAtIsSpokenOfInParameters() throws IOException {
    for (Doubtful file : files()) {
      assertThat(onTheCommandLine(file)).describedAs("%s", file).containsPattern(FLAG);
      String answer =
          rig.viewer()
              .post(
                  "/v1/previews",
                  "{\"upload\":\"%s\",\"resource\":\"block_senders\",\"reading\":%s}"
                      .formatted(upload(file), JSON.writeValueAsString(file.reading())))
              .text();
      assertThat(answer).describedAs("%s", file).doesNotContainPattern(FLAG);
    }
  }

  @Test
  void aFileThatIsImportedIsSpokenOfInParameters() {
    List<String> jobs = new ArrayList<>();
    for (Doubtful file : files()) {
      Visitor.Reply reply =
          rig.operator()
              .post(
                  "/v1/jobs",
                  """
                  {"kind":"import","profile":"one","resource":"block-senders","upload":"%s",
                   "reading":%s,"options":{"dry_run":true}}
                  """
                      .formatted(upload(file), JSON.writeValueAsString(file.reading())));
      assertThat(reply.text()).describedAs("%s", file).doesNotContainPattern(FLAG);
      if (reply.status() == 202) {
        jobs.add(reply.json().path("id").asString());
      }
    }
    assertThat(jobs).hasSizeGreaterThan(30);
    JobClient client = new JobClient(rig.operator());
    for (String job : jobs) {
      assertThat(client.awaitEnd(job).toString()).doesNotContainPattern(FLAG);
      String rows = rig.viewer().get("/v1/jobs/" + job + "/rows").text();
      assertThat(rows).doesNotContainPattern(FLAG);
    }
  }

  /** What is proposed is put into the query as it stands, and the file is read. */
  @Test
  void whatIsProposedCanBeCopiedIntoTheQuery() {
    Map<String, String> proposals =
        Map.of(
            "Gr\u00f6\u00dfe & Art,indicator,a+b %\n1,evil.example,x\n",
            "All at once: (\\S+)",
            "Url,note\nhttps://evil.example/x,y\n",
            "All at once: (\\S+)",
            "evil.example,DOMAIN,x y\nbad.example,DOMAIN,z z\n",
            "read a file without one with ([^\\s,]+)",
            "pattern,PATTERN\nevil.example,bad.example\n",
            "leaving the other out: (\\S+)");
    proposals.forEach(
        (file, proposal) -> {
          String query = "/v1/imports?profile=one&resource=block-senders&name=a.csv&dry_run=true";
          JobClient client = new JobClient(rig.operator());
          String refused =
              rig.operator().post(query, "text/csv", file).json().path("id").asString();
          String message = client.awaitEnd(refused).at("/summary/error/message").asString();
          Matcher found = Pattern.compile(proposal).matcher(message);
          assertThat(found.find()).describedAs(message).isTrue();
          Visitor.Reply again = rig.operator().post(query + "&" + found.group(1), "text/csv", file);
          assertThat(again.status()).describedAs(again.text()).isEqualTo(202);
          assertThat(client.awaitEnd(again.json().path("id").asString()).path("exit").intValue())
              .describedAs(message)
              .isZero();
        });
  }

  /** A message that names a flag by itself would name it to everybody. */
  @Test
  void noMessageOfReadingNamesAFlagByItself() throws IOException {
    for (String part : List.of("format", "pipeline/imports/input")) {
      try (Stream<Path> sources = Files.walk(MESSAGES.resolve(part))) {
        for (Path source : sources.filter(Files::isRegularFile).toList()) {
          Stream<String> texts =
              Pattern.compile("\"([^\"\\\\]|\\\\.)*\"")
                  .matcher(Files.readString(source))
                  .results()
                  .map(text -> text.group());
          assertThat(texts.filter(text -> FLAG.matcher(text).find()))
              .describedAs("%s", source)
              .isEmpty();
        }
      }
    }
  }

  private String upload(Doubtful file) {
    Visitor.Reply reply =
        rig.operator().stream(
            "/v1/uploads?name=" + file.name(), "application/octet-stream", file::bytes);
    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(201);
    return reply.json().path("id").asString();
  }

  /** All that is said of the file where options are flags. */
  private String onTheCommandLine(Doubtful file) throws IOException {
    CheckRequest request =
        file.reading()
            .request(
                Catalog.get("block_senders"), file.name(), Mode.UPSERT, OptionNames.COMMAND_LINE);
    Path scratch = Files.createTempDirectory(rig.directory, "scratch");
    InputSource source = InputSource.spooled("-", file.bytes(), scratch);
    List<String> said = new ArrayList<>();
    Consumer<RunEvent> events =
        event -> {
          if (event instanceof RunEvent.FaultFound found) {
            said.add(found.fault().reason());
          }
        };
    try (CheckedInput input =
        new InputCheck(source, request, scratch, new StopSignal()).run(events)) {
      said.addAll(input.summary().warnings());
    } catch (InputException refused) {
      said.add(refused.getMessage());
    }
    return String.join("\n", said);
  }
}
