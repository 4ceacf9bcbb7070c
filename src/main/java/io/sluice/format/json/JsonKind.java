package io.sluice.format.json;

import io.sluice.catalog.Field;
import io.sluice.catalog.Resource;
import io.sluice.format.OptionNames;
import io.sluice.format.text.Excerpt;
import io.sluice.format.text.Head;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Recognises JSON whose objects are no rows: the API's own answers, threat intelligence (STIX 2,
 * MISP), wrapped or laid out over several lines. The remedies are commands of jq.
 */
public final class JsonKind {
  private static final Pattern STIX_ID =
      Pattern.compile("[a-z][a-z0-9-]*--[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Set<String> ENVELOPE =
      Set.of("success", "errors", "messages", "result", "result_info");

  /** The single values of STIX's indicator patterns, such as [domain-name:value = 'a.example']. */
  private static final String STIX_VALUES =
      "select(.type == \"indicator\" and .revoked != true) | .pattern"
          + " | scan(\"(?:domain-name|email-addr|ipv4-addr|ipv6-addr):value *= *"
          + "\\u0027([^\\u0027]+)\\u0027\")[]";

  private JsonKind() {}

  /** What the JSON is and what to do, if its values are no rows; null otherwise. */
  public static @Nullable String refusal(Resource resource, Head head, OptionNames names) {
    String text = head.text().stripLeading();
    if (!text.startsWith("{") && !text.startsWith("[")) {
      return null;
    }
    JsonShape shape = JsonShape.of(head.text());
    String each = shape.inArray() ? ".[]" : "";
    if (shape.token() != JsonToken.START_OBJECT) {
      return shape.inArray() ? array(shape.token(), names) : null;
    } else if (isEnvelope(shape)) {
      return envelope(shape, each);
    } else if (isStix(shape)) {
      String objects = shape.names().contains("objects") ? each + ".objects[]" : each;
      return "this is STIX, whose indicators are no rows; take the values out of them: "
          + toList((objects.isEmpty() ? "." : objects) + " | " + STIX_VALUES, names)
          + " (values of one kind joined by OR come out as well, files and URLs do not)";
    } else if (isMisp(shape)) {
      return "this is a MISP event, whose attributes are values of many kinds; take those that you"
          + " want: "
          + toList(
              ".. | objects | select(has(\"to_ids\") and (.type == (\"domain\",\"email-src\","
                  + "\"ip-src\",\"ip-dst\"))) | .value",
              names);
    }
    String inside = wrapped(resource, shape);
    if (inside != null) {
      return "the rows are inside the property '"
          + Excerpt.of(inside)
          + "' of one JSON object; take them out: "
          + toRows(each + ".[\"" + Excerpt.of(inside) + "\"][]");
    } else if (shape.spansLines() && !shape.inArray()) {
      return "this JSON is laid out over several lines, where one object a line is read; write it so: "
          + toRows(".");
    }
    return null;
  }

  private static @Nullable String array(@Nullable JsonToken first, OptionNames names) {
    if (first == JsonToken.VALUE_STRING) {
      return "this is a JSON array of texts, not of objects; make a plain list of it: "
          + toList(".[]", names);
    } else if (first == JsonToken.START_ARRAY) {
      return "this is a JSON array of arrays, not of objects; make CSV of it, with a header row:"
          + " jq -r '.[] | @csv' FILE > rows.csv";
    }
    return null;
  }

  private static boolean isEnvelope(JsonShape shape) {
    Set<String> names = shape.names();
    boolean answer = names.contains("success") && names.contains("errors");
    return answer || (names.contains("result") && ENVELOPE.containsAll(names));
  }

  private static String envelope(JsonShape shape, String each) {
    if (shape.scalar("success").equals("false")) {
      return "this is an answer of the API that reports an error, and holds no rows; see its"
          + " 'errors', and make the call again";
    }
    boolean list = shape.lists().contains("result") || !shape.names().contains("result");
    return "this is an answer of the API, and the rows are in its 'result'; take them out: "
        + toRows(each + ".result" + (list ? "[]" : " | if type == \"array\" then .[] else . end"));
  }

  private static boolean isStix(JsonShape shape) {
    String type = shape.scalar("type");
    boolean named = STIX_ID.matcher(shape.scalar("id")).matches();
    boolean objects = shape.names().contains("objects");
    return (type.equals("bundle") && (objects || named))
        || (objects && (named || shape.names().contains("more")))
        || (!type.isEmpty() && (named || shape.names().contains("spec_version")));
  }

  private static boolean isMisp(JsonShape shape) {
    Set<String> names = shape.names();
    return names.contains("Event")
        || (names.contains("Attribute") && !names.contains("pattern"))
        || (names.contains("response") && names.size() == 1);
  }

  /** The one property that holds a list of objects, where nothing beside it is a known field. */
  private static @Nullable String wrapped(Resource resource, JsonShape shape) {
    if (!shape.alone() || shape.lists().size() != 1) {
      return null;
    }
    List<String> known = resource.fields().stream().map(Field::path).toList();
    boolean row = shape.names().stream().anyMatch(known::contains);
    return row ? null : shape.lists().iterator().next();
  }

  private static String toRows(String filter) {
    return "jq -c '" + filter + "' FILE > rows.jsonl";
  }

  private static String toList(String filter, OptionNames names) {
    return "jq -r '"
        + filter
        + "' FILE > list.txt, and read that with "
        + names.with("format", "list");
  }
}
