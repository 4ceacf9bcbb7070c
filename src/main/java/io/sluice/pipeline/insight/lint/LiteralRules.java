package io.sluice.pipeline.insight.lint;

import io.sluice.catalog.Effect.Action;
import io.sluice.catalog.Effect.Party;
import io.sluice.catalog.KnownDomains;
import io.sluice.catalog.pattern.IpBlock;
import io.sluice.catalog.pattern.PatternSyntax;
import io.sluice.catalog.pattern.PatternType;
import io.sluice.pipeline.insight.match.RecordPattern;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules about one pattern by itself that is no regular expression, and about its effects. */
final class LiteralRules {
  private final Findings findings;
  private final Map<KnownDomains, Set<String>> known;
  private long invalid;
  private String firstInvalid = "";

  LiteralRules(Findings findings, Map<KnownDomains, Set<String>> known) {
    this.findings = findings;
    this.known = known;
  }

  /** True if messages of either party pass or are blocked for such a record. */
  static boolean concernsMail(ListedRecord record) {
    return record.does(Party.SENDER, LiteralRules::decides)
        || record.does(Party.RECIPIENT, LiteralRules::decides);
  }

  /** True if messages pass or are blocked by their sender. */
  static boolean decidesOnSenders(ListedRecord record) {
    return record.does(Party.SENDER, action -> action.allows() || action == Action.BLOCKS);
  }

  private static boolean decides(Action action) {
    return action.allows() || action == Action.BLOCKS || action == Action.VOUCHES;
  }

  void look(ListedRecord record) {
    RecordPattern pattern = record.pattern();
    String wrong = wrong(pattern);
    if (wrong != null) {
      invalid++;
      firstInvalid = invalid == 1 ? record.name() + " (" + wrong + ")" : firstInvalid;
      return;
    } else if (!concernsMail(record)) {
      return;
    }
    switch (pattern.type()) {
      case DOMAIN -> domain(record, pattern.folded());
      case EMAIL -> provider(record, pattern.folded());
      case IP -> block(record, pattern.folded());
      case UNKNOWN -> {}
    }
  }

  /** Warns of the patterns that match nothing that is known. */
  void end() {
    if (invalid > 0) {
      findings.warn(
          (invalid == 1 ? "1 pattern is" : invalid + " patterns are")
              + " no valid address, domain or IP address, so what they match is not known;"
              + " 'sluice validate' shows those of a file; the first: "
              + firstInvalid);
    }
  }

  /** The fault of a pattern; null if there is none. A domain of one label is one to this end. */
  private static @Nullable String wrong(RecordPattern pattern) {
    return switch (pattern.type()) {
      case EMAIL -> PatternSyntax.email(pattern.text());
      case DOMAIN ->
          pattern.text().indexOf('.') < 0 && PatternSyntax.domain("x." + pattern.text()) == null
              ? null
              : PatternSyntax.domain(pattern.text());
      case IP -> PatternSyntax.cidr(pattern.text());
      case UNKNOWN -> null;
    };
  }

  /** An allow policy that counts for messages that anyone can forge. */
  void verification(ListedRecord record) {
    boolean byAddress = record.pattern().type() != PatternType.IP;
    if (byAddress && record.doesUnverified(Party.SENDER, Action::allows)) {
      findings.add(
          LintRule.TRUSTS_UNVERIFIED,
          record.name(),
          record.silenced(),
          "it counts for any message that names such a sender, forged ones too",
          "set verify_sender to true, so that it counts for messages alone that pass DMARC, SPF or"
              + " DKIM");
    }
  }

  private void domain(ListedRecord record, String domain) {
    boolean suffix =
        domain.indexOf('.') < 0 || known(KnownDomains.PUBLIC_SUFFIXES).contains(domain);
    if (suffix || known(KnownDomains.MAILBOX_PROVIDERS).contains(domain)) {
      findings.add(
          LintRule.MATCHES_EVERYTHING,
          record.name(),
          record.silenced(),
          suffix
              ? domain + " is a public suffix: anyone can have a domain below it"
              : domain + " is a mailbox provider: anyone can have an address there",
          "name the addresses or the domain that are meant");
      return;
    }
    provider(record, domain);
    if (trusts(record)) {
      findings.add(
          LintRule.BROAD,
          record.name(),
          record.silenced(),
          "it passes every check for a whole domain, whoever of it sends or receives",
          "trust single addresses, or accept the sender in place of trusting it");
    }
  }

  private static boolean trusts(ListedRecord record) {
    return record.does(Party.SENDER, action -> action == Action.TRUSTS)
        || record.does(Party.RECIPIENT, action -> action == Action.TRUSTS);
  }

  private void provider(ListedRecord record, String pattern) {
    String domain = pattern.substring(pattern.lastIndexOf('@') + 1);
    if (decidesOnSenders(record) && known(KnownDomains.SHARED_PROVIDERS).contains(domain)) {
      findings.add(
          LintRule.SHARED_PROVIDER,
          record.name(),
          record.silenced(),
          "anyone may send through " + domain + ", and all of it is allowed or blocked at once",
          "use the sender's own address or domain instead; Cloudflare advises against policies for"
              + " such providers");
    }
  }

  private void block(ListedRecord record, String text) {
    IpBlock block = IpBlock.of(text);
    if (block == null) {
      return;
    }
    int huge = block.v6() ? 32 : 16;
    int large = block.v6() ? 48 : 24;
    if (block.length() < huge) {
      findings.add(
          LintRule.MATCHES_EVERYTHING,
          record.name(),
          record.silenced(),
          "a block of /" + block.length() + " is the addresses of very many networks",
          "name the blocks that are meant, of /" + large + " or longer");
    } else if (block.length() < large) {
      findings.add(
          LintRule.BROAD,
          record.name(),
          record.silenced(),
          "a block of /" + block.length() + " is more than one network has as a rule",
          "name the blocks that are meant, of /" + large + " or longer");
    }
  }

  private Set<String> known(KnownDomains list) {
    return known.getOrDefault(list, Set.of());
  }
}
