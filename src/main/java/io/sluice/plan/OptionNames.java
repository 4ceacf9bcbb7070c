package io.sluice.plan;

/** What the options of a run are called where it is asked for, for texts that speak of them. */
public enum OptionNames {
  /** Flags, such as {@code --max-deletes}. */
  COMMAND_LINE {
    @Override
    public String of(String option) {
      return "--" + option;
    }

    @Override
    public String without(String option) {
      return "--no-" + option;
    }
  },

  /** Properties of a job, such as {@code max_deletes}. */
  API {
    @Override
    public String of(String option) {
      return option.replace('-', '_');
    }

    @Override
    public String without(String option) {
      return of(option) + " set to false";
    }
  };

  /**
   * The option's name here.
   *
   * @param option its name on the command line, without dashes before it
   */
  public abstract String of(String option);

  /** How an option that is on by itself is turned off. */
  public abstract String without(String option);
}
