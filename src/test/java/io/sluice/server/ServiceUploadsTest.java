package io.sluice.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.disk.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Files on their way to the service. */
final class ServiceUploadsTest {
  private static final String BOUNDARY = "----b0undary";

  @RegisterExtension private final ServiceRig rig = new ServiceRig();

  @Test
  void aFileIsKeptAsItWasSentForItsOwnerAlone() throws IOException {
    String content = ServiceRig.senders(100);
    Visitor.Reply reply = rig.operator().post("/v1/uploads?name=abc.csv", "text/csv", content);
    assertThat(reply.status()).isEqualTo(201);
    assertThat(rig.operator().post("/v1/uploads?name=a%00b.csv", "text/csv", content).status())
        .isEqualTo(400);
    JsonNode upload = reply.json();
    assertThat(upload.path("name").asString()).isEqualTo("abc.csv");
    assertThat(upload.path("bytes").intValue()).isEqualTo(content.length());
    assertThat(upload.path("sha256").asString()).isEqualTo(sha256(content.getBytes(UTF_8)));
    String id = upload.path("id").asString();
    assertThat(reply.header("Location")).isEqualTo("/v1/uploads/" + id);
    assertThat(rig.viewer().get("/v1/uploads/" + id).json()).isEqualTo(upload);
    Path file = rig.files.upload(id);
    assertThat(Files.readString(file)).isEqualTo(content);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(rig.viewer().get("/v1/uploads/nosuch").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "text/csv, upload.csv",
    "Text/CSV; charset=utf-8, upload.csv",
    "text/tab-separated-values, upload.tsv",
    "application/x-ndjson, upload.jsonl",
    "text/plain, upload.txt",
    "application/octet-stream, upload"
  })
  void theTypeOfAFileWithoutANameGivesTheNamesEnding(String type, String name) {
    Visitor.Reply reply = rig.operator().post("/v1/uploads", type, ServiceRig.senders(1));
    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(201);
    assertThat(reply.json().path("name").asString()).isEqualTo(name);
  }

  @Test
  void fiftyMegabytesComeInChunksWhoseSumIsTold() {
    int size = 50 << 20;
    Visitor.Reply reply =
        rig.operator().stream("/v1/uploads?name=big.csv", "text/csv", () -> new Letters(size));
    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(201);
    assertThat(reply.json().path("bytes").intValue()).isEqualTo(size);
    assertThat(reply.json().path("sha256").asString()).isEqualTo(Letters.sha256(size));
  }

  @Test
  void aFormWithOneFileIsTakenApartAsItComes() throws IOException {
    String content = ServiceRig.senders(200_000);
    Visitor.Reply reply =
        rig.operator()
            .post(
                "/v1/uploads",
                "multipart/form-data; boundary=" + BOUNDARY,
                file("rows.csv", content) + "--" + BOUNDARY + "--\r\n");
    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(201);
    assertThat(reply.json().path("name").asString()).isEqualTo("rows.csv");
    Path file = rig.files.upload(reply.json().path("id").asString());
    assertThat(Files.readString(file)).isEqualTo(content);
    assertThat(reply.json().path("sha256").asString()).isEqualTo(sha256(content.getBytes(UTF_8)));
  }

  @Test
  void aFormThatBreaksOffOrHoldsTwoFilesLeavesNothing() throws IOException {
    List<String> forms =
        List.of(
            file("a.csv", "pattern\na.example\n").replace("\r\n--", ""),
            file("a.csv", "x") + file("b.csv", "y") + "--" + BOUNDARY + "--\r\n",
            "--" + BOUNDARY + "--\r\n",
            "--" + BOUNDARY + "\r\n" + "X: y\r\n".repeat(100_000),
            "no form at all");
    for (String form : forms) {
      Visitor.Reply reply =
          rig.operator().post("/v1/uploads", "multipart/form-data; boundary=" + BOUNDARY, form);
      assertThat(reply.status()).describedAs(form).isEqualTo(400);
      assertThat(reply.code()).isEqualTo("bad_form");
    }
    assertThat(kept()).isEmpty();
  }

  @Test
  void aFileThatBreaksOffLeavesNothing() throws IOException {
    try (RawCall call = new RawCall(rig.service.port())) {
      call.send(head("Content-Length: 100000") + "x".repeat(5000));
      awaitHalf(1);
    }
    awaitHalf(0);
    assertThat(kept()).isEmpty();
  }

  /** Else half a list would be imported, and a mirror would delete the other half. */
  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 100000", "Transfer-Encoding: chunked"})
  void aFileThatTheEndOfTheServiceCutsOffLeavesNothing(String length) throws IOException {
    String some = "x".repeat(5000);
    try (RawCall call = new RawCall(rig.service.port())) {
      call.send(head(length) + (length.startsWith("T") ? "1388\r\n" + some + "\r\n" : some));
      awaitHalf(1);
      rig.service.close();
      awaitHalf(0);
    }
    assertThat(kept()).isEmpty();
  }

  @Test
  void aFileThatStandsStillIsCutOff() throws IOException {
    rig.restart(Duration.ofMillis(500));
    try (RawCall call = new RawCall(rig.service.port())) {
      call.send(head("Content-Length: 100000") + "x".repeat(5000));
      assertThat(call.rest()).doesNotContain(" 201 ");
    }
    awaitHalf(0);
    assertThat(kept()).isEmpty();
  }

  @Test
  void tooLargeAFileIsRefusedWhateverItSaysOfItself() throws IOException {
    long tooMuch = ServiceRig.LARGEST_UPLOAD + 1;
    String told = RawCall.answer(rig.service.port(), head("Content-Length: " + tooMuch));
    assertThat(told).startsWith("HTTP/1.1 413 ").containsIgnoringCase("connection: close");

    try (RawCall call = new RawCall(rig.service.port())) {
      call.send(head("Transfer-Encoding: chunked"));
      String chunk = "100000\r\n" + "x".repeat(1 << 20) + "\r\n";
      String answer = sendUntilRefused(call, chunk);
      assertThat(answer).startsWith("HTTP/1.1 413 ");
    }
    awaitHalf(0);
    assertThat(kept()).isEmpty();
  }

  @RepeatedTest(3)
  void whoSendsTooLargeAFileReadsWhyItIsRefused() {
    byte[] zeros = new byte[(int) ServiceRig.LARGEST_UPLOAD + (32 << 20)];
    Visitor.Reply told =
        rig.operator()
            .with("Content-Type", "text/csv")
            .send("POST", "/v1/uploads?name=a.csv", BodyPublishers.ofByteArray(zeros));
    assertThat(told.code()).isEqualTo("too_large");
    Visitor.Reply untold =
        rig.operator().stream(
            "/v1/uploads?name=a.csv", "text/csv", () -> new ByteArrayInputStream(zeros));
    assertThat(untold.code()).isEqualTo("too_large");
    assertThat(rig.operator().post("/v1/jobs", "x".repeat(16 << 20)).code()).isEqualTo("too_large");
  }

  @Test
  void whatAFileHoldsIsShownBeforeAnybodyIsCalled() {
    String rows =
        """
        Blocked Sender;pattern_type;comments
        a.example;DOMAIN;first
        not a domain;DOMAIN;
        also not;DOMAIN;
        a.example;DOMAIN;first
        """;
    String upload = rig.upload("rows.csv", rows);
    JsonNode preview = preview(upload, "null").json();
    assertThat(preview.path("format").asString()).isEqualTo("csv");
    assertThat(preview.path("delimiter").asString()).isEqualTo(";");
    assertThat(preview.at("/columns/0/field").asString()).isEqualTo("pattern");
    assertThat(preview.at("/columns/0/examples/0").asString()).isEqualTo("a.example");
    assertThat(preview.at("/rows/0/record/pattern").asString()).isEqualTo("a.example");
    assertThat(preview.at("/counts/rows").intValue()).isEqualTo(4);
    assertThat(preview.at("/counts/valid").intValue()).isEqualTo(1);
    assertThat(preview.at("/counts/invalid").intValue()).isEqualTo(2);
    assertThat(preview.at("/counts/repeats").intValue()).isEqualTo(1);
    assertThat(preview.path("causes")).hasSize(1);
    assertThat(preview.at("/causes/0/count").intValue()).isEqualTo(2);
    assertThat(preview.at("/causes/0/examples/1/line").intValue()).isEqualTo(4);
    assertThat(preview.path("problem").isNull()).isTrue();
    assertThat(preview.path("rewritings")).isEmpty();
    assertThat(rig.sandbox.requestLog().total()).isZero();
  }

  @Test
  void eachRewritingIsShownBeforeItCounts() {
    String upload = rig.upload("ioc.txt", "evil[.]example\n198.51.100.7-9\n! title\nx.example\n");
    JsonNode plain = preview(upload, "null").json();
    assertThat(plain.at("/counts/invalid").intValue()).isEqualTo(3);
    assertThat(plain.path("rewritings")).isEmpty();
    assertThat(plain.toString())
        .contains("\"normalized\":\"becomes evil.example\"")
        .contains("\"normalized\":\"is passed over\"");

    JsonNode rewritten = preview(upload, "{\"normalize\":true}").json();
    assertThat(rewritten.at("/counts/valid").intValue()).isEqualTo(3);
    assertThat(rewritten.at("/counts/rewritten").intValue()).isEqualTo(2);
    assertThat(rewritten.at("/counts/comments").intValue()).isEqualTo(1);
    assertThat(rewritten.at("/counts/further_records").intValue()).isEqualTo(1);
    assertThat(rewritten.at("/rewritings/0/line").intValue()).isEqualTo(1);
    assertThat(rewritten.at("/rewritings/0/value").asString()).isEqualTo("evil[.]example");
    assertThat(rewritten.at("/rewritings/0/becomes").asString()).isEqualTo("evil.example");
    assertThat(rewritten.at("/rewritings/1/becomes").asString())
        .isEqualTo("198.51.100.7, 198.51.100.8/31");
    assertThat(rewritten.path("rows")).hasSize(4);
    assertThat(rig.sandbox.requestLog().total()).isZero();
  }

  @Test
  void columnsThatNobodyKnowsCanBeMapped() {
    String upload = rig.upload("rows.csv", "sender,kind,x\na.example,DOMAIN,1\n");
    JsonNode first = preview(upload, "null").json();
    assertThat(first.at("/problem/code").asString()).isEqualTo("unreadable_input");
    assertThat(first.path("columns")).hasSize(3);
    assertThat(first.at("/columns/0/field").isNull()).isTrue();
    assertThat(first.at("/columns/0/examples/0").asString()).isEqualTo("a.example");
    String mapping = "{\"mapping\":{\"sender\":\"pattern\",\"kind\":\"pattern_type\",\"x\":\"\"}}";
    JsonNode second = preview(upload, mapping).json();
    assertThat(second.path("problem").isNull()).isTrue();
    assertThat(second.at("/columns/0/field").asString()).isEqualTo("pattern");
    assertThat(second.at("/columns/2/left_out").booleanValue()).isTrue();
    assertThat(second.at("/counts/valid").intValue()).isEqualTo(1);
  }

  @Test
  void aFileWithoutAHeaderIsShownWithAndWithoutOne() {
    String upload = rig.upload("rows.csv", "a.example,x\nb.example,y\n");
    JsonNode first = preview(upload, "null").json();
    assertThat(first.at("/header").booleanValue()).isTrue();
    assertThat(first.at("/header_looks_like_data").booleanValue()).isTrue();
    assertThat(first.at("/problem/message").asString()).contains("looks like data");
    JsonNode second =
        preview(upload, "{\"header\":false,\"mapping\":{\"1\":\"pattern\",\"2\":\"comments\"}}")
            .json();
    assertThat(second.path("problem").isNull()).isTrue();
    assertThat(second.at("/header").booleanValue()).isFalse();
    assertThat(second.at("/columns/0/name").asString()).isEqualTo("1");
    assertThat(second.at("/columns/0/field").asString()).isEqualTo("pattern");
    assertThat(second.at("/counts/valid").intValue()).isEqualTo(2);
  }

  @Test
  void whatAFilesNameDoesNotSayIsDetected() {
    JsonNode found =
        preview(rig.upload("rows.bin", "{\"pattern\":\"a.example\"}\n"), "null").json();
    assertThat(found.path("format").asString()).isEqualTo("jsonl");
    assertThat(found.path("encoding").asString()).isEqualTo("UTF-8");
    assertThat(found.at("/counts/valid").intValue()).isEqualTo(1);
  }

  @Test
  void whatCannotBeReadAtAllIsAProblem() throws IOException {
    assertThat(preview(rig.upload("rows.csv", ""), "null").code()).isEqualTo("unreadable_input");
    assertThat(preview("nosuch", "null").code()).isEqualTo("no_such_upload");
    String upload = rig.upload("rows.jsonl", "{\"pattern\":\"a.example\"}\n{\"comments\":\"é\"}\n");
    Visitor.Reply broken = preview(upload, "{\"encoding\":\"US-ASCII\"}");
    assertThat(broken.status()).isEqualTo(422);
    assertThat(broken.json().path("detail").asString()).contains("line 2");
    try (Stream<Path> left = Files.list(rig.files.root())) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".preview"));
    }
  }

  /** 80 MiB of rows without any value, which a few KiB of gzip unfold to. */
  @Test
  void ofAFileThatUnfoldsWithoutEndOnlyTheBeginningIsPreviewed() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] empty = ",\n".repeat(1 << 19).getBytes(UTF_8);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("pattern,comments\nhost.example,x\n".getBytes(UTF_8));
      for (int i = 0; i < 80; i++) {
        gzip.write(empty);
      }
    }
    byte[] bytes = packed.toByteArray();
    String upload =
        rig.operator().stream(
                "/v1/uploads?name=bomb.csv.gz",
                "application/gzip",
                () -> new ByteArrayInputStream(bytes))
            .json()
            .path("id")
            .asString();

    JsonNode preview = preview(upload, "null").json();
    assertThat(preview.path("complete").booleanValue()).isFalse();
    assertThat(preview.at("/warnings/0").asString()).contains("first 64 MiB");
    assertThat(preview.at("/counts/rows").intValue()).isEqualTo(1);
  }

  private Visitor.Reply preview(String upload, String reading) {
    return rig.viewer()
        .post(
            "/v1/previews",
            "{\"upload\":\""
                + upload
                + "\",\"resource\":\"block_senders\",\"reading\":"
                + reading
                + "}");
  }

  private String head(String length) {
    return "POST /v1/uploads?name=a.csv HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
        + rig.operator
        + "\r\n"
        + length
        + "\r\n\r\n";
  }

  private static String sendUntilRefused(RawCall call, String chunk) throws IOException {
    try {
      for (long sent = 0; sent <= ServiceRig.LARGEST_UPLOAD; sent += 1 << 20) {
        call.send(chunk);
      }
    } catch (IOException cutOff) {
      // The answer may be there nevertheless.
    }
    return call.head();
  }

  private static String file(String name, String content) {
    return "--"
        + BOUNDARY
        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
        + name
        + "\"\r\nContent-Type: text/csv\r\n\r\n"
        + content
        + "\r\n";
  }

  /** What lies where uploads are kept. */
  private List<String> kept() throws IOException {
    Path uploads = rig.files.root().resolve("uploads");
    if (!Files.exists(uploads)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(uploads)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private void awaitHalf(int count) throws IOException {
    Instant end = Instant.now().plusSeconds(20);
    while (kept().stream().filter(name -> name.endsWith(".half")).count() != count) {
      assertThat(Instant.now()).describedAs("%s", kept()).isBefore(end);
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.begin().digest(bytes));
  }

  /** Letters without end, up to an end. */
  private static final class Letters extends InputStream {
    private int left;

    Letters(int size) {
      this.left = size;
    }

    static String sha256(int size) {
      var digest = Sha256.begin();
      byte[] some = new byte[1 << 20];
      Arrays.fill(some, (byte) 'a');
      for (int done = 0; done < size; done += some.length) {
        digest.update(some);
      }
      return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public int read() {
      return left-- > 0 ? 'a' : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int some = Math.min(left, length);
      Arrays.fill(bytes, offset, offset + some, (byte) 'a');
      left -= some;
      return some;
    }
  }
}
