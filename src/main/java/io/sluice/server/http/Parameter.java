package io.sluice.server.http;

import io.sluice.api.ApiAccount;
import io.sluice.catalog.pattern.EscapedText;
import io.sluice.report.RunId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A parameter of the query that a route takes.
 *
 * @param repeatable whether it may be given more than once
 * @param required whether it must be given
 */
public record Parameter(String name, ParameterType type, boolean repeatable, boolean required) {

  public static Parameter text(String name) {
    return of(name, new ParameterType.Text());
  }

  public static Parameter flag(String name) {
    return of(name, new ParameterType.Flag());
  }

  public static Parameter whole(String name, long least, long most) {
    return of(name, new ParameterType.Whole(least, most));
  }

  public static Parameter choice(String name, List<String> words) {
    return of(name, new ParameterType.Choice(words));
  }

  /** One of the constants of an enumeration, in lower case. */
  public static Parameter choice(String name, Class<? extends Enum<?>> type) {
    return choice(
        name,
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList());
  }

  /** A text for which a rule throws an {@link IllegalArgumentException} where it cannot be used. */
  public static Parameter ruled(String name, Consumer<String> rule) {
    return of(name, new ParameterType.Ruled(rule));
  }

  /** The id of an upload or a job that an earlier page named as the next. */
  public static Parameter before() {
    return ruled(
        "before",
        id -> {
          if (!RunId.isOne(id)) {
            throw new IllegalArgumentException(
                "it is an id, which an earlier page named as next, not '"
                    + EscapedText.brief(id)
                    + "'");
          }
        });
  }

  /** The id of an account. */
  public static Parameter account() {
    return ruled(
        "account",
        id -> {
          if (!ApiAccount.isId(id)) {
            throw new IllegalArgumentException(ApiAccount.IDS);
          }
        });
  }

  private static Parameter of(String name, ParameterType type) {
    return new Parameter(name, type, false, false);
  }

  /** The same, but it cannot be left out. */
  public Parameter needed() {
    return new Parameter(name, type, repeatable, true);
  }

  /** The same, but it may be given more than once. */
  public Parameter repeated() {
    return new Parameter(name, type, true, required);
  }
}
