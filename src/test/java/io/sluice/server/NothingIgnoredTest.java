package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.Sandbox;
import io.sluice.server.http.Json;
import io.sluice.server.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a request says is understood or refused: nothing is passed over. */
final class NothingIgnoredTest {
  private static final Set<String> DECISIONS =
      Set.of("/v1/jobs/{id}/approve", "/v1/jobs/{id}/reject");

  private static final String IMPORTS = "/v1/imports?profile=one&resource=block-senders&name=a.csv";
  private static final String ROWS = "pattern,pattern_type\nkeep.example,DOMAIN\n";
  private static final String BOUNDARY = "----sluice";

  @TempDir private static Path directory = Path.of("");
  private static Sandbox sandbox;
  private static ServiceRig rig;

  /** One operation of the description. */
  record Operation(String method, String path, JsonNode described) {
    /** An address of it, with all that it requires and one parameter that is unknown. */
    String withUnknown() {
      StringBuilder address = new StringBuilder(path.replaceAll("\\{[^}]*\\}", "x"));
      address.append("?no_such_option=1");
      for (JsonNode parameter : described.path("parameters")) {
        if (parameter.path("in").asString("").equals("query")
            && parameter.path("required").booleanValue(false)) {
          String value = parameter.path("name").asString().equals("profile") ? "one" : "domains";
          address.append('&').append(parameter.path("name").asString()).append('=').append(value);
        }
      }
      return address.toString();
    }

    boolean takes(String type) {
      return described.path("requestBody").path("content").has(type);
    }

    boolean isPage() {
      return described.path("tags").path(0).asString("").equals("console")
          && !path.startsWith("/assets/")
          && !path.startsWith("/lib/");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  @BeforeAll
  static void start() throws IOException {
    sandbox = ServiceRig.sandbox().start();
    rig = new ServiceRig(directory, sandbox);
  }

  @AfterAll
  static void stop() {
    rig.close();
    sandbox.close();
  }

  static List<Operation> operations() throws IOException {
    List<Operation> operations = new ArrayList<>();
    try (InputStream in = Route.class.getResourceAsStream("/io/sluice/server/openapi.json")) {
      JsonNode paths = Json.MAPPER.readTree(in).path("paths");
      for (Map.Entry<String, JsonNode> path : paths.properties()) {
        for (Map.Entry<String, JsonNode> one : path.getValue().properties()) {
          String method = one.getKey().toUpperCase(Locale.ROOT);
          operations.add(new Operation(method, path.getKey(), one.getValue()));
        }
      }
    }
    return operations;
  }

  static Stream<Operation> operationsOfTheService() throws IOException {
    return operations().stream().filter(operation -> !operation.isPage());
  }

  static Stream<Operation> operationsWithJson() throws IOException {
    return operations().stream().filter(operation -> operation.takes("application/json"));
  }

  static Stream<Operation> operationsWithoutBody() throws IOException {
    return operations().stream().filter(operation -> !operation.described().has("requestBody"));
  }

  @ParameterizedTest
  @MethodSource("operationsOfTheService")
  void anUnknownParameterIsRefusedWithoutAnyEffect(Operation operation) throws IOException {
    Visitor caller = caller(operation).with("Content-Type", "application/json");
    String body = operation.described().has("requestBody") ? valid(operation.path()) : "";
    Visitor.Reply reply =
        caller.send(
            operation.method(),
            operation.withUnknown(),
            body.isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body));

    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("unknown_parameter");
    assertThat(reply.json().path("detail").asString()).contains("'no_such_option'");
    requireNoEffect();
  }

  @ParameterizedTest
  @MethodSource("operationsWithJson")
  void anUnknownPropertyIsRefusedWithoutAnyEffect(Operation operation) throws IOException {
    ObjectNode body = (ObjectNode) Json.MAPPER.readTree(valid(operation.path()));
    body.put("no_such_option", 1);
    Visitor.Reply reply =
        caller(operation)
            .with("Content-Type", "application/json")
            .send(
                operation.method(),
                operation.path().replaceAll("\\{[^}]*\\}", "x"),
                HttpRequest.BodyPublishers.ofString(body.toString()));

    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("unknown_property");
    assertThat(reply.json().path("detail").asString()).contains("'no_such_option'", "nearest");
    requireNoEffect();
  }

  @ParameterizedTest
  @MethodSource("operationsWithoutBody")
  void aBodyIsRefusedWhereNoneIsTaken(Operation operation) throws IOException {
    Visitor.Reply reply =
        rig.operator()
            .with("Content-Type", "application/json")
            .send(
                operation.method(),
                operation.path().replaceAll("\\{[^}]*\\}", "x"),
                HttpRequest.BodyPublishers.ofString("{\"resource\":\"domains\"}"));

    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("unexpected_body");
    requireNoEffect();
  }

  /** Somebody who may ask for it. */
  private static Visitor caller(Operation operation) {
    return DECISIONS.contains(operation.path()) ? rig.approver() : rig.operator();
  }

  private static String valid(String path) {
    if (DECISIONS.contains(path)) {
      return "{\"reason\":\"seen\"}";
    }
    return switch (path) {
      case "/v1/sessions" -> "{\"key\":\"" + rig.operator + "\"}";
      case "/v1/keys" -> "{\"name\":\"n\",\"role\":\"viewer\"}";
      case "/v1/previews" -> "{\"upload\":\"x\",\"resource\":\"domains\"}";
      case "/v1/jobs" -> "{\"kind\":\"export\",\"profile\":\"one\"}";
      case "/v1/schedules", "/v1/schedules/{id}" ->
          "{\"name\":\"n\",\"cron\":\"0 2 * * *\",\"zone\":\"UTC\","
              + "\"job\":{\"kind\":\"export\",\"profile\":\"one\"}}";
      case "/v1/insights/lint" -> "{\"source\":\"profile:one\"}";
      case "/v1/insights/explain" -> "{\"source\":\"profile:one\",\"ip\":\"192.0.2.1\"}";
      case "/v1/insights/history" -> "{\"account\":\"x\"}";
      case "/v1/imports", "/v1/uploads" -> ROWS;
      default -> throw new IllegalArgumentException("which body does " + path + " take?");
    };
  }

  private static void requireNoEffect() throws IOException {
    assertThat(rig.operator().get("/v1/jobs").json().path("items")).isEmpty();
    assertThat(rig.operator().get("/v1/schedules").json().path("items")).isEmpty();
    assertThat(
            rig.operator()
                .get("/v1/keys")
                .json()
                .path("items")
                .valueStream()
                .filter(key -> !key.path("role").asString("").equals("approver")))
        .hasSize(2);
    Path uploads = rig.files.root().resolve("uploads");
    if (Files.exists(uploads)) {
      try (Stream<Path> kept = Files.list(uploads)) {
        assertThat(kept).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dryrun=true, dry_run",
    "dry-run=true, dry_run",
    "Dry_Run=true, dry_run",
    "'dry_run%20=true', dry_run",
    "validate=off, validation",
    "max_delete=5, max_deletes",
    "sets=comments=x, set"
  })
  void aMisspelledOptionOfAnImportNamesTheNearest(String option, String nearest)
      throws IOException {
    Visitor.Reply reply = rig.operator().post(IMPORTS + "&mode=delete&" + option, "text/csv", ROWS);
    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(400);
    assertThat(reply.json().path("detail").asString())
        .contains("unknown parameter '", "the nearest is '" + nearest + "'");
    requireNoEffect();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dry_run=maybe",
        "dry_run=",
        "dry_run",
        "dry_run=true&dry_run=false",
        "mode=remove",
        "mode=",
        "strategy=fast",
        "max_deletes=ten",
        "max_deletes=5",
        "mode=update&allow_unprotect=true",
        "safety_snapshot=false",
        "mode=mirror&allow_unprotect=true",
        "max_deletes=10%25%25",
        "max_errors=-1",
        "encoding=utf-99",
        "format=xlsx",
        "header=maybe",
        "duplicates=newest",
        "header=false&format=list",
        "validation=loose",
        "set=comment=x",
        "set=comments",
        "set=comments=a&set=comments=b",
        "set=is_regex=maybe",
        "set=comments=",
        "set=created_at=2026-01-01T00:00:00Z",
        "map=Sender=patern",
        "map=Sender=pattern&map=Sender=comments",
        "resource=domains"
      })
  void aValueThatIsNoneIsRefusedWithoutAnyEffect(String option) throws IOException {
    Visitor.Reply reply = rig.operator().post(IMPORTS + "&" + option, "text/csv", ROWS);
    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(400);
    assertThat(reply.code()).isIn("bad_parameter", "bad_property");
    requireNoEffect();
  }

  @ParameterizedTest
  @ValueSource(strings = {"max_deletes=10%", "name=%zz", "set=comments=%F0%28", "n%3=x"})
  void aQueryThatCannotBeDecodedIsRefused(String option) throws IOException {
    String answer =
        RawCall.answer(
            rig.service.port(),
            "POST "
                + IMPORTS
                + "&"
                + option
                + " HTTP/1.1\r\nHost: 127.0.0.1:"
                + rig.service.port()
                + "\r\nAuthorization: Bearer "
                + rig.operator
                + "\r\nContent-Type: text/csv\r\nContent-Length: 0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400 ");
    requireNoEffect();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/uploads?name=a.csv", IMPORTS})
  void aFormWithoutAFileIsNoFile(String address) throws IOException {
    for (String type : List.of("", "; charset=utf-8")) {
      Visitor.Reply reply =
          rig.operator().post(address, "application/x-www-form-urlencoded" + type, ROWS);
      assertThat(reply.status()).describedAs(reply.text()).isEqualTo(415);
      assertThat(reply.json().path("hint").asString()).contains("--data-binary", "text/csv");
    }
    requireNoEffect();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "..%2Fa.csv|holds no directory",
        "c:%5Ca.csv|holds no directory",
        "a%0Ab.csv|does not print",
        "a%E2%80%8B.csv|does not print",
        "%20a.csv|a blank at an end",
        "..|names no file"
      })
  void aNameThatWouldBeChangedIsRefused(String name, String why) throws IOException {
    Visitor.Reply reply = rig.operator().post("/v1/uploads?name=" + name, "text/csv", ROWS);
    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(400);
    assertThat(reply.json().path("detail").asString()).contains(why);
    String address = "/v1/uploads?name=" + "a".repeat(5000);
    assertThat(rig.operator().post(address, "text/csv", ROWS).status()).isEqualTo(400);
    requireNoEffect();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/jobs?acount=x",
        "/v1/jobs?limit=ten",
        "/v1/jobs?limit=0",
        "/v1/jobs?limit=%2B5",
        "/v1/jobs?limit=%D9%A3",
        "/v1/jobs?kind=imports",
        "/v1/jobs?result=ok",
        "/v1/jobs?account=",
        "/v1/jobs?account=a/b",
        "/v1/jobs?before=zz",
        "/v1/uploads?before=zz",
        "/v1/snapshots?account=a%20b",
        "/v1/jobs/x/rows?resource=other",
        "/v1/snapshots?acount=x",
        "/v1/jobs/x/rows?outcome=create",
        "/v1/jobs/x/events?after=x"
      })
  void aListThatIsNarrowedDownWronglyIsRefused(String address) {
    Visitor.Reply reply = rig.operator().get(address);
    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(400);
    assertThat(reply.json().path("detail").asString()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'options':{'dryrun':true} | unknown_property | options.dry_run",
        "'dry_run':true | unknown_property | options.dry_run",
        "'reading':{'set':{}} | unknown_property | reading.fixed",
        "'reading':{'map':{}} | unknown_property | reading.mapping",
        "'options':{'skip_invalid':true} | unknown_property | reading.skip_invalid",
        "'options':{'dry_run':'true'} | wrong_type | options.dry_run",
        "'options':{'dry_run':1} | wrong_type | options.dry_run' is of another type: it is true or",
        "'options':{'dry_run':' '} | wrong_type | options.dry_run' is of another type: it is true or",
        "'options':{'dry_run':null} | wrong_type | options.dry_run' is null: leave it out",
        "'options':{'safety_snapshot':' '} | wrong_type | options.safety_snapshot",
        "'options':' ' | wrong_type | 'options' is of another type: it is an object, in { }",
        "'options':[] | wrong_type | options",
        "'options':{'max_deletes':10} | wrong_type | max_deletes' is of another type: it is a text",
        "'options':{'max_deletes':'10'} | bad_property | max_deletes has no effect with mode upsert",
        "'options':{'mode':'delete','lint':'refuse'} | bad_property | lint has no effect with mode delete",
        "'options':{'mode':'create','allow_unprotect':true} | bad_property | allow_unprotect has no",
        "'options':{'safety_snapshot':false} | bad_property | safety_snapshot set to false has no",
        "'options':{'mode':'mirror','allow_unprotect':true} | bad_property | it belongs to domains",
        "'resources':['domains'] | unknown_property | export, restore, migrate, prune, diff",
        "'options':{'owner':'Bad Name'} | bad_property | owner",
        "'options':{'adopt':''} | bad_property | adopt needs owner",
        "'options':{'mode':'create','owner':'a','adopt':''} | bad_property | adopt has no effect",
        "'options':{'expires':'soon'} | bad_property | expires",
        "'options':{'mode':'delete','expires':'30d'} | bad_property | expires has no effect",
        "'options':{'resources':['domains']} | unknown_property | the nearest is 'resource'",
        "'keep':3 | unknown_property | it belongs to the kinds export",
        "'options':{'max_deletes':'ten'} | bad_property | max_deletes",
        "'options':{'max_errors':'101%'} | bad_property | max_errors",
        "'options':{'mode':'remove'} | bad_property | mode",
        "'options':{'strategy':''} | bad_property | strategy",
        "'reading':{'encoding':'utf-99'} | bad_property | encoding",
        "'reading':{'format':'xlsx'} | bad_property | format",
        "'reading':{'format':'list','header':false} | bad_property | header",
        "'reading':{'duplicates':'newest'} | bad_property | duplicates",
        "'reading':{'validation':'lax'} | bad_property | validation",
        "'reading':{'fixed':{'comment':'x'}} | bad_property | comments",
        "'reading':{'mapping':{'Sender':'patern'}} | bad_property | pattern",
        "'profile':'two' | bad_json | line 1",
        "'options':{'dry_run':true,'dry_run':false} | bad_json | line 1"
      })
  void aPropertyOfAJobThatIsNoneIsRefused(String property, String code, String named)
      throws IOException {
    String body =
        "{\"kind\":\"import\",\"profile\":\"one\",\"resource\":\"block-senders\",\"upload\":\"x\","
            + property.replace('\'', '"')
            + "}";
    Visitor.Reply job = rig.operator().post("/v1/jobs", body);
    assertThat(job.status()).describedAs(job.text()).isEqualTo(400);
    assertThat(job.code()).describedAs(job.text()).isEqualTo(code);
    assertThat(job.json().path("detail").asString()).contains(named);
    Visitor.Reply schedule =
        rig.operator()
            .post(
                "/v1/schedules",
                "{\"name\":\"n\",\"cron\":\"0 2 * * *\",\"zone\":\"UTC\",\"job\":" + body + "}");
    assertThat(schedule.status()).describedAs(schedule.text()).isEqualTo(400);
    assertThat(schedule.code()).describedAs(schedule.text()).isEqualTo(code);
    requireNoEffect();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\":\"export\",\"profile\":\"one\"} {\"keep\":1}",
        "{\"kind\":\"export\",\"profile\":\"one\",\"keep\":1.5}",
        "{\"kind\":\"export\",\"profile\":\"one\",\"keep\":\"3\"}",
        "{\"kind\":\"export\",\"profile\":\"one\",\"keep\":\"\"}",
        "{\"kind\":\"export\",\"profile\":\"one\",\"keep\":\" \"}",
        "{\"kind\":\"export\",\"profile\":\"one\",\"keep\":1e3}",
        "{\"kind\":\"export\",\"profile\":\"one\",\"gzip\":\" \"}",
        "{\"kind\":\"export\",\"profile\":\"one\",\"gzip\":null}",
        "{\"kind\":\"export\",\"profile\":\"one\",\"keep\":0}",
        "{\"kind\":\"export\",\"profile\":\"one\",\"gzip\":0}",
        "{\"kind\":\"export\",\"profile\":\"one\",\"gzip\":\"\"}",
        "{\"kind\":\"export\",\"profile\":true}",
        "{\"kind\":\"export\",\"profile\":1.0}",
        "{\"kind\":\"export\",\"profile\":\"one\",\"resources\":\"domains\"}",
        "{\"kind\":\"export\",\"profile\":\"one\",\"resources\":[\"domain\"]}",
        "{\"kind\":\"export\",\"profile\":\"one\",\"format\":\"xlsx\"}",
        "{\"kind\":\"export\",\"kind\":\"export\",\"profile\":\"one\"}",
        "{\"Kind\":\"export\",\"profile\":\"one\"}"
      })
  void aBodyOfAnotherShapeIsRefused(String body) throws IOException {
    Visitor.Reply reply = rig.operator().post("/v1/jobs", body);
    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(400);
    requireNoEffect();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"profile\":\"one\",\"keep\":99999999999|'keep' is a number too large",
        "\"profile\":\"one\",\"profile\":\"two\"|'profile' is given twice",
        "\"profile\":1|'profile' is of another type: it is a text, in quotes",
        "\"profile\":\"one\",\"options\":{}|it belongs to the kinds import, restore, migrate"
      })
  void whatIsWrongWithAValueIsSaid(String properties, String said) throws IOException {
    String body = "{\"kind\":\"export\"," + properties + "}";
    Visitor.Reply reply = rig.operator().post("/v1/jobs", body);
    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(400);
    assertThat(reply.json().path("detail").asString()).contains(said);
    requireNoEffect();
  }

  @Test
  void anOptionInAFormIsRefused() throws IOException {
    for (String field : List.of("name=\"dry_run\"", "name=\"data\"; filename=\"a.csv\"")) {
      String form =
          part(field, "true") + part("name=\"file\"; filename=\"a.csv\"", ROWS) + "--" + BOUNDARY;
      Visitor.Reply reply =
          rig.operator()
              .post(IMPORTS, "multipart/form-data; boundary=" + BOUNDARY, form + "--\r\n");
      assertThat(reply.status()).describedAs(reply.text()).isEqualTo(400);
      assertThat(reply.code()).isEqualTo("unknown_form_field");
      assertThat(reply.json().path("detail").asString()).contains("'file'");
      requireNoEffect();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"windows-1252", "utf-16"})
  void theCharsetOfAFormsFileIsNotPassedOver(String charset) throws IOException {
    String name = "name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv; charset=";
    Visitor.Reply reply =
        rig.operator()
            .post(
                IMPORTS,
                "multipart/form-data; boundary=" + BOUNDARY,
                part(name + charset, ROWS) + "--" + BOUNDARY + "--\r\n");
    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(415);
    assertThat(reply.code()).isEqualTo("charset");
    requireNoEffect();
  }

  @Test
  void aTextInPlaceOfAFormsFileIsSaid() throws IOException {
    Visitor.Reply reply =
        rig.operator()
            .post(
                IMPORTS,
                "multipart/form-data; boundary=" + BOUNDARY,
                part("name=\"file\"", ROWS) + "--" + BOUNDARY + "--\r\n");
    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(400);
    assertThat(reply.json().path("detail").asString()).contains("holds a text, and no file");
    assertThat(reply.json().path("hint").asString()).contains("-F file=@FILE");
    requireNoEffect();
  }

  private static String part(String disposition, String content) {
    return "--"
        + BOUNDARY
        + "\r\nContent-Disposition: form-data; "
        + disposition
        + "\r\n\r\n"
        + content
        + "\r\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /v1/jobs/x/cancel",
        "POST /v1/jobs/x/pause",
        "POST /v1/jobs/x/resume",
        "POST /v1/snapshots/x/verify",
        "DELETE /v1/uploads/x"
      })
  void anIdempotencyKeyIsNoObstacleWhereARepeatDoesNoHarm(String request) throws IOException {
    String[] parts = request.split(" ", 2);
    Visitor.Reply reply =
        rig.operator()
            .with("Idempotency-Key", "once")
            .send(parts[0], parts[1], HttpRequest.BodyPublishers.noBody());
    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(404);
    requireNoEffect();
  }

  @Test
  void aBodyThatWouldBeMisreadIsRefused() throws IOException {
    Visitor gzip = rig.operator().with("Content-Encoding", "gzip");
    assertThat(gzip.post(IMPORTS, "text/csv", ROWS).status()).isEqualTo(415);
    assertThat(gzip.post("/v1/jobs", "{}").status()).isEqualTo(415);
    assertThat(rig.operator().post(IMPORTS, "multipart/form-data", ROWS).status()).isEqualTo(400);
    for (String type : List.of("text/csv; charset=utf-16", "multipart/mixed; boundary=x")) {
      assertThat(rig.operator().post(IMPORTS, type, ROWS).status()).isEqualTo(415);
    }
    assertThat(
            rig.operator().post("/v1/jobs", "application/json; charset=iso-8859-1", "{}").status())
        .isEqualTo(415);
    requireNoEffect();
  }
}
