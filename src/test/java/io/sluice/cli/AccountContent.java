package io.sluice.cli;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Field;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Trait;
import io.sluice.sandbox.SandboxAccount;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What accounts hold and people write; and ways to take it from them. */
final class AccountContent {
  /** The kinds of records that can be created. */
  static final List<String> MADE =
      List.of("allow_policies", "block_senders", "impersonation_registry", "trusted_domains");

  private AccountContent() {}

  /** Each kind of record, without what the API makes up and what belongs to one account alone. */
  static Map<String, List<String>> of(SandboxAccount account) {
    Map<String, List<String>> content = new TreeMap<>();
    for (Resource resource : Catalog.resources()) {
      content.put(
          resource.name(),
          account.records(resource.name()).stream()
              .map(record -> written(resource, record))
              .sorted()
              .toList());
    }
    return content;
  }

  /** How many records there are of each kind that can be created. */
  static Map<String, Long> counts(SandboxAccount account) {
    Map<String, Long> counts = new TreeMap<>();
    MADE.forEach(resource -> counts.put(resource, account.count(resource)));
    return counts;
  }

  /** Seeds every kind of record that can be created, and half as many that say more. */
  static void fill(SandboxAccount account, int each) {
    for (String resource : MADE) {
      account.seed(resource, each);
      List<ObjectNode> seeded = account.records(resource);
      for (ObjectNode record : seeded.subList(0, seeded.size() / 2)) {
        replace(account, resource, record.put("comments", "of " + record.path("created_at")));
      }
    }
  }

  /** Gives the first records other keys. */
  static void renamed(SandboxAccount account, String resource, int count) {
    String key = resource.equals("impersonation_registry") ? "name" : "pattern";
    for (ObjectNode record : account.records(resource).subList(0, count)) {
      replace(account, resource, record.put(key, "other-" + record.path(key).asString()));
    }
  }

  /** Gives the last records other comments. */
  static void commented(SandboxAccount account, String resource, int count) {
    List<ObjectNode> records = account.records(resource);
    for (ObjectNode record : records.subList(records.size() - count, records.size())) {
      replace(account, resource, record.put("comments", "another"));
    }
  }

  /** Puts a record in the place of the one of its id. */
  static void replace(SandboxAccount account, String resource, ObjectNode record) {
    account.remove(resource, record.path("id").asString());
    account.add(resource, record);
  }

  /** Removes all records of a kind. */
  static void wipe(SandboxAccount account, String resource) {
    account
        .records(resource)
        .forEach(record -> account.remove(resource, record.path("id").asString()));
  }

  private static String written(Resource resource, ObjectNode record) {
    Map<String, String> fields = new TreeMap<>();
    for (Field field : resource.fields()) {
      JsonNode value = field.in(record);
      boolean said = value != null && !value.isNull() && !value.toString().equals("false");
      if (said && field.writable() && !field.is(Trait.ACCOUNT_BOUND)) {
        fields.put(field.path(), String.valueOf(value));
      }
    }
    return fields.toString();
  }
}
