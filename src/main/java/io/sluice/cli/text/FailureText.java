package io.sluice.cli.text;

import io.sluice.cli.Console;
import io.sluice.pipeline.Failure;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.node.ObjectNode;

/** Puts a failure into words for people, and into JSON for scripts. */
public final class FailureText {
  private FailureText() {}

  /** What messages of failures begin with. */
  public static String name(Ansi ansi) {
    return Console.styled(ansi, "fg(red)", "sluice: ");
  }

  public static String plain(Failure failure, Ansi ansi) {
    StringBuilder text = new StringBuilder();
    text.append(name(ansi)).append(Printable.safe(failure.message())).append('\n');
    if (failure.hint() != null) {
      text.append("  ").append(Printable.safe(failure.hint())).append('\n');
    }
    if (failure.ray() != null) {
      text.append("  cf-ray: ").append(Printable.safe(failure.ray())).append('\n');
    }
    return text.toString();
  }

  public static String json(Failure failure) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("exit", failure.exit().number());
    root.set("error", failure.json());
    return Json.MAPPER.writeValueAsString(root);
  }
}
