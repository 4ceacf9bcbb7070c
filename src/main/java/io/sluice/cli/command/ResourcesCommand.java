package io.sluice.cli.command;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.text.Json;
import io.sluice.cli.text.ResourceText;
import io.sluice.config.Environment;
import io.sluice.config.UsageException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Prints the catalogue. */
@Command(
    name = "resources",
    abbreviateSynopsis = true,
    sortOptions = false,
    description =
        "Lists the resources: their fields, types, keys and filters, and which "
            + "operations each allows.",
    footer = {"", "Example:", "  sluice resources block-senders"})
public final class ResourcesCommand implements Callable<Integer> {
  @ArgGroup(validate = false, heading = "%nOutput:%n", order = 99)
  private OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "R", arity = "0..1", description = "One resource; default all.")
  private @Nullable String name;

  @Override
  public Integer call() {
    Console console = Console.of(output, Environment.ofProcess());
    List<Resource> resources = name == null ? Catalog.resources() : List.of(named(name));
    if (console.json()) {
      ArrayNode all = Json.MAPPER.createArrayNode();
      resources.forEach(resource -> all.add(ResourceText.json(resource)));
      ObjectNode root = Json.MAPPER.createObjectNode();
      root.put("command", "resources");
      root.put("exit", 0);
      root.set("resources", all);
      console.result(root);
    } else {
      resources.forEach(resource -> ResourceText.print(console, resource));
    }
    return 0;
  }

  private static Resource named(String name) {
    return UsageException.checked("", () -> Catalog.get(name));
  }
}
