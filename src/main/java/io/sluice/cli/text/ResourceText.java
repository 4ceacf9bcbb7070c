package io.sluice.cli.text;

import io.sluice.catalog.Ability;
import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.catalog.Filter;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Trait;
import io.sluice.cli.Console;
import java.util.Locale;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Describes a kind of records, for people and in JSON. */
public final class ResourceText {
  private ResourceText() {}

  /** Prints it. */
  public static void print(Console console, Resource resource) {
    console.say(console.style("bold", resource.slug()) + "  " + resource.about());
    console.say("  key      " + String.join(" + ", resource.key()));
    console.say("  can      list, get" + abilities(resource).map(a -> ", " + a).collect(joined()));
    console.say("  filters  " + either(filters(resource), "none"));
    console.say("  order    " + either(String.join(", ", resource.orders()), "the API's own"));
    if (resource.byPackage()) {
      console.say("  package  not every account has it");
    }
    for (Field field : resource.fields()) {
      console.say(
          String.format(Locale.ROOT, "    %-48s %-13s %s", field.path(), use(field), more(field))
              .stripTrailing());
    }
    console.say("");
  }

  private static String either(String text, String ifEmpty) {
    return text.isEmpty() ? ifEmpty : text;
  }

  private static String use(Field field) {
    if (field.is(Trait.DEPRECATED)) {
      return "deprecated";
    } else if (!field.writable()) {
      return "read only";
    }
    return field.is(Trait.REQUIRED) ? "required" : "optional";
  }

  private static String more(Field field) {
    StringBuilder more = new StringBuilder(field.type().describe());
    if (field.nullable()) {
      more.append(", or null");
    }
    if (field.successor() != null) {
      more.append("; now ").append(field.successor());
    }
    if (!field.aliases().isEmpty()) {
      more.append("; in CSV also ").append(String.join(", ", field.aliases()));
    }
    return more.toString();
  }

  private static String filters(Resource resource) {
    return resource.filters().stream()
        .map(
            filter -> {
              boolean text = filter.type() instanceof FieldType.Text;
              String values = text ? "" : " " + filter.type().describe();
              return filter.name() + values + (filter.repeatable() ? " (repeatable)" : "");
            })
        .collect(Collectors.joining(", "));
  }

  private static Stream<String> abilities(Resource resource) {
    return Stream.of(Ability.values()).filter(resource::can).map(ResourceText::lower);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining();
  }

  /** It as JSON. */
  public static ObjectNode json(Resource resource) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("resource", resource.slug());
    node.put("path", resource.name());
    node.put("about", resource.about());
    resource.key().forEach(node.putArray("key")::add);
    abilities(resource).forEach(node.putArray("can")::add);
    resource.orders().forEach(node.putArray("orders")::add);
    node.put("by_package", resource.byPackage());
    ArrayNode filters = node.putArray("filters");
    for (Filter filter : resource.filters()) {
      filters
          .addObject()
          .put("name", filter.name())
          .put("type", filter.type().describe())
          .put("repeatable", filter.repeatable());
    }
    ArrayNode fields = node.putArray("fields");
    for (Field field : resource.fields()) {
      ObjectNode one = fields.addObject();
      one.put("name", field.path());
      one.put("type", field.type().describe());
      one.put("required", field.is(Trait.REQUIRED));
      one.put("writable", field.writable());
      one.put("nullable", field.nullable());
      one.put("deprecated", field.is(Trait.DEPRECATED));
      one.put("successor", field.successor());
      field.aliases().forEach(one.putArray("aliases")::add);
    }
    return node;
  }
}
