package io.sluice.pipeline.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.catalog.Catalog;
import io.sluice.sandbox.SandboxAccount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two accounts of 20,000 records each. 15,000 mean the same in both, however they are spelled in
 * the second one, save 1,000 that differ in one or two fields; the rest only one of them has.
 */
public final class Twins {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String DOMAINS = "domains";

  /** The fields that differ, by resource and the key in the first account. */
  final Map<String, Set<String>> changed = new LinkedHashMap<>();

  private final Map<String, List<ObjectNode>> before = new LinkedHashMap<>();
  private final Map<String, List<ObjectNode>> after = new LinkedHashMap<>();
  private final Random random = new Random(7);
  private int ids;

  /** Makes both; they are the same each time. */
  public Twins() {
    make("block_senders", 6_000, 2_500, 400);
    make("allow_policies", 4_000, 1_500, 300);
    make("trusted_domains", 3_000, 600, 150);
    make("impersonation_registry", 1_500, 400, 100);
    make(DOMAINS, 500, 0, 50);
  }

  /** Gives each account its records. */
  public void fill(SandboxAccount one, SandboxAccount other) {
    before.forEach((resource, records) -> load(one, resource, records));
    after.forEach((resource, records) -> load(other, resource, records));
  }

  private static void load(SandboxAccount account, String resource, List<ObjectNode> records) {
    account.load(resource, records.stream().map(record -> record.toString().getBytes(UTF_8)));
  }

  private void make(String resource, int common, int apart, int changes) {
    List<ObjectNode> here = new ArrayList<>();
    List<ObjectNode> there = new ArrayList<>();
    for (int n = 0; n < common; n++) {
      ObjectNode record = record(resource, n);
      here.add(record);
      ObjectNode twin = record.deepCopy();
      if (n < changes) {
        changed.put(resource + " " + key(resource, record), change(resource, twin, n));
      }
      there.add(respelled(resource, twin, n));
    }
    for (int n = common; n < common + apart; n++) {
      here.add(record(resource, n));
      there.add(record(resource, n + apart));
    }
    Collections.shuffle(there, random);
    there.forEach(this::stamp);
    before.put(resource, here);
    after.put(resource, there);
  }

  private ObjectNode record(String resource, int n) {
    ObjectNode record = stamp(JSON.createObjectNode());
    String comments = n % 3 == 0 ? "note " + n : null;
    switch (resource) {
      case DOMAINS -> {
        record.put("domain", "d" + n + ".example").put("folder", "Inbox").put("transport", "t" + n);
        record.put("lookback_hops", 2).put("integration_id", "integration " + n);
        record.putArray("regions").add("GLOBAL").add("DE").add("US");
        record.putArray("ip_restrictions").add("198.51.100.0/24").add("192.0.2.0/24");
        record.put("require_tls_inbound", n % 2 == 0).put("require_tls_outbound", false);
        return record.put("status", "active");
      }
      case "impersonation_registry" -> {
        record.put("name", "Person " + n).put("email", "p" + n + "@corp.example");
        record.put("is_email_regex", false).put("directory_id", n);
        record.put("provenance", "A1S_INTERNAL");
      }
      case "trusted_domains" -> {
        record.put("pattern", "t" + n + ".example").put("is_regex", false);
        record.put("is_recent", n % 2 == 0).put("is_similarity", n % 5 == 0);
      }
      default -> {
        String type = List.of("EMAIL", "DOMAIN", "IP").get(n % 3);
        String pattern =
            switch (n % 3) {
              case 0 -> "u" + n + "@mail.example";
              case 1 -> "b" + n + ".example";
              default -> "203." + (n >> 16) + "." + (n >> 8 & 255) + "." + (n & 255);
            };
        record.put("pattern", pattern).put("pattern_type", type).put("is_regex", false);
        if (resource.equals("allow_policies")) {
          record.put("is_trusted_sender", n % 2 == 0).put("is_exempt_recipient", false);
          record.put("is_acceptable_sender", n % 7 == 0).put("verify_sender", true);
        }
      }
    }
    return record.put("comments", comments);
  }

  private ObjectNode stamp(ObjectNode record) {
    int n = ids++;
    String time =
        String.format(
            Locale.ROOT,
            "2024-01-%02dT%02d:%02d:%02dZ",
            1 + n / 86_400,
            n / 3_600 % 24,
            n / 60 % 60,
            n % 60);
    return record.put("id", "id-" + n).put("created_at", time);
  }

  /** Changes one or two fields in what they mean. */
  private static Set<String> change(String resource, ObjectNode twin, int n) {
    Set<String> fields = new TreeSet<>();
    if (resource.equals(DOMAINS)) {
      twin.withArray("regions").remove(1);
      fields.add("regions");
    } else {
      twin.put("comments", n % 3 == 0 && n % 2 == 0 ? null : "other");
      fields.add("comments");
    }
    if (n % 2 == 1) {
      String flag =
          switch (resource) {
            case "allow_policies" -> "is_trusted_sender";
            case "trusted_domains" -> "is_similarity";
            case DOMAINS -> "require_tls_outbound";
            default -> "";
          };
      if (!flag.isEmpty()) {
        twin.put(flag, !twin.path(flag).booleanValue());
        fields.add(flag);
      }
    }
    return fields;
  }

  /** Says the same in another way. */
  private static ObjectNode respelled(String resource, ObjectNode twin, int n) {
    for (String key : Catalog.get(resource).key()) {
      String text = twin.path(key).stringValue();
      boolean address = twin.path("pattern_type").asString("").equals("IP");
      if (n % 4 == 0 && !key.equals("name") && !key.equals("pattern_type")) {
        twin.put(key, address ? text + "/32" : text.toUpperCase(Locale.ROOT));
      }
    }
    if (n % 5 == 0) {
      twin.properties().removeIf(member -> member.getValue().isNull());
    }
    if (n % 6 == 0) {
      List.copyOf(twin.properties()).stream()
          .filter(member -> member.getValue().isBoolean() && !member.getValue().booleanValue())
          .forEach(member -> twin.remove(member.getKey()));
    }
    if (n % 7 == 0 && twin.has("is_trusted_sender")) {
      twin.set("is_sender", twin.remove("is_trusted_sender"));
    }
    if (n % 9 == 0 && twin.has("provenance")) {
      twin.remove("provenance");
    }
    if (resource.equals(DOMAINS)) {
      reverse(twin.withArray("regions"));
      reverse(twin.withArray("ip_restrictions"));
      twin.put("folder", n % 2 == 0 ? "inbox" : "Inbox").put("integration_id", "elsewhere");
    } else if (twin.has("directory_id")) {
      twin.put("directory_id", -n);
    }
    return twin;
  }

  private static void reverse(ArrayNode array) {
    List<tools.jackson.databind.JsonNode> items = new ArrayList<>();
    array.forEach(items::add);
    array.removeAll();
    Collections.reverse(items);
    items.forEach(array::add);
  }

  private static String key(String resource, ObjectNode record) {
    List<String> parts = new ArrayList<>();
    Catalog.get(resource).key().forEach(field -> parts.add(record.path(field).stringValue()));
    return String.join(" ", parts);
  }
}
