package io.sluice.catalog;

import static io.sluice.catalog.Ability.ATOMIC_BATCH;
import static io.sluice.catalog.Ability.BATCH;
import static io.sluice.catalog.Ability.CREATE;
import static io.sluice.catalog.Ability.DELETE;
import static io.sluice.catalog.Ability.EDIT;
import static io.sluice.catalog.Effect.Action.ACCEPTS;
import static io.sluice.catalog.Effect.Action.BLOCKS;
import static io.sluice.catalog.Effect.Action.KNOWS;
import static io.sluice.catalog.Effect.Action.RESTRICTS;
import static io.sluice.catalog.Effect.Action.TRUSTS;
import static io.sluice.catalog.Effect.Action.VOUCHES;
import static io.sluice.catalog.Effect.Party.RECIPIENT;
import static io.sluice.catalog.Effect.Party.SENDER;
import static io.sluice.catalog.Field.field;
import static io.sluice.catalog.Field.flag;
import static io.sluice.catalog.Field.replaced;
import static io.sluice.catalog.Field.text;
import static io.sluice.catalog.Trait.ACCOUNT_BOUND;
import static io.sluice.catalog.Trait.COMMENT;
import static io.sluice.catalog.Trait.EXPIRY;
import static io.sluice.catalog.Trait.FALSE_IF_ABSENT;
import static io.sluice.catalog.Trait.NULLABLE;
import static io.sluice.catalog.Trait.NULL_READ;
import static io.sluice.catalog.Trait.READ_ONLY;
import static io.sluice.catalog.Trait.REQUIRED;
import static io.sluice.catalog.Trait.UNORDERED;

import io.sluice.catalog.FieldType.Choice;
import io.sluice.catalog.FieldType.Cidr;
import io.sluice.catalog.FieldType.DomainName;
import io.sluice.catalog.FieldType.Flag;
import io.sluice.catalog.FieldType.Many;
import io.sluice.catalog.FieldType.Text;
import io.sluice.catalog.FieldType.Timestamp;
import io.sluice.catalog.FieldType.Whole;
import io.sluice.catalog.Rule.Expression.Syntax;
import io.sluice.catalog.pattern.PatternType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The eight resources under {@code /accounts/{account_id}/email-security/settings/}. Sources:
 * Cloudflare's published API reference, "Email Security: Settings", and its public OpenAPI text of
 * 2026 for the three that came later, and for limits where the reference names none. A new resource
 * is one more entry here.
 */
public final class Catalog {
  private static final FieldType PATTERN_TYPE =
      new Choice(List.of("EMAIL", "DOMAIN", "IP"), List.of("UNKNOWN"));
  private static final Field COMMENTS = text("comments", 0, 1024, NULLABLE, COMMENT).alias("Notes");
  private static final FieldType NUMBER = new Whole(Long.MIN_VALUE, Long.MAX_VALUE);
  private static final FieldType EXCLUDED = new Many(new DomainName(), 0, Integer.MAX_VALUE);
  private static final FieldType TEXT = new Text(0, Integer.MAX_VALUE);
  private static final FieldType DISPOSITIONS =
      new Many(
          oneOf(
              "MALICIOUS|MALICIOUS-BEC|SUSPICIOUS|SPOOF|SPAM|BULK|ENCRYPTED|EXTERNAL|UNKNOWN|NONE"),
          0,
          10);
  private static final String PROVENANCES =
      "A1S_INTERNAL|SNOOPY-CASB_OFFICE_365|SNOOPY-OFFICE_365|SNOOPY-GOOGLE_DIRECTORY";
  private static final String TOTAL = "emails_processed.total_emails_processed";
  private static final String[] DOMAIN_FILTERS = {
    // The reference has no field for the first one; it takes the same values as the second.
    "active_delivery_mode=allowed_delivery_modes",
    "allowed_delivery_mode",
    "domain*",
    "integration_id",
    "status",
    "search"
  };
  private static final Effect[] POLICY_EFFECTS = {
    new Effect(
        "is_trusted_sender",
        "verify_sender",
        TRUSTS,
        SENDER,
        "bypasses all detections and link following"),
    new Effect("is_acceptable_sender", "verify_sender", ACCEPTS, SENDER, "no Spam, Spoof or Bulk"),
    new Effect("is_exempt_recipient", null, TRUSTS, RECIPIENT, "bypasses all detections")
  };
  private static final FieldType MODES = many("DIRECT|BCC|JOURNAL|API|RETRO_SCAN");

  private static final List<Resource> ALL =
      Stream.of(
              Entry.of(
                      "allow_policies",
                      "policy_id",
                      "pattern_type+pattern",
                      "messages exempt from detections")
                  .promisesId()
                  .exempts(3)
                  .can(CREATE, EDIT, DELETE, BATCH, ATOMIC_BATCH)
                  .orders("pattern", "created_at")
                  .filters("is_acceptable_sender", "is_exempt_recipient", "is_trusted_sender")
                  .filters("pattern", "pattern_type", "verify_sender", "search")
                  .fields(
                      text("pattern", 1, 1024, REQUIRED).alias("Values"),
                      field("pattern_type", PATTERN_TYPE, REQUIRED).alias("Rule Type"),
                      flag("is_regex", REQUIRED, FALSE_IF_ABSENT),
                      flag("is_trusted_sender", REQUIRED).alias("Trusted Sender"),
                      flag("is_exempt_recipient", REQUIRED).alias("Exempt Recipient"),
                      flag("is_acceptable_sender", REQUIRED).alias("Acceptable Sender"),
                      flag("verify_sender", REQUIRED).alias("Sender Verification", "Verify Email"),
                      COMMENTS,
                      replaced("is_sender", "is_trusted_sender"),
                      replaced("is_recipient", "is_exempt_recipient"),
                      replaced("is_spoof", "is_acceptable_sender"))
                  .does(POLICY_EFFECTS)
                  .rule(Rule.Pattern.typed("pattern", "pattern_type", "is_regex")),
              Entry.of(
                      "block_senders",
                      "pattern_id",
                      "pattern_type+pattern",
                      "senders whose messages are blocked")
                  .protects(1)
                  .can(CREATE, EDIT, DELETE, BATCH, ATOMIC_BATCH)
                  .orders("pattern", "created_at")
                  .filters("pattern", "pattern_type", "search")
                  .fields(
                      text("pattern", 1, 1024, REQUIRED).alias("Blocked Sender"),
                      field("pattern_type", PATTERN_TYPE, REQUIRED).alias("Blocked Sender Type"),
                      flag("is_regex", REQUIRED, FALSE_IF_ABSENT),
                      COMMENTS)
                  .does(BLOCKS, SENDER, "messages are marked malicious")
                  .rule(Rule.Pattern.typed("pattern", "pattern_type", "is_regex")),
              Entry.of(
                      "content_policies",
                      "policy_id",
                      "name",
                      "subjects and bodies whose messages are marked malicious")
                  .byPackage()
                  .protects(2)
                  .can(CREATE, EDIT, DELETE, BATCH, ATOMIC_BATCH)
                  .orders("name", "created_at")
                  .filters("enabled", "name", "search")
                  .fields(
                      text("name", 1, 256, REQUIRED),
                      text("pattern", 1, 2048, REQUIRED),
                      field("targets", new Many(oneOf("SUBJECT|BODY"), 1, 2), REQUIRED, UNORDERED),
                      flag("enabled", REQUIRED),
                      text("notes", 0, 4096, NULLABLE, COMMENT).alias("Comments"))
                  // Seen in one published signature, with nothing said of it.
                  .fields(field("expires_at", new Timestamp(), READ_ONLY, NULL_READ, EXPIRY))
                  .timestamps("created_at", "modified_at")
                  .rule(new Rule.Expression("pattern", Syntax.CONTENT)),
              Entry.of("domains", "domain_id", "domain", "domains that Email Security protects")
                  .owns(5, "a domain that Email Security protects")
                  .can(EDIT, DELETE, BATCH)
                  .orders("domain", "created_at")
                  .filters(DOMAIN_FILTERS)
                  .fields(
                      field("domain", new DomainName()),
                      field("allowed_delivery_modes", MODES, UNORDERED),
                      field("drop_dispositions", DISPOSITIONS, UNORDERED),
                      field("folder", oneOf("AllItems|Inbox")),
                      text("integration_id", 0, 1024, NULLABLE, ACCOUNT_BOUND),
                      field("ip_restrictions", new Many(new Cidr(), 0, 100), UNORDERED),
                      field("lookback_hops", new Whole(1, 20)),
                      field("regions", many("GLOBAL|AU|DE|IN|US"), UNORDERED),
                      flag("require_tls_inbound", NULL_READ),
                      flag("require_tls_outbound", NULL_READ),
                      text("transport", 0, 1024))
                  .reads(new Flag(), "authorization.authorized")
                  .reads(new Timestamp(), "authorization.timestamp", "emails_processed.timestamp")
                  .reads(TEXT, "authorization.status_message", "o365_tenant_id")
                  .reads(NUMBER, TOTAL, TOTAL + "_previous")
                  .reads(oneOf("none|good|invalid"), "dmarc_status")
                  .reads(oneOf("none|good|neutral|open|invalid"), "spf_status")
                  .reads(oneOf("pending|active|failed|timeout"), "status")
                  .reads(oneOf("Microsoft|Google"), "inbox_provider"),
              Entry.of(
                      "impersonation_registry",
                      "impersonation_registry_id",
                      "email+name",
                      "people to protect")
                  .protects(4)
                  .can(CREATE, EDIT, DELETE)
                  .orders("name", "email", "created_at")
                  .filters("provenance", "search")
                  .fields(
                      text("name", 1, 1024, REQUIRED).alias("Display Name"),
                      text("email", 1, 1024, REQUIRED),
                      flag("is_email_regex", REQUIRED, FALSE_IF_ABSENT),
                      COMMENTS,
                      field("directory_id", NUMBER, NULLABLE, ACCOUNT_BOUND),
                      field("directory_node_id", NUMBER, NULLABLE, ACCOUNT_BOUND),
                      text("external_directory_node_id", 0, 1024, NULLABLE, ACCOUNT_BOUND),
                      field("provenance", oneOf(PROVENANCES)))
                  .does(KNOWS, SENDER, "the address of a person whose name is protected")
                  .rule(Rule.Pattern.fixed("email", PatternType.EMAIL, "is_email_regex"))
                  .rule(
                      new Rule.KeptElsewhere(
                          "provenance", "A1S_INTERNAL", "synced from a directory")),
              Entry.of(
                      "sending_domain_restrictions",
                      "sending_domain_restriction_id",
                      "domain",
                      "partner domains whose mail must come by TLS")
                  .byPackage()
                  .protects(3)
                  .can(CREATE, EDIT, DELETE)
                  .orders("domain", "created_at")
                  .filters("search")
                  .fields(
                      field("domain", new DomainName(), REQUIRED),
                      field("exclude", EXCLUDED, REQUIRED, UNORDERED),
                      // No limit is published; the others' holds for every client.
                      COMMENTS)
                  .does(RESTRICTS, SENDER, "mail without TLS is dropped"),
              Entry.of(
                      "trusted_domains",
                      "trusted_domain_id",
                      "pattern",
                      "domains that lookalike checks pass")
                  .exempts(1)
                  .can(CREATE, EDIT, DELETE, BATCH, ATOMIC_BATCH)
                  .orders("pattern", "created_at")
                  .filters("is_recent", "is_similarity", "pattern", "search")
                  .fields(
                      text("pattern", 1, 1024, REQUIRED).alias("Domain"),
                      flag("is_regex", REQUIRED, FALSE_IF_ABSENT),
                      flag("is_recent", REQUIRED).alias("New", "Recent"),
                      flag("is_similarity", REQUIRED).alias("Proximity"),
                      COMMENTS)
                  .does("is_recent", VOUCHES, SENDER, "no Suspicious or Malicious for being new")
                  .does("is_similarity", VOUCHES, SENDER, "no Spoof for its likeness to yours")
                  .rule(Rule.Pattern.fixed("pattern", PatternType.DOMAIN, "is_regex")),
              Entry.of(
                      "url_ignore_patterns", "pattern_id", "pattern", "URLs that are not rewritten")
                  .byPackage()
                  .promisesId()
                  .exempts(2)
                  .can(CREATE, EDIT, DELETE, BATCH)
                  .fields(text("pattern", 1, 1024, REQUIRED), COMMENTS)
                  .rule(new Rule.Expression("pattern", Syntax.URL)))
          .map(Entry::build)
          .toList();

  private Catalog() {}

  /** Every resource, in alphabetical order. */
  public static List<Resource> resources() {
    return ALL;
  }

  /** The resource of that name, with dashes or underscores, in any case. */
  public static Optional<Resource> find(String name) {
    String canonical = name.strip().toLowerCase(Locale.ROOT).replace('-', '_');
    return ALL.stream().filter(resource -> resource.name().equals(canonical)).findFirst();
  }

  /**
   * The resource of that name.
   *
   * @throws IllegalArgumentException naming the resources that exist
   */
  public static Resource get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown resource '"
                        + name
                        + "'; the nearest is '"
                        + NearestName.of(name, ALL.stream().map(Resource::slug).toList())
                        + "', and known are "
                        + ALL.stream().map(Resource::slug).collect(Collectors.joining(", "))));
  }

  private static FieldType oneOf(String values) {
    return new Choice(List.of(values.split("\\|")), List.of());
  }

  private static FieldType many(String values) {
    return new Many(oneOf(values), 1, 10);
  }
}
