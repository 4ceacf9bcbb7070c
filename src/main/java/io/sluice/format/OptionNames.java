package io.sluice.format;

import io.sluice.format.text.Excerpt;
import io.sluice.format.text.ShellWord;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * The names of options for messages, as the command line or the API has them. What such a text
 * proposes can be copied as it is: into a shell, or into the query of a request.
 */
public enum OptionNames {
  /** Flags, such as {@code --max-deletes}. */
  COMMAND_LINE {
    @Override
    public String of(String option) {
      return "--" + option;
    }

    @Override
    public String with(String option, String value) {
      return of(option) + " " + ShellWord.of(value);
    }

    @Override
    public String switched(String option, boolean on) {
      return of((on ? "" : "no-") + option);
    }

    @Override
    public String without(String option) {
      return switched(option, false);
    }

    @Override
    public String resource(String slug) {
      return "-r " + slug;
    }

    @Override
    public String joiner() {
      return " ";
    }
  },

  /** Parameters of a query and properties of a job, such as {@code max_deletes}. */
  API {
    @Override
    public String of(String option) {
      return option.replace('-', '_');
    }

    @Override
    public String with(String option, String value) {
      // The equals sign between a column and its field is plain in a query.
      return of(option)
          + "="
          + URLEncoder.encode(value, StandardCharsets.UTF_8)
              .replace("+", "%20")
              .replace("%3D", "=");
    }

    @Override
    public String switched(String option, boolean on) {
      return with(option, String.valueOf(on));
    }

    @Override
    public String without(String option) {
      return of(option) + " set to false";
    }

    @Override
    public String resource(String slug) {
      return with("resource", slug);
    }

    @Override
    public String joiner() {
      return "&";
    }
  };

  /**
   * The option's name here.
   *
   * @param option its name on the command line, without dashes before it
   */
  public abstract String of(String option);

  /** The option with a value, to be copied. */
  public abstract String with(String option, String value);

  /** The option that is on or off, to be copied. */
  public abstract String switched(String option, boolean on);

  /** How an option that is on by itself is turned off. */
  public abstract String without(String option);

  /** How that kind of records is chosen, to be copied. */
  public abstract String resource(String slug);

  /**
   * The value of an option.
   *
   * @throws IllegalArgumentException naming the option, if its value cannot be used
   */
  public <T> T read(String option, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException unusable) {
      throw new IllegalArgumentException(of(option) + ": " + unusable.getMessage(), unusable);
    }
  }

  /** The text between options that are given together. */
  public abstract String joiner();

  /**
   * The option that says which field a column means, to be copied; an empty field leaves it out.
   */
  public String map(String column, String field) {
    return with("map", Excerpt.of(column) + "=" + Excerpt.of(field));
  }
}
