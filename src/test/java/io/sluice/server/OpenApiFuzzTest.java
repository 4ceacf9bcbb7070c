package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends good and bad input, made from the description of the service, to every operation that it
 * describes: nothing is answered as a fault of the service, and nothing that is not described.
 */
@Tag("slow")
final class OpenApiFuzzTest {
  private static final int ROUNDS = 30;
  private static final Set<String> ENDLESS = Set.of("/v1/jobs/{id}/events");

  @RegisterExtension private final ServiceRig rig = new ServiceRig();
  private final Random random = new Random(20261128);
  private JsonNode description = JsonNodeFactory.instance.missingNode();
  private final Map<String, List<String>> known = new HashMap<>();

  /** How many texts are as they should be before one is not; none of a request that is all wild. */
  private int goodTexts;

  private String last = "";

  @Test
  void noInputIsAnsweredAsAFaultOfTheService() throws Exception {
    description = rig.stranger().get("/openapi.json").json();
    learn(rig);
    Set<String> wrong = new TreeSet<>();
    for (var path : description.path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        if (!ENDLESS.contains(path.getKey())) {
          for (int i = 0; i < ROUNDS; i++) {
            assertThatCode(
                    () -> send(rig, operation.getKey(), path.getKey(), operation.getValue(), wrong))
                .describedAs(() -> last)
                .doesNotThrowAnyException();
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Names that exist, so that not every request ends at a name that does not. */
  private void learn(ServiceRig rig) {
    String upload = rig.upload("a.csv", ServiceRig.senders(3));
    String job = rig.imported(upload, "{}");
    rig.awaitEnd(job);
    String export = rig.submit("{\"kind\":\"export\",\"profile\":\"one\"}");
    rig.awaitEnd(export);
    known.put("id", new ArrayList<>(List.of(upload, job, export)));
    rig.operator().get("/v1/snapshots").json().path("items").forEach(s -> keep("id", s, "id"));
    known.put("name", List.of("one", "report.csv", "manifest.json", "domains.jsonl", "main.js"));
    known.put("profile", List.of("one", "two", "broken"));
    known.put("resource", List.of("block-senders", "domains"));
    known.put("upload", List.of(upload));
    known.put("library", List.of("lit-html"));
    known.put("cron", List.of("0 2 * * *", "0 0 30 2 *", "*/5 * * * *"));
    known.put("zone", List.of("UTC", "Europe/Berlin"));
  }

  private void keep(String name, JsonNode from, String property) {
    String value = from.path(property).asString("");
    if (!value.isEmpty()) {
      known.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
    }
  }

  private void send(
      ServiceRig rig, String method, String path, JsonNode operation, Set<String> wrong) {
    goodTexts = random.nextBoolean() ? 0 : 1 + random.nextInt(8);
    StringBuilder address = new StringBuilder(path);
    for (int open = address.indexOf("{"); open >= 0; open = address.indexOf("{")) {
      int close = address.indexOf("}");
      String name = address.substring(open + 1, close);
      address.replace(open, close + 1, encoded(pick(name, this::wild)));
    }
    char mark = '?';
    for (JsonNode declared : operation.path("parameters")) {
      JsonNode parameter = resolved(declared);
      if (parameter.path("in").asString("").equals("query") && random.nextInt(3) > 0) {
        String name = parameter.path("name").asString("");
        String value = text(value(parameter.path("schema"), name, 0));
        address.append(mark).append(name).append('=').append(encoded(value));
        mark = '&';
      }
    }
    Visitor visitor = rig.operator();
    JsonNode content = operation.at("/requestBody/content");
    String body = "";
    String type = "";
    if (content.has("application/json")) {
      type = "application/json";
      body = json(content.at("/application~1json/schema"));
    } else if (!content.isMissingNode()) {
      type = "application/octet-stream";
      body = random.nextInt(4) == 0 ? wild() : ServiceRig.senders(2);
    }
    if (!type.isEmpty()) {
      visitor = visitor.with("Content-Type", type);
    }
    boolean bodyless = type.isEmpty();
    String sent = method + " " + shortened(address.toString()) + " " + shortened(body);
    last = sent;
    Visitor.Reply reply =
        visitor.send(
            method.toUpperCase(java.util.Locale.ROOT),
            address.toString(),
            bodyless
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    String fault = fault(operation, reply);
    if (!fault.isEmpty()) {
      wrong.add(fault + ": " + sent + " -> " + shortened(reply.text()));
    }
  }

  /** What is wrong with an answer; empty if it is described. */
  private String fault(JsonNode operation, Visitor.Reply reply) {
    int status = reply.status();
    if (status == 414 && reply.text().isEmpty()) {
      return ""; // answered before any operation is looked for, as the description says
    }
    JsonNode responses = operation.path("responses");
    JsonNode described = resolved(responses.path(String.valueOf(status)));
    boolean problem = described.isMissingNode();
    if (problem && status < 400) {
      return status + " is not described";
    }
    if (status >= 500 && problem) {
      return status + " for an input";
    }
    JsonNode content =
        problem ? resolved(responses.path("default")).path("content") : described.path("content");
    String type = reply.header("Content-Type").split(";", 2)[0];
    if (content.isMissingNode() || content.isEmpty()) {
      return type.isEmpty() ? "" : status + " with an undescribed " + type;
    }
    for (String known : content.propertyNames()) {
      if (known.equals(type) || known.equals("*/*")) {
        return type.matches("application/(problem\\+)?json") && !known.equals("*/*")
            ? misfit(content.path(known).path("schema"), reply)
            : "";
      }
    }
    return status + " with " + type + " in place of " + content.propertyNames();
  }

  private String misfit(JsonNode schema, Visitor.Reply reply) {
    List<String> faults = new JsonSchemas(description).faults(schema, reply.json());
    return faults.isEmpty() ? "" : reply.status() + " not as described, " + faults;
  }

  private JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asString("");
    return reference.isEmpty() ? node : description.at(reference.substring(1));
  }

  private String json(JsonNode schema) {
    if (goodTexts == 0 && random.nextInt(6) == 0) {
      return wild();
    }
    return value(schema, "", 0).toString();
  }

  private JsonNode value(JsonNode given, String name, int depth) {
    JsonNode schema = resolved(given);
    JsonNodeFactory make = JsonNodeFactory.instance;
    if (depth > 6 || (goodTexts == 0 && random.nextInt(15) == 0)) {
      return any();
    }
    for (String choice : List.of("oneOf", "anyOf", "allOf")) {
      if (schema.has(choice)) {
        JsonNode all = schema.path(choice);
        return value(all.get(random.nextInt(all.size())), name, depth + 1);
      }
    }
    if (schema.has("const")) {
      return schema.path("const");
    }
    if (schema.has("enum")) {
      return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
    }
    String type =
        schema.path("type").isArray()
            ? schema.path("type").get(0).asString("")
            : schema.path("type").asString("");
    switch (type) {
      case "object" -> {
        ObjectNode object = make.objectNode();
        for (var property : schema.path("properties").properties()) {
          if (goodTexts > 0 || random.nextInt(4) > 0) {
            object.set(property.getKey(), value(property.getValue(), property.getKey(), depth + 1));
          }
        }
        if (schema.path("properties").isMissingNode()) {
          object.put(wild(), wild());
        }
        return object;
      }
      case "array" -> {
        ArrayNode array = make.arrayNode();
        int size = random.nextInt(4) == 0 ? 30 : random.nextInt(3);
        for (int i = 0; i < size; i++) {
          array.add(
              value(schema.path("items"), name.equals("resources") ? "resource" : name, depth + 1));
        }
        return array;
      }
      case "boolean" -> {
        return make.booleanNode(random.nextBoolean());
      }
      case "integer", "number" -> {
        return make.numberNode(random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(50));
      }
      default -> {
        return make.stringNode(pick(name, this::wild));
      }
    }
  }

  private String pick(String name, Supplier<String> other) {
    List<String> values = known.getOrDefault(name, List.of());
    boolean bad = goodTexts == 0 ? random.nextInt(4) == 0 : --goodTexts == 0;
    return values.isEmpty() || bad ? other.get() : values.get(random.nextInt(values.size()));
  }

  private JsonNode any() {
    JsonNodeFactory make = JsonNodeFactory.instance;
    return switch (random.nextInt(6)) {
      case 0 -> make.nullNode();
      case 1 -> make.stringNode(wild());
      case 2 -> make.numberNode(random.nextDouble());
      case 3 -> make.arrayNode().add(wild());
      case 4 -> make.objectNode().put("x", wild());
      default -> make.booleanNode(true);
    };
  }

  /** Texts that somebody may send by mistake or on purpose. */
  private String wild() {
    return switch (random.nextInt(12)) {
      case 0 -> "";
      case 1 -> "a\0b";
      case 2 -> "x".repeat(101);
      case 3 -> "y".repeat(300);
      case 4 -> "z".repeat(5_000);
      case 5 -> "..";
      case 6 -> "é\u202e\ud83d\ude00";
      case 7 -> "' or 1=1 --";
      case 8 -> "-1";
      case 9 -> "99999999999999999999";
      case 10 -> "\ud800";
      default -> "word" + random.nextInt(1000);
    };
  }

  private static String text(JsonNode value) {
    JsonNode one = value.isArray() && !value.isEmpty() ? value.get(0) : value;
    return one.isString() ? one.stringValue() : one.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String shortened(String text) {
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }
}
