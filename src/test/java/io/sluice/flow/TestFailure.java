package io.sluice.flow;

import io.sluice.flow.retry.CallFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A failed call of the tests. */
final class TestFailure extends RuntimeException implements CallFailure {
  private static final long serialVersionUID = 1;

  private final Kind kind;
  private final transient @Nullable Duration retryAfter;

  TestFailure(Kind kind) {
    this(kind, null);
  }

  TestFailure(Kind kind, @Nullable Duration retryAfter) {
    super("test: " + kind);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
