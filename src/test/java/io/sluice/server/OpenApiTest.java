package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.server.http.Access;
import io.sluice.server.http.Json;
import io.sluice.server.http.Parameter;
import io.sluice.server.http.ParameterType;
import io.sluice.server.http.Route;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Holds the description of the service against the service. */
final class OpenApiTest {
  @RegisterExtension private final ServiceRig rig = new ServiceRig();

  @Test
  void everyRouteIsDescribedAndNothingElse() throws IOException {
    JsonNode description = rig.stranger().get("/openapi.json").json();
    assertThat(description.path("openapi").asString()).isEqualTo("3.1.0");
    Set<String> described = new TreeSet<>();
    description
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .propertyNames()
                    .forEach(method -> described.add(method + " " + path.getKey())));
    Set<String> there = new TreeSet<>();
    for (Route route : rig.routes()) {
      String path = route.path().text().replace("…}", "}");
      there.add(route.method().name().toLowerCase(Locale.ROOT) + " " + path);
      JsonNode operation =
          description.path("paths").path(path).path(route.method().name().toLowerCase(Locale.ROOT));
      assertThat(role(operation)).describedAs(path).isEqualTo(route.access());
    }
    assertThat(described).isEqualTo(there);
  }

  /** The least role that may ask, which is the same for keys and for sessions. */
  static Access role(JsonNode operation) {
    JsonNode security = operation.path("security");
    assertThat(security.isArray()).isTrue();
    if (security.isEmpty()) {
      return Access.OPEN;
    }
    String role = security.at("/0/key/0").asString();
    assertThat(security.toString())
        .isEqualTo("[{\"key\":[\"" + role + "\"]},{\"session\":[\"" + role + "\"]}]");
    return Access.valueOf(role.toUpperCase(Locale.ROOT));
  }

  /** Else a generator makes an object of a word, and 32 bits of a number of bytes. */
  @Test
  void everyWordAndNumberHasATypeThatGeneratorsKnow() throws IOException {
    Set<String> without = new TreeSet<>();
    Set<String> names = new TreeSet<>();
    JsonNode description = rig.stranger().get("/openapi.json").json();
    untyped(description.path("paths"), "paths", without);
    untyped(description.path("components"), "components", without);
    assertThat(without).isEmpty();
    for (JsonNode path : description.path("paths")) {
      for (JsonNode operation : path) {
        assertThat(names.add(operation.path("operationId").asString())).isTrue();
      }
    }
  }

  private static void untyped(JsonNode node, String place, Set<String> without) {
    boolean words = node.path("enum").isArray() || node.path("const").isString();
    String type = node.path("type").toString();
    if (words && !type.contains("\"string\"")) {
      without.add(place + ": " + node);
    }
    if (type.contains("\"integer\"") && node.path("format").asString("").isEmpty()) {
      without.add(place + ": " + node);
    }
    node.properties().forEach(one -> untyped(one.getValue(), place + "/" + one.getKey(), without));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      untyped(node.get(i), place + "/" + i, without);
    }
  }

  @Test
  void everyRouteTakesWhatIsDescribedAndNothingElse() throws IOException {
    JsonNode paths = rig.stranger().get("/openapi.json").json().path("paths");
    for (Route route : rig.routes()) {
      JsonNode operation =
          paths
              .path(route.path().text().replace("…}", "}"))
              .path(route.method().name().toLowerCase(Locale.ROOT));
      Map<String, String> described = new TreeMap<>();
      for (JsonNode parameter : operation.path("parameters")) {
        if (parameter.path("in").asString("").equals("query")) {
          described.put(parameter.path("name").asString(), described(parameter));
        }
      }
      Map<String, String> taken = new TreeMap<>();
      List<Parameter> declared = route.parameters();
      if (declared != null) {
        declared.forEach(parameter -> taken.put(parameter.name(), taken(parameter)));
      }
      assertThat(taken).describedAs(route.toString()).isEqualTo(described);
      assertThat(operation.path("parameters").toString().contains("/IdempotencyKey"))
          .describedAs(route.toString())
          .isEqualTo(route.keyed());
      Set<String> types = new TreeSet<>(operation.at("/requestBody/content").propertyNames());
      assertThat(types)
          .describedAs(route.toString())
          .containsExactlyElementsOf(
              switch (route.content()) {
                case NONE -> List.of();
                case JSON -> List.of("application/json");
                case FILE -> List.of("application/octet-stream", "multipart/form-data");
              });
    }
  }

  private static String described(JsonNode parameter) {
    JsonNode schema = parameter.path("schema");
    boolean repeatable = schema.path("type").asString("").equals("array");
    JsonNode value = repeatable ? schema.path("items") : schema;
    String type = value.path("type").asString("");
    if (value.has("enum")) {
      type = "one of " + value.path("enum");
    } else if (type.equals("integer")) {
      type += " " + value.path("minimum").asLong(0) + ".." + value.path("maximum").asLong(-1);
    }
    return type
        + (repeatable ? ", repeatable" : "")
        + (parameter.path("required").asBoolean(false) ? ", required" : "");
  }

  private static String taken(Parameter parameter) {
    String type;
    if (parameter.type() instanceof ParameterType.Choice choice) {
      type = "one of " + Json.MAPPER.valueToTree(choice.words());
    } else if (parameter.type() instanceof ParameterType.Whole whole) {
      long most = whole.most() == Long.MAX_VALUE ? -1 : whole.most();
      type = "integer " + whole.least() + ".." + most;
    } else {
      type = parameter.type() instanceof ParameterType.Flag ? "boolean" : "string";
    }
    return type
        + (parameter.repeatable() ? ", repeatable" : "")
        + (parameter.required() ? ", required" : "");
  }

  @Test
  void whatIsAnsweredHasTheDescribedProperties() throws IOException {
    JsonNode schemas = rig.stranger().get("/openapi.json").json().at("/components/schemas");
    String upload = rig.upload("a.csv", ServiceRig.senders(3));
    String job = rig.imported(upload, "{}");
    rig.awaitEnd(job);
    rig.awaitEnd(rig.submit("{\"kind\":\"export\",\"profile\":\"one\"}"));
    Visitor viewer = rig.viewer();
    compare(schemas, "Upload", viewer.get("/v1/uploads/" + upload).json());
    compare(schemas, "Job", viewer.get("/v1/jobs/" + job).json());
    compare(schemas, "Row", first(viewer.get("/v1/jobs/" + job + "/rows")));
    compare(schemas, "Snapshot", first(viewer.get("/v1/snapshots")));
    compare(schemas, "Resource", first(viewer.get("/v1/resources")));
    rig.operator()
        .post(
            "/v1/schedules",
            "{\"name\":\"nightly\",\"cron\":\"0 2 * * *\",\"zone\":\"UTC\","
                + "\"job\":{\"kind\":\"export\",\"profile\":\"one\"}}");
    compare(schemas, "Schedule", first(viewer.get("/v1/schedules")));
    compare(
        schemas,
        "DueTimes",
        viewer.get("/v1/schedules/next?cron=0+2+*+*+*&zone=Europe%2FBerlin").json());
    compare(schemas, "Profile", first(viewer.get("/v1/profiles")));
    JsonNode status = viewer.get("/v1/profiles/one/status").json();
    compare(schemas, "ProfileStatus", status);
    compare(schemas.at("/ProfileStatus/properties/resources"), "items", status.at("/resources/0"));
    compare(schemas, "ApiKey", first(rig.operator().get("/v1/keys")));
    compare(
        schemas,
        "NewApiKey",
        rig.operator().post("/v1/keys", "{\"name\":\"n\",\"role\":\"viewer\"}").json());
    compare(schemas, "Limits", viewer.get("/v1/limits").json());
    compare(schemas, "Session", viewer.get("/v1/sessions/current").json());
    compare(schemas, "Status", viewer.get("/healthz").json());
    compare(
        schemas,
        "Preview",
        viewer
            .post("/v1/previews", "{\"upload\":\"" + upload + "\",\"resource\":\"block_senders\"}")
            .json());
  }

  private static JsonNode first(Visitor.Reply page) {
    return page.json().path("items").get(0);
  }

  private static void compare(JsonNode schemas, String name, JsonNode answer) {
    Set<String> described = new TreeSet<>(schemas.path(name).path("properties").propertyNames());
    Set<String> required = new TreeSet<>();
    schemas.path(name).path("required").forEach(property -> required.add(property.asString()));
    assertThat(described).describedAs(name).containsAll(answer.propertyNames());
    assertThat(answer.propertyNames()).describedAs(name).containsAll(required);
  }
}
