package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogue holds what Cloudflare's published API reference says, and nothing else. */
final class CatalogTest {
  private static final int LONGEST_ENTRY = 25;

  @Test
  void theResourcesStandInAlphabeticalOrder() {
    assertThat(Catalog.resources())
        .extracting(Resource::slug)
        .containsExactly(
            "allow-policies",
            "block-senders",
            "content-policies",
            "domains",
            "impersonation-registry",
            "sending-domain-restrictions",
            "trusted-domains",
            "url-ignore-patterns");
  }

  /** What protects is written before what exempts, and no two kinds share a place. */
  @Test
  void eachHasItsOwnPlaceInTheOrderOfProtection() {
    List<Resource> ordered =
        Catalog.resources().stream().sorted(Comparator.comparing(Resource::protection)).toList();
    assertThat(ordered).extracting(Resource::protection).doesNotHaveDuplicates();
    assertThat(ordered)
        .extracting(Resource::slug)
        .containsExactly(
            "block-senders",
            "content-policies",
            "sending-domain-restrictions",
            "impersonation-registry",
            "domains",
            "trusted-domains",
            "url-ignore-patterns",
            "allow-policies");
  }

  @Test
  void everyFilterIsOfAFieldOrSearches() {
    for (Resource resource : Catalog.resources()) {
      for (Filter filter : resource.filters()) {
        assertThat(filter.field() == null)
            .describedAs(resource + " " + filter)
            .isEqualTo(filter.name().equals("search"));
      }
    }
    Entry entry =
        Entry.of("new_kind", "new_kind_id", "pattern", "a kind that came later")
            .protects(9)
            .filters("colour");
    assertThatThrownBy(entry::build).hasMessageContaining("no field for the filter colour");
  }

  @ParameterizedTest
  @CsvSource({
    "block_senders, pattern_type, email, EMAIL",
    "block_senders, pattern_type, Unknown, UNKNOWN",
    "block_senders, pattern, anything at all, anything at all",
    "allow_policies, is_trusted_sender, Yes, true",
    "allow_policies, verify_sender, 0, false",
    "domains, allowed_delivery_mode, bcc, BCC",
    "domains, active_delivery_mode, Retro_Scan, RETRO_SCAN",
    "domains, status, ACTIVE, active",
    "domains, domain, one.example, one.example",
    "impersonation_registry, provenance, a1s_internal, A1S_INTERNAL"
  })
  void aValueOfAFilterIsSpelledAsTheApiDoes(
      String resource, String filter, String given, String spelled) {
    assertThat(Catalog.get(resource).filter(filter).orElseThrow().value(given)).isEqualTo(spelled);
  }

  @ParameterizedTest
  @CsvSource({
    "block_senders, pattern_type, EMIAL, the nearest value is 'EMAIL'",
    "block_senders, pattern, '', there is no value",
    "block_senders, search, ' ', there is no value",
    "allow_policies, is_trusted_sender, maybe, neither true nor false",
    "domains, allowed_delivery_mode, BBC, the nearest value is 'BCC'",
    "domains, active_delivery_mode, X, there are DIRECT",
    "domains, status, activ, the nearest value is 'active'",
    "domains, domain, no domain, invalid domain"
  })
  void aValueThatAFilterDoesNotTakeIsRefused(
      String resource, String filter, String given, String reason) {
    assertThatThrownBy(() -> Catalog.get(resource).filter(filter).orElseThrow().value(given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void anUnknownResourceNamesTheNearest() {
    assertThatThrownBy(() -> Catalog.get("blocked-senders"))
        .hasMessageContaining("the nearest is 'block-senders'");
  }

  @Test
  void anEntryWithoutAPlaceInTheOrderOfProtectionIsRefused() {
    Entry entry = Entry.of("new_kind", "new_kind_id", "pattern", "a kind that came later");

    assertThatThrownBy(entry::build).hasMessageContaining("new_kind needs its place");
  }

  @ParameterizedTest
  @CsvSource({
    "allow_policies,policy_id,pattern_type+pattern",
    "block_senders,pattern_id,pattern_type+pattern",
    "domains,domain_id,domain",
    "impersonation_registry,impersonation_registry_id,email+name",
    "trusted_domains,trusted_domain_id,pattern"
  })
  void eachHasItsIdParameterAndNaturalKey(String name, String idParameter, String key) {
    Resource resource = Catalog.get(name);
    assertThat(resource.idParameter()).isEqualTo(idParameter);
    assertThat(String.join("+", resource.key())).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({
    "allow_policies,CREATE EDIT DELETE BATCH ATOMIC_BATCH",
    "block_senders,CREATE EDIT DELETE BATCH ATOMIC_BATCH",
    "domains,EDIT DELETE BATCH",
    "impersonation_registry,CREATE EDIT DELETE",
    "trusted_domains,CREATE EDIT DELETE BATCH ATOMIC_BATCH"
  })
  void eachCanBeDoneWithWhatTheApiOffers(String name, String abilities) {
    for (Ability ability : Ability.values()) {
      assertThat(Catalog.get(name).can(ability))
          .describedAs("%s %s", name, ability)
          .isEqualTo(List.of(abilities.split(" ")).contains(ability.name()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "allow_policies,pattern created_at",
    "block_senders,pattern created_at",
    "domains,domain created_at",
    "impersonation_registry,name email created_at",
    "trusted_domains,pattern created_at"
  })
  void eachIsOrderedByWhatTheApiOrdersBy(String name, String orders) {
    assertThat(Catalog.get(name).orders()).containsExactly(orders.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "allow_policies,is_acceptable_sender is_exempt_recipient is_trusted_sender pattern pattern_type"
        + " verify_sender search",
    "block_senders,pattern pattern_type search",
    "domains,active_delivery_mode allowed_delivery_mode domain* integration_id status search",
    "impersonation_registry,provenance search",
    "trusted_domains,is_recent is_similarity pattern search"
  })
  void eachIsFilteredByWhatTheApiFiltersBy(String name, String filters) {
    assertThat(Catalog.get(name).filters())
        .extracting(filter -> filter.name() + (filter.repeatable() ? "*" : ""))
        .containsExactlyInAnyOrder(filters.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "allow_policies,pattern pattern_type is_regex is_trusted_sender is_exempt_recipient"
        + " is_acceptable_sender verify_sender comments",
    "block_senders,pattern pattern_type is_regex comments",
    "domains,domain allowed_delivery_modes drop_dispositions folder integration_id ip_restrictions"
        + " lookback_hops regions require_tls_inbound require_tls_outbound transport",
    "impersonation_registry,name email is_email_regex comments directory_id directory_node_id"
        + " external_directory_node_id provenance",
    "trusted_domains,pattern is_regex is_recent is_similarity comments"
  })
  void eachSendsItsWritableFieldsAlone(String name, String fields) {
    assertThat(paths(name, Field::writable)).containsExactlyInAnyOrder(fields.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "allow_policies,pattern pattern_type is_regex is_trusted_sender is_exempt_recipient"
        + " is_acceptable_sender verify_sender",
    "block_senders,pattern pattern_type is_regex",
    "impersonation_registry,name email is_email_regex",
    "trusted_domains,pattern is_regex is_recent is_similarity"
  })
  void eachRequiresWhatACreateNeeds(String name, String fields) {
    assertThat(paths(name, field -> field.is(Trait.REQUIRED)))
        .containsExactlyInAnyOrder(fields.split(" "));
  }

  @Test
  void domainsReadWhatOnlyTheApiTells() {
    assertThat(paths("domains", field -> field.is(Trait.READ_ONLY)))
        .containsExactlyInAnyOrder(
            "id",
            "authorization.authorized",
            "authorization.timestamp",
            "authorization.status_message",
            "dmarc_status",
            "emails_processed.timestamp",
            "emails_processed.total_emails_processed",
            "emails_processed.total_emails_processed_previous",
            "inbox_provider",
            "o365_tenant_id",
            "spf_status",
            "status",
            "created_at",
            "modified_at",
            "last_modified");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"allow_policies", "block_senders", "impersonation_registry", "trusted_domains"})
  void theOthersReadIdAndTimestampsAlone(String name) {
    assertThat(paths(name, field -> field.is(Trait.READ_ONLY)))
        .containsExactlyInAnyOrder("id", "created_at", "modified_at", "last_modified");
  }

  @ParameterizedTest
  @CsvSource({
    "is_sender,is_trusted_sender",
    "is_recipient,is_exempt_recipient",
    "is_spoof,is_acceptable_sender"
  })
  void deprecatedNamesKnowTheirSuccessor(String old, String successor) {
    Field field = Catalog.get("allow_policies").field(old).orElseThrow();
    assertThat(field.successor()).isEqualTo(successor);
    assertThat(field.is(Trait.DEPRECATED)).isTrue();
    assertThat(field.writable()).isFalse();
  }

  @Test
  void whatBelongsToOneAccountIsMarked() {
    assertThat(paths("domains", field -> field.is(Trait.ACCOUNT_BOUND)))
        .containsExactly("integration_id");
    assertThat(paths("impersonation_registry", field -> field.is(Trait.ACCOUNT_BOUND)))
        .containsExactlyInAnyOrder(
            "directory_id", "directory_node_id", "external_directory_node_id");
  }

  @Test
  void namesArePathsWithoutDoublesAndColumnsAreUnique() {
    for (Resource resource : Catalog.resources()) {
      List<String> paths = resource.fields().stream().map(Field::path).toList();
      assertThat(paths)
          .describedAs(resource.slug())
          .doesNotHaveDuplicates()
          .first()
          .isEqualTo("id");
      assertThat(resource.key()).allMatch(paths::contains);
      assertThat(resource.orders()).allMatch(paths::contains);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "block_senders,Blocked Sender,pattern",
    "block_senders,Blocked_Sender,pattern",
    "block_senders,Blocked Sender Type,pattern_type",
    "block_senders,Pattern Type,pattern_type",
    "block_senders,Is Regex,is_regex",
    "block_senders,Notes,comments",
    "allow_policies,Values,pattern",
    "allow_policies,Pattern,pattern",
    "allow_policies,Rule Type,pattern_type",
    "allow_policies,Pattern Type,pattern_type",
    "allow_policies,Is Regex,is_regex",
    "allow_policies,Sender Verification,verify_sender",
    "allow_policies,Verify Email,verify_sender",
    "allow_policies,Trusted Sender,is_trusted_sender",
    "allow_policies,Exempt Recipient,is_exempt_recipient",
    "allow_policies,Acceptable Sender,is_acceptable_sender",
    "allow_policies,Notes,comments",
    "trusted_domains,Domain,pattern",
    "trusted_domains,Proximity,is_similarity",
    "trusted_domains,New,is_recent",
    "trusted_domains,Is Regex,is_regex",
    "trusted_domains,Notes,comments",
    "impersonation_registry,Display Name,name",
    "impersonation_registry,Display_Name,name",
    "impersonation_registry,Email,email"
  })
  void theDashboardsHeadersAreKnownByNameOrAlias(String name, String header, String field) {
    assertThat(
            paths(
                name,
                known ->
                    folded(known.path()).equals(folded(header))
                        || known.aliases().stream()
                            .anyMatch(alias -> folded(alias).equals(folded(header)))))
        .containsExactly(field);
  }

  @Test
  void noTwoFieldsOfAResourceShareAName() {
    for (Resource resource : Catalog.resources()) {
      Set<String> seen = new HashSet<>();
      for (Field field : resource.fields()) {
        List<String> names = new ArrayList<>(field.aliases());
        names.add(field.path());
        for (String name : names) {
          assertThat(seen.add(folded(name))).describedAs("%s %s", resource, name).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"block-senders", "block_senders", "BLOCK_SENDERS", " Block-Senders "})
  void aResourceIsFoundHoweverItIsSpelled(String name) {
    assertThat(Catalog.get(name).name()).isEqualTo("block_senders");
  }

  @Test
  void anUnknownResourceIsRefusedByNamingTheKnownOnes() {
    assertThatThrownBy(() -> Catalog.get("block"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'block'")
        .hasMessageContaining("block-senders")
        .hasMessageContaining("trusted-domains");
  }

  @Test
  void aResourceIsOneEntryOfAtMost25Lines() throws IOException {
    List<Integer> lengths = new ArrayList<>();
    boolean inside = false;
    Path source = Path.of("src", "main", "java", "io", "sluice", "catalog", "Catalog.java");
    for (String line : Files.readAllLines(source)) {
      if (line.strip().startsWith("Entry.of(")) {
        lengths.add(0);
        inside = true;
      } else if (line.strip().startsWith(".map(Entry::build)")) {
        inside = false;
      }
      if (inside) {
        lengths.set(lengths.size() - 1, lengths.get(lengths.size() - 1) + 1);
      }
    }
    assertThat(lengths)
        .hasSize(Catalog.resources().size())
        .allMatch(length -> length <= LONGEST_ENTRY);
  }

  @Test
  void everyTypeDescribesItself() {
    for (Resource resource : Catalog.resources()) {
      assertThat(resource.fields())
          .allSatisfy(field -> assertThat(field.type().describe()).isNotBlank());
    }
  }

  /** Nothing but the catalogue knows a resource by its name; what shows examples is exempt. */
  @Test
  void noOtherCodeKnowsAResourceByItsName() throws IOException {
    Set<String> examples =
        Set.of(
            "Catalog.java",
            "DemoCommand.java",
            "DemoImport.java",
            "WarmUp.java",
            "SandboxCommand.java");
    List<String> literals =
        Catalog.resources().stream()
            .flatMap(resource -> Stream.of(resource.name(), resource.slug()))
            .map(name -> '"' + name + '"')
            .toList();
    try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
      assertThat(sources.filter(file -> file.toString().endsWith(".java")))
          .filteredOn(file -> !examples.contains(file.getFileName().toString()))
          .allSatisfy(
              file ->
                  assertThat(
                          Files.readAllLines(file).stream()
                              .filter(line -> !line.strip().startsWith("*")))
                      .noneMatch(line -> literals.stream().anyMatch(line::contains)));
    }
  }

  /** The fields and limits that the API names for what came after its reference. */
  @Test
  void theNewerKindsAreAsTheApiHasThem() {
    assertThat(paths("content-policies", field -> field.is(Trait.REQUIRED)))
        .containsExactlyInAnyOrder("name", "pattern", "targets", "enabled");
    assertThat(paths("content-policies", field -> true))
        .contains("notes", "expires_at")
        .doesNotContain("comments", "last_modified");
    assertThat(paths("sending-domain-restrictions", field -> field.is(Trait.REQUIRED)))
        .containsExactlyInAnyOrder("domain", "exclude");
    assertThat(paths("url-ignore-patterns", field -> field.is(Trait.REQUIRED)))
        .containsExactly("pattern");
    assertThat(Catalog.get("url-ignore-patterns").orders()).isEmpty();
    assertThat(Catalog.get("url-ignore-patterns").filters()).isEmpty();
    assertThat(Catalog.resources().stream().filter(Resource::byPackage))
        .extracting(Resource::slug)
        .containsExactly("content-policies", "sending-domain-restrictions", "url-ignore-patterns");
    assertThat(Catalog.resources())
        .allMatch(resource -> resource.comment().isPresent() || resource.name().equals("domains"));
  }

  private static List<String> paths(String resource, Predicate<Field> of) {
    return Catalog.get(resource).fields().stream().filter(of).map(Field::path).toList();
  }

  private static String folded(String header) {
    return header.toLowerCase(Locale.ROOT).replace("_", "").replace(" ", "");
  }
}
