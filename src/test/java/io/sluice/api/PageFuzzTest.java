package io.sluice.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.sluice.api.PageComparison.End;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.hash.Hash64;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Damaged pages of every kind of records, read by the parser and by Jackson: never another record,
 * bound, id or count, and what one refuses the other refuses, except that broken UTF-8 is refused
 * by the parser alone. Mutant n is that of seed n, so that one which differs can be had again.
 */
final class PageFuzzTest {
  private static final long FIRST_SEED = 20_261_129_000_000L;
  private static final int QUICK = 20_000;
  private static final int MANY = 1_500_000;

  private static final List<byte[]> PAGES = new ArrayList<>();

  @BeforeAll
  static void pages() throws IOException, InterruptedException {
    try (Sandbox sandbox = Sandbox.builder().start()) {
      for (Resource resource : Catalog.resources()) {
        sandbox.account().seed(resource.name(), 3);
        PAGES.add(page(sandbox, resource));
      }
    }
    for (int seed = 0; seed < 12; seed++) {
      RandomJson random = new RandomJson(seed);
      String page =
          "{\"success\":true,\"errors\":[],\"messages\":[{\"code\":1,\"message\":\"m\"}],\"result\":["
              + random.record()
              + ","
              + random.record()
              + "],\"result_info\":{\"count\":2,\"page\":1,\"per_page\":20,\"total_count\":2}}";
      PAGES.add(random.spread(page).getBytes(UTF_8));
    }
  }

  private static byte[] page(Sandbox sandbox, Resource resource)
      throws IOException, InterruptedException {
    String path = "/accounts/" + ApiRig.ACCOUNT + "/email-security/settings/" + resource.name();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path + "?per_page=4&page=1"))
            .header("Authorization", "Bearer " + sandbox.token())
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray()).body();
  }

  @Test
  void everyPageIsTakenBeforeItIsDamaged() {
    assertThat(PAGES).allMatch(page -> PageComparison.of(page) == End.BOTH_TAKE);
    assertThat(PAGES.stream().map(page -> parse(page).count())).allMatch(count -> count > 0);
  }

  private static Page parse(byte[] page) {
    return PageParser.parse(page.clone(), page.length, 1, 4, Hash64.keyed(1));
  }

  @Test
  void twentyThousandMutantsAreReadAsJacksonReadsThem() {
    compare(QUICK);
  }

  /** Of what a listing's counts may look like; every other page is damaged besides. */
  @Test
  void countsAreReadAsJacksonReadsThem() {
    Map<End, Integer> ends = new EnumMap<>(End.class);
    for (long seed = FIRST_SEED; seed < FIRST_SEED + QUICK; seed++) {
      byte[] page = RandomCounts.page(seed);
      byte[] given = seed % 2 == 0 ? page : new PageMutants(List.of(page)).mutant(seed);
      try {
        ends.merge(PageComparison.of(given), 1, Integer::sum);
      } catch (AssertionError | RuntimeException different) {
        fail("counts of seed " + seed, different);
      }
    }
    assertThat(ends.get(End.BOTH_TAKE)).isGreaterThan(QUICK / 4);
    assertThat(ends.get(End.BOTH_REFUSE)).isGreaterThan(QUICK / 8);
  }

  @Tag("slow")
  @Test
  void aMillionAndAHalfMutantsAreReadAsJacksonReadsThem() {
    compare(MANY);
  }

  /** Cutting a page at every byte, and repeating or leaving out every single byte. */
  @Test
  void pagesDamagedAtEveryByteAreReadAsJacksonReadsThem() {
    for (byte[] page : PAGES) {
      for (int i = 0; i < page.length; i++) {
        boolean whole = new String(page, i, page.length - i, UTF_8).isBlank();
        assertThat(PageComparison.of(Arrays.copyOf(page, i)))
            .isEqualTo(whole ? End.BOTH_TAKE : End.BOTH_REFUSE);
        PageComparison.of(without(page, i));
        for (byte put : new byte[] {' ', '"', '\\', ',', 0, (byte) 0xC3}) {
          PageComparison.of(with(page, i, put));
        }
      }
    }
  }

  private static byte[] without(byte[] page, int at) {
    byte[] shorter = Arrays.copyOf(page, page.length - 1);
    System.arraycopy(page, at + 1, shorter, at, shorter.length - at);
    return shorter;
  }

  private static byte[] with(byte[] page, int at, byte put) {
    byte[] longer = Arrays.copyOf(page, page.length + 1);
    System.arraycopy(page, at, longer, at + 1, page.length - at);
    longer[at] = put;
    return longer;
  }

  private static void compare(int count) {
    PageMutants mutants = new PageMutants(PAGES);
    Map<End, Integer> ends = new EnumMap<>(End.class);
    for (long seed = FIRST_SEED; seed < FIRST_SEED + count; seed++) {
      byte[] mutant = mutants.mutant(seed);
      try {
        ends.merge(PageComparison.of(mutant), 1, Integer::sum);
      } catch (AssertionError | RuntimeException different) {
        fail("mutant of seed " + seed, different);
      }
    }
    System.out.printf(
        "%d mutants of %d pages, seeds from %d: %s%n", count, PAGES.size(), FIRST_SEED, ends);
    // Enough of each, so that the comparison means something.
    assertThat(ends.get(End.BOTH_TAKE)).isGreaterThan(count / 10);
    assertThat(ends.get(End.BOTH_REFUSE)).isGreaterThan(count / 10);
    assertThat(ends.get(End.REFUSED_FOR_ENCODING)).isGreaterThan(count / 200);
  }
}
