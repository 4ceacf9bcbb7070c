package io.sluice.server.preview;

import io.sluice.catalog.CommentTag;
import io.sluice.catalog.Resource;
import io.sluice.catalog.pattern.EscapedText;
import io.sluice.format.RowSource;
import io.sluice.format.csv.CsvOutline;
import io.sluice.format.csv.TitleLine;
import io.sluice.server.api.ResourceRoutes;
import io.sluice.server.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The columns of a file: those of its header, or what its first rows have in common. */
final class PreviewColumns {
  private static final int EXAMPLES = 3;
  private static final int MOST = 200;

  private final Resource resource;
  private final Map<String, List<String>> seen = new LinkedHashMap<>();

  PreviewColumns(Resource resource) {
    this.resource = resource;
  }

  /** Looks at a row of a file without a header. */
  void add(RowSource source) {
    if (source instanceof RowSource.Line line) {
      JsonNode json = tree(line.text());
      if (json.isObject()) {
        json.properties().forEach(entry -> see(entry.getKey(), entry.getValue()));
      } else {
        seen(resource.keyText()).add(EscapedText.brief(line.text()));
      }
    }
  }

  private void see(String name, JsonNode value) {
    List<String> examples = seen(name);
    if (!value.isNull()) {
      examples.add(EscapedText.brief(value.asString(value.toString())));
    }
  }

  private List<String> seen(String name) {
    List<String> known = seen.get(name);
    if (known != null || seen.size() >= MOST) {
      return known == null ? new ArrayList<>() : known;
    }
    List<String> examples = new ArrayList<>();
    seen.put(name, examples);
    return examples;
  }

  private static JsonNode tree(String text) {
    try {
      return Json.tree(text);
    } catch (JacksonException plain) {
      return MissingNode.getInstance();
    }
  }

  private static ObjectNode title(TitleLine title) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("line", title.line()).put("text", EscapedText.brief(title.text()));
    json.put("header_line", title.header());
    title.names().forEach(json.putArray("names")::add);
    return json;
  }

  /** Adds the columns, and the fields that they may mean. */
  void describe(ObjectNode json, Optional<CsvOutline> outline) {
    json.put("delimiter", outline.map(csv -> String.valueOf(csv.delimiter())).orElse(null));
    json.put("header", outline.map(CsvOutline::header).orElse(false));
    json.put("header_looks_like_data", outline.map(CsvOutline::data).orElse(false));
    json.put("header_line", outline.filter(CsvOutline::header).map(CsvOutline::line).orElse(null));
    json.set("title", outline.map(CsvOutline::title).map(PreviewColumns::title).orElse(null));
    ArrayNode columns = json.putArray("columns");
    if (outline.isPresent()) {
      for (CsvOutline.Column column : outline.get().columns()) {
        ObjectNode one = columns.addObject().put("name", column.name());
        one.put("key", column.key()).put("number", columns.size());
        one.put("field", column.field()).put("left_out", column.leftOut());
        one.put("proposed", column.proposed());
        column.examples().forEach(one.putArray("examples")::add);
      }
    } else {
      seen.forEach(
          (name, examples) -> {
            ObjectNode one = columns.addObject().put("name", name);
            one.put("key", name).put("number", columns.size());
            one.put("field", isField(name) ? name : null);
            one.put("left_out", false).putNull("proposed");
            examples.stream().distinct().limit(EXAMPLES).forEach(one.putArray("examples")::add);
          });
    }
    ArrayNode fields = json.putArray("fields");
    resource.fields().forEach(field -> fields.add(ResourceRoutes.field(field)));
    CommentTag.expires(resource).ifPresent(end -> fields.add(ResourceRoutes.field(end)));
  }

  private boolean isField(String name) {
    return resource.field(name).isPresent()
        || CommentTag.expires(resource).filter(end -> end.path().equals(name)).isPresent();
  }
}
