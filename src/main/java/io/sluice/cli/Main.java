package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.cli.run.Interrupts;
import io.sluice.cli.text.StandardOutput;
import io.sluice.config.ProcessText;
import io.sluice.config.UsageException;
import io.sluice.report.ExitCode;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Starts Sluice from the command line. */
public final class Main {
  /** What is given to read about commands, which needs no directory. */
  private static final Set<String> ABOUT =
      Set.of("help", "resources", "--help", "-h", "--version", "-V");

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
      System.out.println("sluice " + Version.current());
      if (System.out.checkError()) {
        System.err.println("sluice: standard output could not be written to the end");
        System.exit(ExitCode.UNEXPECTED.number());
      }
      return;
    }
    prepare();
    int exit = run(args);
    Interrupts.allIsSaid();
    System.exit(exit);
  }

  private static int run(String... args) {
    List<String> given = Arrays.asList(args);
    try {
      ProcessText text = ProcessText.ofProcess();
      text.requireArguments(given);
      if (!given.isEmpty() && Collections.disjoint(given, ABOUT)) {
        text.requireDirectory("the working directory", System.getProperty("user.dir", ""));
      }
    } catch (UsageException undecoded) {
      return CommandLines.failed(given, undecoded);
    }
    return CommandLines.run(args);
  }

  /** What has to be set before anything is printed, and before classes load that read it. */
  static void prepare() {
    System.setOut(StandardOutput.ofProcess());
    System.setErr(utf8(FileDescriptor.err));
    // Netty: no flight recorder events, no look-up of native transports, and no looking for buffers
    // that were never released, which is for its developers and takes a stack trace of every 128th.
    System.setProperty("io.netty.jfr.enabled", "false");
    System.setProperty("io.netty.transport.noNative", "true");
    if (System.getProperty("io.netty.leakDetection.level") == null) {
      System.setProperty("io.netty.leakDetection.level", "disabled");
    }
    // SLF4J: no look-up of Logback, and no word about that.
    System.setProperty("slf4j.provider", "io.sluice.cli.log.LogProvider");
    System.setProperty("slf4j.internal.verbosity", "WARN");
  }

  /** The JVM's own streams write as the locale says. */
  private static PrintStream utf8(FileDescriptor stream) {
    return new PrintStream(new BufferedOutputStream(new FileOutputStream(stream)), true, UTF_8);
  }
}
