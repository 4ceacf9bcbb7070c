package io.sluice.server.preview;

import io.sluice.format.InputFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The faults of rows, by cause. Remembers so many causes and examples that people can read them,
 * however long the file is. Thread-safe.
 */
final class PreviewCauses {
  private static final int REMEMBERED = 1000;
  private static final int TOLD = 100;
  private static final int EXAMPLES = 20;

  private final Map<Cause, Cases> causes = new LinkedHashMap<>();

  private record Cause(String column, String reason) {}

  private static final class Cases {
    private final List<InputFault> examples = new ArrayList<>();
    private long count;

    long count() {
      return count;
    }
  }

  synchronized void add(InputFault fault) {
    Cause cause = new Cause(fault.column(), fault.cause());
    if (!causes.containsKey(cause) && causes.size() >= REMEMBERED) {
      return;
    }
    Cases cases = causes.computeIfAbsent(cause, first -> new Cases());
    cases.count++;
    if (cases.examples.size() < EXAMPLES) {
      cases.examples.add(fault);
    }
  }

  /** Adds the causes of most rows, the most frequent first. */
  synchronized void describe(ObjectNode json) {
    ArrayNode told = json.putArray("causes");
    causes.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.comparingLong(Cases::count).reversed()))
        .limit(TOLD)
        .forEach(entry -> describe(told.addObject(), entry.getKey(), entry.getValue()));
  }

  private static void describe(ObjectNode json, Cause cause, Cases cases) {
    json.put("column", cause.column());
    json.put("message", cause.reason());
    json.put("count", cases.count);
    json.putArray("examples");
    for (InputFault fault : cases.examples) {
      json.withArray("examples")
          .addObject()
          .put("line", fault.line())
          .put("column", fault.column())
          .put("value", fault.value())
          .put("message", fault.reason())
          .put("normalized", fault.remedy());
    }
  }
}
