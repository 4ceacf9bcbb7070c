package io.sluice.server.api;

import io.sluice.catalog.Ability;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Trait;
import io.sluice.server.http.Access;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Handler;
import io.sluice.server.http.Route;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The kinds of records. */
public final class ResourceRoutes {

  public List<Route> routes() {
    return List.of(Route.get("/v1/resources", Access.VIEWER, Handler.blocking(exchange -> list())));
  }

  private static Answer list() {
    return ItemPage.whole(Catalog.resources().stream().map(ResourceRoutes::json));
  }

  private static ObjectNode json(Resource resource) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", resource.name());
    json.put("slug", resource.slug());
    json.put("title", title(resource));
    json.put("description", resource.about());
    resource.key().forEach(json.putArray("key")::add);
    ArrayNode can = json.putArray("can").add("list");
    for (Ability ability : List.of(Ability.CREATE, Ability.EDIT, Ability.DELETE, Ability.BATCH)) {
      if (resource.can(ability)) {
        can.add(ability.name().toLowerCase(Locale.ROOT));
      }
    }
    json.put("by_package", resource.byPackage());
    ArrayNode fields = json.putArray("fields");
    resource.fields().forEach(field -> fields.add(field(field)));
    return json;
  }

  /** A field as people and forms need to know it. */
  public static ObjectNode field(Field field) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", field.path());
    json.put("type", field.type().describe());
    json.put("required", field.is(Trait.REQUIRED));
    json.put("writable", field.writable());
    json.put("nullable", field.nullable());
    json.put("deprecated", field.is(Trait.DEPRECATED));
    FieldType one = field.type() instanceof FieldType.Many many ? many.of() : field.type();
    if (one instanceof FieldType.Choice choice) {
      choice.values().forEach(json.putArray("choices")::add);
    } else if (one instanceof FieldType.Text text && text.max() < Integer.MAX_VALUE) {
      json.put("max_length", text.max());
    }
    if (field.successor() != null) {
      json.put("description", "now " + field.successor());
    }
    field.aliases().forEach(json.putArray("aliases")::add);
    return json;
  }

  private static String title(Resource resource) {
    String words = resource.name().replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
