package io.sluice.cli.command;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.cli.Console;
import io.sluice.cli.option.Value;
import io.sluice.cli.text.Json;
import io.sluice.cli.text.ResourceText;
import io.sluice.config.Environment;
import io.sluice.config.UsageException;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Prints the catalogue. */
public final class ResourcesCommand extends Command {
  private final Value<String> name =
      optionalArgument("R", String.class, "One resource; default all.");

  /** Declares the command. */
  public ResourcesCommand() {
    super(
        "resources",
        "Lists the resources: their fields, types, keys and filters, and which "
            + "operations each allows.");
    examples("sluice resources block-senders");
  }

  @Override
  public Integer call() {
    Console console = Console.of(output, Environment.ofProcess());
    List<Resource> resources = name.isGiven() ? List.of(named(name.get())) : Catalog.resources();
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
