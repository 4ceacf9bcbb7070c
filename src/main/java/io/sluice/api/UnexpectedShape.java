package io.sluice.api;

/** An answer that is JSON but not what this call is answered with. */
final class UnexpectedShape extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnexpectedShape(String message) {
    super(message);
  }
}
