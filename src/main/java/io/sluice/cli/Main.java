package io.sluice.cli;

/** Starts Sluice from the command line. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
      System.out.println("sluice " + Version.current());
      return;
    }
    prepare();
    System.exit(CommandLines.run(args));
  }

  /** What has to be set before classes load that read it. */
  static void prepare() {
    // Netty: no flight recorder events, no look-up of native transports.
    System.setProperty("io.netty.jfr.enabled", "false");
    System.setProperty("io.netty.transport.noNative", "true");
    // SLF4J: no look-up of Logback, and no word about that.
    System.setProperty("slf4j.provider", "io.sluice.cli.LogProvider");
    System.setProperty("slf4j.internal.verbosity", "WARN");
  }
}
