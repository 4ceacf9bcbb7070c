package io.sluice.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.sluice.cli.ConsoleActions.button;
import static io.sluice.cli.ConsoleActions.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.sluice.Eventually;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages of the console where something is large, foreign, used up, wrong or to be removed. */
@Tag("slow")
final class ConsolePagesIT {
  private static final String LIST = "block_senders";

  @TempDir private Path directory = Path.of("");
  private @Nullable Sandbox started;
  private @Nullable ServiceProcess serving;

  private void serve(Sandbox.Builder builder) throws Exception {
    Sandbox api = builder.start();
    started = api;
    SluiceProcess sluice = new SluiceProcess(directory).against(api);
    serving = ServiceProcess.start(sluice, "--data-dir", "data");
  }

  private Sandbox sandbox() {
    return Objects.requireNonNull(started);
  }

  private ServiceProcess service() {
    return Objects.requireNonNull(serving);
  }

  @AfterEach
  void stop() throws InterruptedException {
    assertThat(service().terminate()).isEqualTo(130);
    sandbox().close();
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void deletesComeFirstAndTheServerFilters(Browser.Screen screen) throws Exception {
    serve(Sandbox.builder());
    sandbox().account().seed(LIST, 52);
    try (Browser browser = signedIn("large-plan", screen)) {
      Page page = browser.page();
      choose(page, rows(3000), StandardCharsets.UTF_8);
      button(page, "Check the file").click();
      button(page, "Plan the import").click();
      page.getByLabel("Mirror").check();
      page.getByLabel("Refuse more deletes").fill("100%");
      button(page, "Make the plan").click();
      assertThat(button(page, Pattern.compile("^Create 3,000 records, delete 52 in"))).isVisible();
      assertThat(page.locator(".changes > li").first()).containsText("delete");
      browser.look("plan");
      Locator kind = page.locator("[aria-label='Which changes'] select").first();
      assertThat(kind.locator("option"))
          .hasText(new String[] {"All (3,052)", "delete (52)", "create (3,000)"});
      page.waitForRequest(
          Pattern.compile("/changes\\?action=delete"), () -> kind.selectOption("delete"));
      assertThat(page.getByText(Pattern.compile("shown of 52"))).isVisible();
      page.waitForRequest(
          Pattern.compile("key=host2999"),
          () -> {
            kind.selectOption("");
            page.getByLabel("Key contains").first().fill("host2999");
          });
      assertThat(page.locator(".changes > li")).hasCount(1);
      assertThat(page.locator(".changes > li")).containsText("host2999.example");
      browser.look("found");
      int height = ((Number) page.evaluate("document.documentElement.scrollHeight")).intValue();
      assertThat(height).isLessThan(6000);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void aFileOfAnotherEncodingWithoutAHeaderIsImportedWhole(Browser.Screen screen) throws Exception {
    serve(Sandbox.builder());
    try (Browser browser = signedIn("foreign", screen)) {
      Page page = browser.page();
      String rows = "evil.example|Müller\nbad.example|Größe\n";
      choose(page, rows, Charset.forName("windows-1252"));
      assertThat(page.getByLabel("Encoding")).hasValue("windows-1252");
      browser.look("detected");
      page.getByLabel("Delimiter").selectOption("|");
      assertThat(page.getByText("looks like data").first()).isVisible();
      page.getByLabel("Encoding").selectOption("ISO-8859-15");
      assertThat(page.getByText("Größe").first()).isVisible();
      page.getByLabel("Encoding").selectOption("UTF-16LE");
      assertThat(page.getByText("windows-1252 fits").first()).isVisible();
      page.getByLabel("Encoding").selectOption("windows-1252");
      button(page, "It is data").click();
      assertThat(page.getByLabel("Is the first row a header?")).hasValue("false");
      assertThat(page.getByText("Müller").first()).isVisible();
      browser.look("as-read");
      button(page, "Check the file").click();
      page.getByLabel("Field of column 1").selectOption("pattern");
      page.getByLabel("Field of column 2").selectOption("comments");
      assertThat(page.getByText("2 rows, all valid").first()).isVisible();
      button(page, "Plan the import").click();
      button(page, "Make the plan").click();
      button(page, Pattern.compile("^Create 2 records in")).click();
      Eventually.is(() -> sandbox().account().count(LIST), made -> made == 2);
      assertThat(
              sandbox().account().records(LIST).stream()
                  .map(record -> record.path("comments").asString("")))
          .containsExactlyInAnyOrder("Müller", "Größe");
      // The encoding that does not fit is refused, which the browser notes.
      assertThat(browser.complaints()).allMatch(text -> text.contains("422"));
    }
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void aUsedUpQuotaIsCalledThatAndCountsAreTheSameEverywhere(Browser.Screen screen)
      throws Exception {
    serve(Sandbox.builder().quota(40, Duration.ofMinutes(5)));
    try (Browser browser = signedIn("quota", screen)) {
      Page page = browser.page();
      choose(page, rows(60), StandardCharsets.UTF_8);
      button(page, "Check the file").click();
      button(page, "Plan the import").click();
      page.getByText("Guards and requests").click();
      page.getByLabel("Requests").selectOption("rows");
      button(page, "Make the plan").click();
      button(page, Pattern.compile("^Create 60 records in")).click();
      assertThat(page.getByText(Pattern.compile("Waiting for quota")).first()).isVisible();
      Locator left = page.getByText(Pattern.compile("about [0-9]+\\smin.* left"));
      assertThat(left).isVisible();
      browser.look("waiting");
      String job = page.url();
      page.navigate(service().address() + "/");
      assertThat(page.getByText(Pattern.compile("about [0-9]+\\smin.* left"))).isVisible();
      browser.look("card");
      page.navigate(service().address() + "/accounts");
      assertThat(page.getByText("quota used up").first()).isVisible();
      assertThat(page.getByText(Pattern.compile("Free again in"))).isVisible();
      assertThat(page.getByText("not reachable")).hasCount(0);
      browser.look("accounts");

      page.navigate(job);
      button(page, "Pause").click();
      assertThat(page.getByText("Paused.").first()).isVisible();
      String counts = page.locator(".legend").innerText().replaceAll("\\s+", " ").strip();
      assertThat(counts).contains("created");
      browser.look("paused");
      page.navigate(service().address() + "/");
      assertThat(page.locator(".card .legend")).hasText(counts);
      page.navigate(job);
      button(page, "Cancel").click();
      button(page, "Cancel the job").click();
      assertThat(page.getByText("Cancelled.").first()).isVisible();
      assertThat(page.locator(".legend")).hasText(counts);
      browser.look("cancelled");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void failuresComeFirstWithWhatToDo(Browser.Screen screen) throws Exception {
    serve(Sandbox.builder());
    sandbox().faults().reject("host7.example", 10021, "not this one");
    try (Browser browser = signedIn("failures", screen)) {
      Page page = browser.page();
      choose(page, rows(50), StandardCharsets.UTF_8);
      button(page, "Check the file").click();
      button(page, "Plan the import").click();
      button(page, "Make the plan").click();
      button(page, Pattern.compile("^Create 50 records in")).click();
      assertThat(page.getByText("What went wrong")).isVisible();
      List<String> headings = page.locator("main h2:not(.unseen)").allInnerTexts();
      assertThat(headings.get(0)).isEqualTo("What went wrong");
      assertThat(page.locator(".failures")).containsText("not this one");
      assertThat(page.locator(".failures")).containsText("Trying again does not help");
      assertThat(page.locator(".failures a[download]")).containsText("failed.csv");
      assertThat(button(page, Pattern.compile("^Retry"))).hasCount(0);
      browser.look("failures");
      page.navigate(service().address() + "/jobs/none-such");
      assertThat(page.getByText("No such job")).isVisible();
      browser.look("no-job");
    }
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void keysAreMadeAndRevoked(Browser.Screen screen) throws Exception {
    serve(Sandbox.builder());
    try (Browser browser = signedIn("keys", screen)) {
      Page page = browser.page();
      page.navigate(service().address() + "/keys");
      assertThat(page.getByText("There is no permanent operator key.")).isVisible();
      browser.look("none");
      button(page, "Make a key").first().click();
      page.getByLabel("Name").fill("night shift");
      page.getByLabel("Role").selectOption("operator");
      browser.look("form");
      button(page, "Make the key").click();
      String key = page.locator(".secret").innerText();
      assertThat(page.getByText("There is no permanent operator key.")).isHidden();
      browser.look("made");
      button(page, "I have copied it").click();
      assertThat(page.locator(".secret")).hasCount(0);
      try (Browser other = Browser.signedIn("keys-other", screen, service().address(), key)) {
        other.page().navigate(service().address() + "/keys");
        assertThat(other.page().getByText("yours")).isVisible();
        button(page, Pattern.compile("^Revoke")).click();
        button(page, "Revoke").last().click();
        assertThat(page.getByText("'night shift' is the only operator's key").first()).isVisible();
        browser.look("refused");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void snapshotsAreDownloadedDeletedAndRestoredElsewhereOnlyOnPurpose(Browser.Screen screen)
      throws Exception {
    started = Sandbox.builder().account("one").start();
    Sandbox second = Sandbox.builder().account("other").seed(2).start();
    Files.write(
        directory.resolve("profiles.yaml"),
        List.of(
            "profiles:",
            "  first: {account: one, token: env:ONE, base-url: '" + sandbox().baseUrl() + "'}",
            "  second: {account: other, token: env:OTHER, base-url: '" + second.baseUrl() + "'}"));
    SluiceProcess sluice =
        new SluiceProcess(directory).with("ONE", sandbox().token()).with("OTHER", second.token());
    serving = ServiceProcess.start(sluice, "--data-dir", "data", "--config", "profiles.yaml");
    sandbox().account().seed(LIST, 40);
    try (Browser browser = signedIn("snapshots", screen)) {
      Page page = browser.page();
      backUp(page);
      page.navigate(service().address() + "/snapshots");
      page.locator("main details summary").first().click();
      Download zip = page.waitForDownload(() -> page.getByText("All as one zip").first().click());
      try (ZipFile file = new ZipFile(Objects.requireNonNull(zip.path()).toFile())) {
        assertThat(file.stream().map(ZipEntry::getName)).contains("manifest.json");
        assertThat(file.size()).isGreaterThan(2);
      }
      button(page, "Restore").click();
      page.getByLabel("Into the account").selectOption("second");
      assertThat(page.getByText("This is another account.")).isVisible();
      assertThat(button(page, "Rehearse the restore")).isDisabled();
      browser.look("other-account");
      page.getByLabel("Yes, from first into second").check();
      button(page, "Rehearse the restore").click();
      assertThat(page.locator("h1")).containsText("into second");
      assertThat(page.locator("h1")).containsText("of first of 20");
      assertThat(button(page, Pattern.compile("^Create 40 records in second"))).isVisible();
      browser.look("rehearsed");
      page.navigate(service().address() + "/snapshots");
      button(page, "Delete").click();
      button(page, "Delete the snapshot").click();
      assertThat(page.getByText("this is the last good snapshot of the account for").last())
          .isVisible();
      browser.look("guarded");
      button(page, "Delete anyway").click();
      assertThat(page.getByText("No snapshots yet.")).isVisible();
    }
    second.close();
  }

  private void backUp(Page page) {
    page.navigate(service().address() + "/accounts");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Back up first")).click();
    button(page, "Back up").click();
    assertThat(page.getByText("The snapshot is complete.")).isVisible();
  }

  private Browser signedIn(String name, Browser.Screen screen) {
    return Browser.signedIn(name, screen, service().address(), service().key());
  }

  private void choose(Page page, String rows, Charset encoding) throws IOException {
    ConsoleActions.choose(page, service().address(), directory.resolve("rows.csv"), rows, encoding);
  }
}
