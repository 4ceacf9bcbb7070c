package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.Sandbox;
import io.sluice.server.http.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The service takes the bodies that its description allows, refuses the others, and answers as
 * described: what clients rely on that are generated from it.
 */
@Tag("slow")
final class OpenApiContractTest {
  private static final Set<String> STRUCTURE =
      Set.of("wrong_type", "unknown_property", "missing_property", "bad_json");

  @TempDir private static Path directory = Path.of("");
  private static Sandbox sandbox;
  private static ServiceRig rig;
  private static JsonNode description;
  private static JsonSchemas schemas;

  /** A request that is as it should be. */
  record Good(String method, String path, String at, String body) {
    JsonNode operation() {
      return description.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
      return method + " " + path + " " + body;
    }
  }

  @BeforeAll
  static void start() throws IOException {
    sandbox = ServiceRig.sandbox().start();
    rig = new ServiceRig(directory, sandbox);
    description = rig.stranger().get("/openapi.json").json();
    schemas = new JsonSchemas(description);
  }

  @AfterAll
  static void stop() {
    rig.close();
    sandbox.close();
  }

  static Stream<Good> requests() {
    String upload = rig.upload("a.csv", ServiceRig.senders(3));
    String export = rig.submit("{\"kind\":\"export\",\"profile\":\"one\"}");
    String snapshot = rig.awaitEnd(export).at("/summary/snapshot").asString();
    String id =
        rig.operator()
            .post("/v1/schedules", schedule("first", job("export", "\"profile\":\"one\"")))
            .json()
            .path("id")
            .asString();
    List<String> jobs =
        List.of(
            job("export", "\"profile\":\"one\""),
            job(
                "import",
                "\"profile\":\"one\",\"resource\":\"block-senders\",\"upload\":\""
                    + upload
                    + "\",\"reading\":{},\"options\":{\"dry_run\":true}"),
            job(
                "restore",
                "\"profile\":\"one\",\"snapshot\":\""
                    + snapshot
                    + "\",\"options\":{\"dry_run\":true}"),
            job("migrate", "\"from\":\"one\",\"to\":\"two\",\"options\":{\"dry_run\":true}"),
            job("prune", "\"profile\":\"one\",\"options\":{\"dry_run\":true}"),
            job("feed", "\"profile\":\"one\",\"feed\":\"none\",\"reading\":{},\"options\":{}"),
            job("diff", "\"before\":\"" + snapshot + "\",\"after\":\"profile:one\""),
            job("insight", "\"about\":\"lint\",\"source\":\"profile:one\""),
            job(
                "insight",
                "\"about\":\"explain\",\"source\":\"profile:one\",\"ip\":\"192.0.2.1\""));
    List<Good> all = new ArrayList<>();
    jobs.forEach(job -> all.add(post("/v1/jobs", job)));
    all.add(post("/v1/schedules", schedule("second", jobs.get(0))));
    all.add(
        new Good(
            "PUT",
            "/v1/schedules/{id}",
            "/v1/schedules/" + id,
            schedule("third", jobs.get(0).replace("}", ",\"gzip\":true}"))));
    all.add(post("/v1/sessions", "{\"key\":\"" + rig.operator + "\"}"));
    all.add(post("/v1/keys", "{\"name\":\"n\",\"role\":\"viewer\"}"));
    all.add(
        post(
            "/v1/previews",
            "{\"upload\":\"" + upload + "\",\"resource\":\"block-senders\",\"reading\":{}}"));
    all.add(post("/v1/insights/lint", "{\"source\":\"" + snapshot + "\"}"));
    all.add(post("/v1/insights/explain", "{\"source\":\"" + snapshot + "\",\"ip\":\"192.0.2.1\"}"));
    String account = snapshot.substring(0, snapshot.indexOf('~'));
    all.add(post("/v1/insights/history", "{\"account\":\"" + account + "\"}"));
    for (String decision : List.of("approve", "reject")) {
      all.add(
          new Good(
              "POST",
              "/v1/jobs/{id}/" + decision,
              "/v1/jobs/" + export + "/" + decision,
              "{\"reason\":\"seen\"}"));
    }
    return all.stream();
  }

  private static Good post(String path, String body) {
    return new Good("POST", path, path, body);
  }

  private static String job(String kind, String more) {
    return "{\"kind\":\"" + kind + "\"," + more + "}";
  }

  private static String schedule(String name, String job) {
    return "{\"name\":\""
        + name
        + "\",\"cron\":\"0 2 * * *\",\"zone\":\"UTC\",\"paused\":true,\"job\":"
        + job
        + "}";
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aBodyIsTakenAsItIsDescribed(Good good) throws IOException {
    JsonNode schema = good.operation().at("/requestBody/content/application~1json/schema");
    JsonNode body = Json.MAPPER.readTree(good.body());
    assertThat(schemas.faults(schema, body)).describedAs("the request itself").isEmpty();
    Set<String> wrong = new TreeSet<>();
    check(good, schema, body, wrong);
    for (JsonNode other : variants(schema, body)) {
      check(good, schema, other, wrong);
    }
    for (String raw : List.of("", "null", "5", "[]", "{", "{\"a\":1,\"a\":2}", good.body() + "1")) {
      Visitor.Reply reply = send(good, raw);
      if (reply.status() != 400) {
        wrong.add(reply.status() + " for " + raw);
      }
    }

    assertThat(wrong).isEmpty();
  }

  private static void check(Good good, JsonNode schema, JsonNode body, Set<String> wrong) {
    List<String> faults = schemas.faults(schema, body);
    Visitor.Reply reply = send(good, body.toString());
    String sent = brief(body.toString()) + " -> " + reply.status() + " " + brief(reply.text());
    if (reply.status() >= 500) {
      wrong.add("a fault of the service: " + sent);
    } else if (!faults.isEmpty() && reply.status() < 400) {
      wrong.add("taken, but not described " + faults + ": " + sent);
    } else if (faults.isEmpty() && reply.status() == 400 && STRUCTURE.contains(reply.code())) {
      wrong.add("described, but refused: " + sent);
    }
    answered(good.operation(), reply).forEach(fault -> wrong.add(fault + ": " + sent));
  }

  /** What is not as described with an answer. */
  private static List<String> answered(JsonNode operation, Visitor.Reply reply) {
    JsonNode responses = operation.path("responses");
    JsonNode described =
        schemas.resolved(
            responses.path(String.valueOf(reply.status())).isMissingNode()
                ? responses.path("default")
                : responses.path(String.valueOf(reply.status())));
    String type = reply.header("Content-Type");
    JsonNode content = described.path("content");
    if (content.isMissingNode()) {
      return reply.text().isEmpty() ? List.of() : List.of("an undescribed body");
    } else if (!content.has(type)) {
      return List.of("an undescribed " + type);
    }
    return schemas.faults(content.path(type).path("schema"), reply.json());
  }

  private static Visitor.Reply send(Good good, String body) {
    Visitor visitor = good.path().matches(".*/(approve|reject)") ? rig.approver() : rig.operator();
    return visitor
        .with("Content-Type", "application/json")
        .send(good.method(), good.at(), BodyPublishers.ofString(body));
  }

  /** The body with each property that there may be in each of some other ways, and without it. */
  private static List<JsonNode> variants(JsonNode schema, JsonNode body) {
    List<JsonNode> variants = new ArrayList<>();
    ObjectNode more = (ObjectNode) body.deepCopy();
    variants.add(more.put("no_such_property", 1));
    described(schema, body)
        .properties()
        .forEach(
            property -> {
              String name = property.getKey();
              ObjectNode less = (ObjectNode) body.deepCopy();
              less.remove(name);
              variants.add(less);
              for (JsonNode value : values()) {
                variants.add(((ObjectNode) body.deepCopy()).set(name, value));
              }
              // The options of all kinds are the same record.
              String kind = body.path("kind").asString("import");
              if (body.path(name).isObject() && kind.equals("import")) {
                for (JsonNode inner : variants(property.getValue(), body.path(name))) {
                  variants.add(((ObjectNode) body.deepCopy()).set(name, inner));
                }
              }
            });
    return variants;
  }

  /** The properties of a schema, of the one for this kind of body where there are several. */
  private static JsonNode described(JsonNode given, JsonNode body) {
    JsonNode schema = schemas.resolved(given);
    for (JsonNode one : schema.path("oneOf")) {
      JsonNode properties = schemas.resolved(one).path("properties");
      if (properties.at("/kind/const").equals(body.path("kind"))) {
        return properties;
      }
    }
    return schema.path("properties");
  }

  private static List<JsonNode> values() {
    JsonNodeFactory make = JsonNodeFactory.instance;
    return List.of(
        make.nullNode(),
        make.booleanNode(true),
        make.numberNode(-1),
        make.numberNode(5),
        make.numberNode(new BigDecimal("1E+3")),
        make.numberNode(new BigInteger("99999999999999999999")),
        make.stringNode(""),
        make.stringNode(" "),
        make.stringNode("true"),
        make.stringNode("5"),
        make.stringNode("é\u202e\ud83d\ude00"),
        make.stringNode("a\0b"),
        make.arrayNode(),
        make.arrayNode().addNull(),
        make.arrayNode().add(5),
        many(),
        make.objectNode(),
        make.objectNode().putNull("x"),
        make.objectNode().put("x", 5));
  }

  private static JsonNode many() {
    var many = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < 10_000; i++) {
      many.add("domains");
    }
    return many;
  }

  private static String brief(String text) {
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }
}
