package io.sluice.bench;

/** Does nothing: what a bare JVM takes to start and end. */
public final class EmptyMain {
  private EmptyMain() {}

  /** Returns. */
  public static void main(String[] args) {}
}
