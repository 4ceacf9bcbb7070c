package io.sluice.config;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where notices go.
 *
 * @param url where its address is: {@code env:NAME}, {@code file:PATH}, or the address itself
 * @param format json, slack or teams
 * @param secret where the key is that notices are signed with; null for none
 * @param on the events that it gets notices of
 * @param detail whether notices tell the contents of records
 * @param backupAge how old the last backup of a profile may be; null if that is not watched
 */
public record NotifyTarget(
    String name,
    String url,
    String format,
    @Nullable String secret,
    Set<String> on,
    boolean detail,
    @Nullable Duration backupAge,
    Environment environment) {

  /** Keeps a copy. */
  public NotifyTarget {
    on = Set.copyOf(on);
  }

  /**
   * The address.
   *
   * @throws UsageException if it cannot be found, or is none to send notices to
   */
  public URI address() {
    String text =
        SecretSource.isLiteral(url)
            ? url
            : new SecretSource(environment).text("the address of the target " + name, url);
    return NotifyTargets.address(text);
  }

  /**
   * The key that notices are signed with; null if they are not.
   *
   * @throws UsageException if it cannot be found
   */
  public @Nullable String key() {
    return secret == null
        ? null
        : new SecretSource(environment).text("the secret of the target " + name, secret);
  }

  /** True if it names the address of a chat's webhook, with which anyone can write there. */
  boolean holdsSecret() {
    return !format.equals("json") && SecretSource.isLiteral(url);
  }

  /** Without anything secret: a webhook's path is as good as a password. */
  @Override
  public String toString() {
    return "target " + name;
  }
}
