package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.cli.option.OutputOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** A console whose words can be read. */
public final class Captured {
  public final OutputOptions options = new OutputOptions();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  public Console console() {
    return Console.to(
        new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), options);
  }

  public List<String> out() {
    return out.toString(UTF_8).lines().toList();
  }

  public List<String> err() {
    return err.toString(UTF_8).lines().toList();
  }
}
