package io.sluice.job.notice;

import io.sluice.config.UsageException;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A list of the configuration as it can be read now. While the file cannot be read or understood,
 * such as in the middle of an edit, the list that was read before counts. Thread-safe.
 */
final class LastRead<T> implements Supplier<List<T>> {
  private static final Logger LOG = LoggerFactory.getLogger(LastRead.class);

  private final String what;
  private final Supplier<List<T>> configured;
  private volatile List<T> last = List.of();
  private volatile String fault = "";
  private volatile boolean read;

  /**
   * @param what what is listed, for the log
   */
  LastRead(String what, Supplier<List<T>> configured) {
    this.what = what;
    this.configured = configured;
  }

  @Override
  public List<T> get() {
    try {
      last = List.copyOf(configured.get());
      fault = "";
      read = true;
    } catch (UsageException unreadable) {
      String why = String.valueOf(unreadable.getMessage());
      if (!why.equals(fault)) {
        LOG.warn("the {} cannot be read, those read before count: {}", what, why);
      }
      fault = why;
    }
    return last;
  }

  /** True if it could be read now or before. */
  boolean isKnown() {
    get();
    return read;
  }
}
