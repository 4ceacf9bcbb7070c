package io.sluice.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages of the console where snapshots are damaged or accounts are many. */
@Tag("slow")
final class ConsoleTroubleIT {
  private static final String LONG_NAME = "account-whose-name-is-long-1";

  @RegisterExtension private static final ConsoleRig CONSOLE = new ConsoleRig("default");

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void damagedSnapshotsAndThoseOfTheFutureAreSeenAsSuch(Browser.Screen screen) throws Exception {
    CONSOLE.accounts(LONG_NAME);
    String id = backup();
    Path account = CONSOLE.snapshots().resolve(id.substring(0, id.indexOf('~')));
    for (int day = 1; day <= 5; day++) {
      Files.createDirectory(account.resolve("2026-01-0" + day + "T030405Z"));
    }
    postdate(account.resolve(id.substring(id.indexOf('~') + 1)));

    Browser browser = CONSOLE.signedIn("damaged", screen);
    Page page = browser.page();
    page.navigate(CONSOLE.address() + "/snapshots");
    Locator notice = page.locator(".notice.warn");
    assertThat(notice).hasCount(1);
    assertThat(notice).containsText("5 snapshots cannot be read, and are not in this list.");
    notice.getByText("Which, and why").click();
    assertThat(notice.getByRole(AriaRole.LISTITEM)).hasCount(5);
    assertThat(notice).containsText("it holds no manifest.json");
    assertThat(page.locator("table")).containsText("in the future");
    browser.look("snapshots");
    assertThat(browser.complaints()).isEmpty();
    for (int day = 1; day <= 5; day++) {
      Files.delete(account.resolve("2026-01-0" + day + "T030405Z"));
    }
  }

  @Test
  void manySnapshotsAreShownPageByPageAndByAccount() throws Exception {
    CONSOLE.accounts(LONG_NAME);
    String id = backup();
    Path account = CONSOLE.snapshots().resolve(id.substring(0, id.indexOf('~')));
    Path taken = account.resolve(id.substring(id.indexOf('~') + 1));
    List<Path> copies = new ArrayList<>();
    for (int day = 1; day <= 14; day++) {
      Path copy = account.resolve(String.format(Locale.ROOT, "2026-01-%02dT030405Z", day));
      copies.add(Files.createDirectory(copy));
      Files.copy(taken.resolve("manifest.json"), copy.resolve("manifest.json"));
    }
    Path empty = Files.createDirectory(CONSOLE.snapshots().resolve("empty"));

    Browser browser = CONSOLE.signedIn("many-snapshots", Browser.Screen.PHONE);
    Page page = browser.page();
    page.navigate(CONSOLE.address() + "/snapshots");
    assertThat(page.locator("tbody tr")).hasCount(10);
    assertThat(page.getByText("The newest 10 are shown.")).isVisible();
    page.getByText("Show more").click();
    assertThat(page.locator("tbody tr")).hasCount(15);
    assertThat(page.getByText("Show more")).hasCount(0);
    page.locator(".filters select").selectOption("empty");
    assertThat(page.getByText("No snapshots of this account.")).isVisible();
    page.locator(".filters select").selectOption("");
    assertThat(page.locator("tbody tr")).hasCount(10);
    assertThat(browser.complaints()).isEmpty();

    Files.delete(empty);
    for (Path copy : copies) {
      Files.delete(copy.resolve("manifest.json"));
      Files.delete(copy);
    }
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void namesOfFieldsAreReadableBesideLongValues(Browser.Screen screen) {
    String rows = "pattern,comments\nlong.example," + "x".repeat(250) + "\n";
    String upload = CONSOLE.jobs().upload("rows.csv", rows);
    String job = CONSOLE.jobs().imported("default", upload, "{\"dry_run\":true}");
    CONSOLE.jobs().awaitEnd(job);
    Browser browser = CONSOLE.signedIn("long-values", screen);
    Page page = browser.page();
    page.navigate(CONSOLE.address() + "/jobs/" + job);
    Locator names = page.locator(".fields dt");
    assertThat(names.filter(new Locator.FilterOptions().setHasText("comments"))).isVisible();
    Object highest =
        names.evaluateAll(
            """
            names => Math.max(...names.map(name => {
              const text = document.createRange();
              text.selectNodeContents(name);
              return text.getBoundingClientRect().height;
            }))""");
    assertThat(((Number) highest).doubleValue()).isBetween(10.0, 30.0);
    browser.look("changes");
  }

  private static String backup() {
    String job = CONSOLE.jobs().submit("{\"kind\":\"export\",\"profile\":\"" + LONG_NAME + "\"}");
    return CONSOLE.jobs().awaitEnd(job).at("/summary/snapshot").asString();
  }

  private static void postdate(Path snapshot) throws IOException {
    Path manifest = snapshot.resolve("manifest.json");
    String later = Instant.now().plus(Duration.ofDays(2)).toString();
    String text = Files.readString(manifest);
    Files.writeString(
        manifest, text.replaceFirst("(\"finished_at\"\\s*:\\s*\")[^\"]*", "$1" + later));
  }

  @Test
  void manyAccountsAreLookedAtInTurn() throws Exception {
    CONSOLE.accounts(IntStream.range(0, 9).mapToObj(i -> "account" + i).toArray(String[]::new));
    Page page = CONSOLE.signedIn("many", Browser.Screen.DESKTOP).page();
    List<String> asked = new ArrayList<>();
    page.onRequest(
        request -> {
          if (request.url().endsWith("/status")) {
            asked.add(request.url());
          }
        });
    AtomicInteger under = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    page.onRequest(
        request -> {
          if (request.url().endsWith("/status")) {
            most.accumulateAndGet(under.incrementAndGet(), Math::max);
          }
        });
    page.onRequestFinished(
        request -> {
          if (request.url().endsWith("/status")) {
            under.decrementAndGet();
          }
        });
    page.clock().install();
    page.navigate(CONSOLE.address() + "/accounts");
    assertThat(page.locator(".mark.good")).hasCount(9);
    assertThat(asked).hasSize(9);
    assertThat(most.get()).describedAs("asked at once").isLessThan(6);
    asked.clear();
    for (int turn = 1; turn <= 3; turn++) {
      int enough = 4 * turn;
      page.clock().runFor(30_000);
      page.waitForCondition(() -> asked.size() >= enough);
      assertThat(asked).hasSize(enough);
    }
    assertThat(asked.stream().distinct()).hasSize(9);
  }
}
