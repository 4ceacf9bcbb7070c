package io.sluice.server;

import io.sluice.catalog.NearestName;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** A property of a body that does not exist, and the nearest that does. */
final class UnknownProperty {
  /** Names that options have elsewhere: on the command line and in a query. */
  private static final Map<String, List<String>> ELSEWHERE =
      Map.of("mapping", List.of("map"), "fixed", List.of("set"));

  private UnknownProperty() {}

  /**
   * The problem, with the nearest property beside it, or of the whole body where that is nearer.
   *
   * @param place where the unknown one stands, its own name included
   * @param root what the body is
   */
  static Problem of(UnrecognizedPropertyException unknown, String place, Class<?> root) {
    String name = unknown.getPropertyName();
    int dot = place.lastIndexOf('.');
    Map<String, String> beside = new LinkedHashMap<>();
    collect(unknown.getReferringClass(), dot < 0 ? "" : place.substring(0, dot + 1), beside);
    Map<String, String> all = new LinkedHashMap<>(beside);
    collect(root, "", all);
    String what = "unknown property '" + Shown.brief(place) + "'";
    if (all.isEmpty()) {
      return Problem.of(400, "unknown_property", what);
    }
    String nearest = all.get(NearestName.of(name, all.keySet()));
    return Problem.of(400, "unknown_property", what + "; the nearest is '" + nearest + "'");
  }

  /** The full names of all properties of a type, by their own names; the first of a name stays. */
  private static void collect(Class<?> type, String path, Map<String, String> names) {
    if (type.isSealed()) {
      for (Class<?> one : type.getPermittedSubclasses()) {
        collect(one, path, names);
      }
    } else if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        String own = Required.snake(component.getName());
        names.putIfAbsent(own, path + own);
        for (String elsewhere : ELSEWHERE.getOrDefault(own, List.of())) {
          names.putIfAbsent(elsewhere, path + own);
        }
      }
      for (RecordComponent component : type.getRecordComponents()) {
        collect(component.getType(), path + Required.snake(component.getName()) + ".", names);
      }
    }
  }
}
