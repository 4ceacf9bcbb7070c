package io.sluice.cli;

/** Which Sluice this is. */
public final class Version {
  private Version() {}

  /** The version of the jar; "dev" when run from classes. */
  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
