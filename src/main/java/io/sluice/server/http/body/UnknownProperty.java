package io.sluice.server.http.body;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.sluice.catalog.NearestName;
import io.sluice.catalog.pattern.EscapedText;
import io.sluice.server.http.Problem;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** A property of a body that does not exist, and the nearest that does. */
final class UnknownProperty {
  /** Names that options have elsewhere: on the command line and in a query. */
  private static final Map<String, List<String>> ELSEWHERE =
      Map.of("mapping", List.of("map"), "fixed", List.of("set"));

  private UnknownProperty() {}

  /**
   * The problem: with the kinds that have such a property, if others do; else with the nearest
   * property beside it, or of the whole body where that is nearer.
   *
   * @param place where the unknown one stands, its own name included
   * @param root what the body is
   */
  static Problem of(UnrecognizedPropertyException unknown, String place, Class<?> root) {
    String name = unknown.getPropertyName();
    String what = "unknown property '" + EscapedText.brief(place) + "'";
    Class<?> referring = unknown.getReferringClass();
    List<String> kinds = kindsWith(name, referring);
    if (!kinds.isEmpty()) {
      String detail = what + ": it belongs to the kinds " + String.join(", ", kinds);
      return Problem.of(400, "unknown_property", detail, "here there are " + names(referring));
    }
    int dot = place.lastIndexOf('.');
    Map<String, String> all = new LinkedHashMap<>();
    List<Class<?>> met = met(unknown);
    collect(referring, dot < 0 ? "" : place.substring(0, dot + 1), all, met);
    collect(root, "", all, met);
    if (all.isEmpty()) {
      return Problem.of(400, "unknown_property", what);
    }
    String nearest = all.get(NearestName.of(name, all.keySet()));
    return Problem.of(400, "unknown_property", what + "; the nearest is '" + nearest + "'");
  }

  /** The labels of the referring type's siblings that have a property of that name. */
  private static List<String> kindsWith(String name, Class<?> referring) {
    return Arrays.stream(referring.getInterfaces())
        .map(one -> one.getAnnotation(JsonSubTypes.class))
        .filter(subtypes -> subtypes != null)
        .flatMap(subtypes -> Arrays.stream(subtypes.value()))
        .filter(type -> own(type.value()).anyMatch(name::equals))
        .map(JsonSubTypes.Type::name)
        .toList();
  }

  private static Stream<String> own(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(component -> Required.snake(component.getName()));
  }

  private static String names(Class<?> type) {
    return own(type).collect(Collectors.joining(", "));
  }

  /** The types of what stands around the property, its own included. */
  private static List<Class<?>> met(JacksonException unknown) {
    return unknown.getPath().stream()
        .map(JacksonException.Reference::from)
        .<Class<?>>map(from -> from instanceof Class<?> type ? type : from.getClass())
        .toList();
  }

  /**
   * The full names of all properties of a type, by their own names; the first of a name stays. Of
   * several kinds only the one that the body is.
   */
  private static void collect(
      Class<?> type, String path, Map<String, String> names, List<Class<?>> met) {
    if (type.isSealed()) {
      List<Class<?>> kinds = List.of(type.getPermittedSubclasses());
      List<Class<?>> known = kinds.stream().filter(met::contains).toList();
      for (Class<?> one : known.isEmpty() ? kinds : known) {
        collect(one, path, names, met);
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
        String below = path + Required.snake(component.getName()) + ".";
        collect(component.getType(), below, names, met);
      }
    }
  }
}
