package io.sluice.cli.option;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;

/**
 * The value of an option or an argument, which is there once the command line has been parsed.
 *
 * @param <T> the type that its text is converted to
 */
public class Value<T> {
  private @Nullable T given;
  private @Nullable T fallback;

  Value() {}

  /** The value if the command line has none. */
  public final Value<T> or(T value) {
    fallback = value;
    return this;
  }

  /** True if the command line has it. */
  public final boolean isGiven() {
    return given != null;
  }

  /** The value of what has to be given, or has another value if it is not. */
  public final T get() {
    return Objects.requireNonNull(orNull());
  }

  /** The value; null if there is none. */
  public final @Nullable T orNull() {
    return given == null ? fallback : given;
  }

  /** Sets the value as if it had been given. */
  public final void set(T value) {
    given = value;
  }

  /** The way by which picocli reads and sets the value. */
  final Binding<T> binding() {
    return new Binding<>(this);
  }

  record Binding<T>(Value<T> value) implements IGetter, ISetter {
    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // picocli's own signature
    public <S> @Nullable S get() {
      return (S) value.given;
    }

    @Override
    @SuppressWarnings("unchecked") // picocli has converted it to the type that was declared
    public <S> @Nullable S set(@Nullable S converted) {
      S before = (S) value.given;
      value.given = (T) converted;
      return before;
    }
  }
}
