package io.sluice.config;

import io.sluice.api.transport.ProxySettings;
import org.jspecify.annotations.Nullable;

/** The proxy that the environment names, in upper or lower case. */
public final class ProxyVariables {
  private ProxyVariables() {}

  /**
   * What {@code HTTPS_PROXY} and {@code NO_PROXY} say, or {@code https_proxy} and {@code no_proxy};
   * {@code ALL_PROXY} or {@code all_proxy} counts where no proxy for {@code https:} is named.
   *
   * @throws UsageException if a value cannot be used, or both spellings are set and differ; a
   *     proxy's address is not repeated, as it may hold a password
   */
  public static ProxySettings in(Environment environment) {
    String own = name("HTTPS_PROXY", "https_proxy", environment);
    String proxy = environment.get(own) != null ? own : name("ALL_PROXY", "all_proxy", environment);
    String direct = name("NO_PROXY", "no_proxy", environment);
    return UsageException.checked(
        "", () -> ProxySettings.of(proxy, environment.get(proxy), direct, environment.get(direct)));
  }

  /** Which of the two spellings is set; the first if neither is, or if both say the same. */
  private static String name(String upper, String lower, Environment environment) {
    @Nullable String value = environment.get(upper);
    @Nullable String other = environment.get(lower);
    if (value != null && other != null && !value.equals(other)) {
      throw new UsageException(upper + " and " + lower + " are both set, and differ", "unset one");
    }
    return value == null && other != null ? lower : upper;
  }
}
