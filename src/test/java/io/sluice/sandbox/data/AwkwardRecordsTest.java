package io.sluice.sandbox.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.sandbox.Caller;
import io.sluice.sandbox.Sandbox;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AwkwardRecordsTest {
  static List<Resource> resources() {
    return Catalog.resources();
  }

  @ParameterizedTest
  @MethodSource("resources")
  void thereAreSomeDozensOfEachAndTheyFollowFromTheSeed(Resource resource) {
    List<String> once = awkward(resource, 5);
    assertThat(once).hasSizeBetween(25, 70).doesNotHaveDuplicates();
    assertThat(awkward(resource, 5)).isEqualTo(once);
    assertThat(awkward(resource, 6)).isNotEqualTo(once);
  }

  @ParameterizedTest
  @MethodSource("resources")
  void theyAreServedByteForByte(Resource resource) {
    try (Sandbox sandbox = Sandbox.builder().awkward(true).start()) {
      String page = Caller.of(sandbox).get(resource.name() + "?per_page=1000").body();
      for (byte[] raw : sandbox.account().raw(resource.name())) {
        assertThat(page).contains(new String(raw, UTF_8));
      }
      for (var record : sandbox.account().records(resource.name())) {
        String id = record.path("id").asString();
        assertThat(Caller.of(sandbox).get(resource.name() + "/" + id).result()).isEqualTo(record);
      }
    }
  }

  @Test
  void amongThemIsWhatClientsTripOver() {
    String all = String.join("\n", awkward(Catalog.get("allow_policies"), 1));
    assertThat(all)
        .contains("\\u005a", "</script>", "=1+1", "1e400", "12345678901234567890.10")
        .contains(
            "\"UNKNOWN\"", "\"is_spoof\":true", "\"id\":4711", "\\\\N", "B\u00fccher.example");
    assertThat(String.join("\n", awkward(Catalog.get("impersonation_registry"), 1)))
        .contains("SNOOPY-GOOGLE_DIRECTORY");
    assertThat(String.join("\n", awkward(Catalog.get("domains"), 1)))
        .contains("NEW;MODE", "\"lookback_hops\":0", "\"require_tls_inbound\":null", "PENDING");
  }

  private static List<String> awkward(Resource resource, long seed) {
    try (Sandbox sandbox = Sandbox.builder().seed(seed).start()) {
      sandbox.account().seedAwkward(resource.name());
      return sandbox.account().raw(resource.name()).stream()
          .map(raw -> new String(raw, UTF_8))
          .toList();
    }
  }
}
