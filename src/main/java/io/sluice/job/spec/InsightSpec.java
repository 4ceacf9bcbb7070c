package io.sluice.job.spec;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Effect;
import io.sluice.job.JobKind;
import io.sluice.pipeline.compare.Side;
import io.sluice.pipeline.insight.Explain;
import io.sluice.pipeline.insight.Question;
import io.sluice.pipeline.insight.lint.LintRule;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A look at lists.
 *
 * @param about {@code lint} or {@code explain}
 * @param source {@code profile:NAME}, or the id of a snapshot
 * @param ignore the rules that lint leaves out; empty or null for none
 * @param sender what is explained: one of this and the three that follow
 */
public record InsightSpec(
    String about,
    String source,
    @Nullable List<String> resources,
    @Nullable List<String> ignore,
    @Nullable String sender,
    @Nullable String domain,
    @Nullable String ip,
    @Nullable String recipient)
    implements JobSpec {
  /** What lint is asked for by name. */
  public static final String LINT = "lint";

  /** What explain is asked for by name. */
  public static final String EXPLAIN = "explain";

  @Override
  public JobKind jobKind() {
    return JobKind.INSIGHT;
  }

  /** The profile whose account is looked at; empty for a snapshot. */
  @Override
  public String profile() {
    return Objects.requireNonNullElse(Side.profile(source), "");
  }

  /** The rules that are left out. */
  public Set<LintRule> ignored() {
    Set<LintRule> rules = EnumSet.noneOf(LintRule.class);
    for (String id : ignore == null ? List.<String>of() : ignore) {
      rules.add(LintRule.named(id));
    }
    return rules;
  }

  /** The question to explain. */
  public Question question() {
    return Question.only(sender, domain, ip, recipient);
  }

  @Override
  public void check() {
    boolean asks = sender != null || domain != null || ip != null || recipient != null;
    if (about.equals(EXPLAIN)) {
      if (ignore != null) {
        throw new IllegalArgumentException("ignore has no effect on explain");
      }
      Effect.Party party = question().party();
      for (String name : resources == null ? List.<String>of() : resources) {
        if (!Explain.concerns(Catalog.get(name), party)) {
          throw new IllegalArgumentException(
              "resources: "
                  + name
                  + " are not compared with "
                  + party.name().toLowerCase(Locale.ROOT)
                  + "s; leave it out");
        }
      }
    } else if (!about.equals(LINT)) {
      throw new IllegalArgumentException("about: '" + about + "' is neither lint nor explain");
    } else if (asks) {
      throw new IllegalArgumentException("sender, domain, ip and recipient have no effect on lint");
    }
    ignored();
  }
}
