package io.sluice.cli.run;

import java.io.File;

/** The words by which this program was started, as a shell reads them. */
public final class ProgramName {
  private ProgramName() {}

  /** The launcher, {@code java -jar} and the jar, or {@code sluice} if neither is known. */
  public static String text() {
    String launcher = System.getProperty("sluice.program");
    if (launcher != null) {
      return Rerun.quoted(launcher);
    }
    String classes = System.getProperty("java.class.path", "");
    boolean jar = classes.endsWith(".jar") && !classes.contains(File.pathSeparator);
    return jar ? "java -jar " + Rerun.quoted(classes) : "sluice";
  }
}
