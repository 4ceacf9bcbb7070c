package io.sluice.server.http;

import io.sluice.catalog.NearestName;
import io.sluice.catalog.pattern.EscapedText;
import io.sluice.server.http.body.StorableText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request, read against the parameters that its route declares: whatever else it
 * holds is an error, so that nothing that was asked for is passed over.
 */
public final class Query {
  private final List<Parameter> declared;
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private Query(List<Parameter> declared) {
    this.declared = declared;
  }

  /**
   * Reads what stands behind the question mark, as forms encode it (a plus is a blank).
   *
   * @throws ProblemException naming the parameter that is unknown, repeated, empty, of another
   *     type, or missing
   */
  public static Query read(String encoded, List<Parameter> declared) {
    Query query = new Query(declared);
    for (String part : encoded.split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        query.add(PercentCode.parameter(name), PercentCode.parameter(value));
      }
    }
    for (Parameter parameter : declared) {
      if (parameter.required() && !query.values.containsKey(parameter.name())) {
        throw Problem.of(
                400, "missing_parameter", "the parameter '" + parameter.name() + "' is missing")
            .exception();
      }
    }
    return query;
  }

  private void add(String name, String value) {
    Parameter parameter = find(name);
    if (parameter == null) {
      throw unknown(name);
    }
    List<String> given = values.computeIfAbsent(name, first -> new ArrayList<>());
    if (!given.isEmpty() && !parameter.repeatable()) {
      throw bad("the parameter '" + name + "' is given twice; it takes one value");
    }
    if (value.isEmpty()) {
      throw bad("the parameter '" + name + "' has no value; leave it out, or give it one");
    }
    StorableText.require(value, "bad_parameter", "the parameter '" + name + "'");
    try {
      given.add(parameter.type().read(value));
    } catch (IllegalArgumentException unusable) {
      throw bad("the parameter '" + name + "': " + unusable.getMessage());
    }
  }

  private @Nullable Parameter find(String name) {
    for (Parameter parameter : declared) {
      if (parameter.name().equals(name)) {
        return parameter;
      }
    }
    return null;
  }

  private ProblemException unknown(String name) {
    String what = "unknown parameter '" + EscapedText.brief(name) + "'";
    if (declared.isEmpty()) {
      return Problem.of(400, "unknown_parameter", what + "; this address takes none").exception();
    }
    List<String> names = declared.stream().map(Parameter::name).toList();
    return Problem.of(
            400,
            "unknown_parameter",
            what + "; the nearest is '" + NearestName.of(name, names) + "'",
            "this address takes " + String.join(", ", names))
        .exception();
  }

  private static ProblemException bad(String detail) {
    return Problem.of(400, "bad_parameter", detail).exception();
  }

  /** The value of a parameter; null if it is not given. */
  @Nullable String value(String name) {
    List<String> given = all(name);
    return given.isEmpty() ? null : given.get(0);
  }

  /** All values of a parameter, in the order in which they were given. */
  public List<String> all(String name) {
    if (find(name) == null) {
      throw new IllegalArgumentException("the route does not declare the parameter " + name);
    }
    return values.getOrDefault(name, List.of());
  }
}
