package io.sluice.pipeline.insight.lint;

import io.sluice.catalog.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is looked for in lists. */
public enum LintRule {
  CONFLICT(Severity.ERROR, "an allow policy and a blocked sender that match the same sender"),
  OWN_DOMAIN_BLOCKED(Severity.ERROR, "a blocked sender that covers a protected or trusted domain"),
  MATCHES_EVERYTHING(
      Severity.ERROR,
      "an expression that matches any sender, a public suffix, a mailbox provider's whole domain,"
          + " or a very large IP block"),
  SLOW_REGEX(Severity.ERROR, "an expression that takes very long on some texts"),
  TRUSTS_UNVERIFIED(
      Severity.WARNING,
      "an allow policy by address or domain that trusts or accepts without sender verification"),
  SHARED_PROVIDER(
      Severity.WARNING,
      "an allow policy or a blocked sender for a provider that anyone may send through"),
  BROAD(Severity.WARNING, "trust for a whole domain, or a large IP block"),
  UNESCAPED_DOT(Severity.WARNING, "an expression in which a . stands for the dot of a domain"),
  DUPLICATE(Severity.WARNING, "records that mean the same"),
  EXPIRED(Severity.WARNING, "a record whose last day has passed, or whose tag cannot be read"),
  EXPIRES_SOON(Severity.NOTE, "a record whose last day is near"),
  SHADOWED(Severity.NOTE, "a record that a wider one of the same list and effect covers"),
  LITERAL_REGEX(Severity.NOTE, "an expression without any operator"),
  CANNOT_BE_WRITTEN(Severity.NOTE, "a record that can be read and never written"),
  NO_COMMENT(Severity.NOTE, "a record that does not say why it is there");

  /** How far apart, of 1, a name may be from one that is proposed for it. */
  private static final double NEAR = 0.5;

  private final Severity severity;
  private final String finds;
  private final String id;

  LintRule(Severity severity, String finds) {
    this.severity = severity;
    this.finds = finds;
    this.id = name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The rule's name, as people and scripts write it. */
  public String id() {
    return id;
  }

  public Severity severity() {
    return severity;
  }

  /** What it finds, in a few words. */
  public String finds() {
    return finds;
  }

  /** The names of all rules. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(LintRule::id).toList();
  }

  /** The rule of that name. */
  public static Optional<LintRule> find(String id) {
    return Arrays.stream(values()).filter(rule -> rule.id.equals(id)).findFirst();
  }

  /**
   * The rule of that name.
   *
   * @throws IllegalArgumentException naming the nearest rule and all of them
   */
  public static LintRule named(String id) {
    return find(id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown rule '"
                        + id
                        + "'; "
                        + nearest(id)
                        + "known are "
                        + String.join(", ", ids())));
  }

  /** A name that has little in common with the one that was written is no proposal. */
  private static String nearest(String id) {
    String nearest = NearestName.of(id, ids());
    return NearestName.distance(id, nearest) < NEAR ? "the nearest is '" + nearest + "', and " : "";
  }
}
