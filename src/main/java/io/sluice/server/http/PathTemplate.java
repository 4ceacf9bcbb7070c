package io.sluice.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The form of a path, such as {@code /v1/jobs/{id}/files/{name…}}: a name in braces stands for one
 * segment, one that ends in dots for all that follow. Clients that are generated from the
 * description send the slashes of the latter as {@code %2F}.
 */
public record PathTemplate(String text) {
  private static final String REST = "…}";

  /** What the names stand for in a path of this form; empty if it is of another. */
  Optional<Map<String, String>> match(List<String> segments) {
    List<String> parts = List.of(text.substring(1).split("/", -1));
    boolean open = text.endsWith(REST);
    if (open ? segments.size() < parts.size() : segments.size() != parts.size()) {
      return Optional.empty();
    }
    Map<String, String> found = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      String segment = segments.get(i);
      if (part.endsWith(REST)) {
        String rest = String.join("/", segments.subList(i, segments.size()));
        found.put(part.substring(1, part.length() - REST.length()), rest);
      } else if (part.startsWith("{")) {
        if (segment.isEmpty() || segment.indexOf('/') >= 0) {
          return Optional.empty();
        }
        found.put(part.substring(1, part.length() - 1), segment);
      } else if (!part.equals(segment)) {
        return Optional.empty();
      }
    }
    return Optional.of(found);
  }

  /**
   * The segments of a path as it was sent, each decoded.
   *
   * @throws ProblemException if a segment is of the kind that climbs, or cannot be decoded
   */
  static List<String> segments(String path) {
    if (!path.startsWith("/")) {
      throw Problem.of(400, "bad_path", "a path begins with a slash").exception();
    }
    List<String> segments = new ArrayList<>();
    for (String segment : path.substring(1).split("/", -1)) {
      segments.add(PercentCode.decoded(segment));
    }
    return segments;
  }
}
