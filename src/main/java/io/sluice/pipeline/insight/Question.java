package io.sluice.pipeline.insight;

import io.sluice.catalog.Effect.Party;
import io.sluice.catalog.pattern.IpBlock;
import io.sluice.catalog.pattern.PatternSyntax;
import io.sluice.pipeline.insight.match.Probe;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The question to explain.
 *
 * @param party whose address, domain or IP address it is
 * @param probe what is looked for
 */
public record Question(Party party, Probe probe) {

  /**
   * A sender's address.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Question sender(String address) {
    return new Question(Party.SENDER, Probe.address(valid(PatternSyntax.email(address), address)));
  }

  /**
   * A sender's domain.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Question domain(String domain) {
    return new Question(Party.SENDER, Probe.domain(valid(PatternSyntax.domain(domain), domain)));
  }

  /**
   * A sender's IP address or block.
   *
   * @throws IllegalArgumentException if it is none, or an IPv4 address in the clothes of IPv6,
   *     which is in no block of a list
   */
  public static Question ip(String ip) {
    String plain = IpBlock.unmapped(ip);
    if (plain != null) {
      throw new IllegalArgumentException(
          "'" + ip + "': an IPv4 address written as IPv6: give " + plain);
    }
    return new Question(Party.SENDER, Probe.ip(valid(PatternSyntax.cidr(ip), ip)));
  }

  /**
   * A recipient's address.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Question recipient(String address) {
    return new Question(
        Party.RECIPIENT, Probe.address(valid(PatternSyntax.email(address), address)));
  }

  /**
   * The one question of these.
   *
   * @throws IllegalArgumentException if there is none, more than one, or it is invalid
   */
  public static Question only(
      @Nullable String sender,
      @Nullable String domain,
      @Nullable String ip,
      @Nullable String recipient) {
    long given = Stream.of(sender, domain, ip, recipient).filter(Objects::nonNull).count();
    if (given != 1) {
      throw new IllegalArgumentException("give one of sender, domain, ip and recipient");
    } else if (sender != null) {
      return sender(sender);
    } else if (domain != null) {
      return domain(domain);
    }
    return ip != null ? ip(ip) : recipient(Objects.requireNonNull(recipient));
  }

  private static String valid(@Nullable String wrong, String text) {
    if (wrong != null) {
      throw new IllegalArgumentException("'" + text + "': " + wrong);
    }
    return text;
  }
}
