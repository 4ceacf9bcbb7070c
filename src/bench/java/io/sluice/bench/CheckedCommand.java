package io.sluice.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A command of Sluice whose JSON shows whether it did its work.
 *
 * @param rows how many records it looks at
 * @param right whether what it printed is right
 */
record CheckedCommand(
    String name,
    Workshop workshop,
    List<String> command,
    Map<String, String> variables,
    long rows,
    Predicate<JsonNode> right)
    implements Contender {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Override
  public Sample run() throws IOException, InterruptedException {
    try {
      Child.Finished run =
          Child.run(
              workshop.directory(), "checked", command, variables, workshop.settings().limit());
      if (run.exit() != 0) {
        throw new FailedRun(name, run.failure());
      }
      JsonNode printed = JSON.readTree(run.said());
      if (!right.test(printed)) {
        throw new FailedRun(name, "it printed " + run.said().strip());
      }
      return Sample.of(run, rows, 0, printed.path("requests").asLong(0));
    } finally {
      Workshop.remove(workshop.results());
    }
  }
}
