package io.sluice.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.sluice.cli.ConsoleActions.button;
import static io.sluice.cli.ConsoleActions.plan;
import static io.sluice.cli.ConsoleActions.rows;
import static io.sluice.cli.ConsoleRig.LIST;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.sluice.Eventually;
import io.sluice.sandbox.Sandbox;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages of the console where something is large, foreign, used up, wrong or to be removed. */
@Tag("slow")
final class ConsolePagesIT {
  /** The changes of a plan, beside which there may be findings of lint. */
  private static final String CHANGES = "section[aria-labelledby='changes'] .changes > li";

  @RegisterExtension private static final ConsoleRig CONSOLE = new ConsoleRig("default");

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void deletesComeFirstAndTheServerFilters(Browser.Screen screen) throws Exception {
    CONSOLE.sandbox().account().seed(LIST, 52);
    Browser browser = CONSOLE.signedIn("large-plan", screen);
    Page page = browser.page();
    CONSOLE.choose(page, rows(3000));
    button(page, "Check the file").click();
    button(page, "Plan the import").click();
    page.getByLabel("Mirror").check();
    page.getByLabel("Refuse more deletes").fill("100%");
    button(page, "Make the plan").click();
    assertThat(button(page, Pattern.compile("^Create 3,000 records, delete 52 in"))).isVisible();
    assertThat(page.locator(CHANGES).first()).containsText("delete");
    assertThat(page.locator(CHANGES).first().locator("dl del").first()).isVisible();
    assertThat(page.getByText("Deletes 52 records of default: those that are not in the file."))
        .isVisible();
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
    assertThat(page.locator(CHANGES)).hasCount(1);
    assertThat(page.locator(CHANGES)).containsText("host2999.example");
    assertThat(page.locator(CHANGES + " dl ins").getByText("seen 2999")).isVisible();
    browser.look("found");
    int height = ((Number) page.evaluate("document.documentElement.scrollHeight")).intValue();
    assertThat(height).isLessThan(6000);
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void aFileOfAnotherEncodingWithoutAHeaderIsImportedWhole(Browser.Screen screen) throws Exception {
    Browser browser = CONSOLE.signedIn("foreign", screen);
    Page page = browser.page();
    String rows = "evil.example|Müller\nbad.example|Größe\n";
    CONSOLE.choose(page, rows, Charset.forName("windows-1252"));
    assertThat(page.getByLabel("Encoding")).hasValue("windows-1252");
    browser.look("detected");
    page.getByLabel("Delimiter").selectOption("|");
    assertThat(page.getByText("looks like data").first()).isVisible();
    page.getByLabel("Encoding").selectOption("ISO-8859-15");
    assertThat(page.getByText("Größe").first()).isVisible();
    page.getByLabel("Encoding").selectOption("UTF-16LE");
    assertThat(page.getByText("in windows-1252 this reads").first()).isVisible();
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
    Eventually.is(() -> CONSOLE.sandbox().account().count(LIST), made -> made == 2);
    assertThat(
            CONSOLE.sandbox().account().records(LIST).stream()
                .map(record -> record.path("comments").asString("")))
        .containsExactlyInAnyOrder("Müller", "Größe");
    // The encoding that does not fit is refused, which the browser notes.
    assertThat(browser.complaints()).allMatch(text -> text.contains("422"));
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void aUsedUpQuotaIsCalledThatAndCountsAreTheSameEverywhere(Browser.Screen screen)
      throws Exception {
    CONSOLE.replace("default", Sandbox.builder().quota(40, Duration.ofMinutes(5)));
    Browser browser = CONSOLE.signedIn("quota", screen);
    Page page = browser.page();
    CONSOLE.choose(page, rows(60));
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
    page.navigate(CONSOLE.address() + "/");
    assertThat(page.getByText(Pattern.compile("about [0-9]+\\smin.* left"))).isVisible();
    browser.look("card");
    page.navigate(CONSOLE.address() + "/accounts");
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
    page.navigate(CONSOLE.address() + "/");
    assertThat(page.locator(".card .legend")).hasText(counts);
    page.navigate(job);
    button(page, "Cancel").click();
    button(page, "Cancel the job").click();
    assertThat(page.getByText("Cancelled.").first()).isVisible();
    assertThat(page.locator(".legend")).hasText(counts);
    browser.look("cancelled");
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void failuresComeFirstWithWhatToDo(Browser.Screen screen) throws Exception {
    CONSOLE.sandbox().faults().reject("host7.example", 10021, "not this one");
    Browser browser = CONSOLE.signedIn("failures", screen);
    Page page = browser.page();
    CONSOLE.choose(page, rows(50));
    plan(page);
    button(page, Pattern.compile("^Create 50 records in")).click();
    assertThat(page.getByText("What went wrong")).isVisible();
    Locator rows =
        page.getByRole(
                AriaRole.TABLE, new Page.GetByRoleOptions().setName("Rows and what became of them"))
            .locator("tbody tr");
    assertThat(rows.first()).containsText("failed");
    assertThat(rows.first().locator("[data-label=Line]")).hasText("9");
    assertThat(page.locator(".failures")).containsText("Line 9, DOMAIN host7.example");
    assertThat(page.getByLabel("Outcome").locator("option"))
        .hasText(new String[] {"Any, failed rows first", "created (49)", "failed (1)"});
    button(page, "Later rows").click();
    assertThat(page.getByText("Page 2")).isVisible();
    assertThat(rows.first()).containsText("created");
    assertThat(rows.getByText("host7.example")).hasCount(0);
    button(page, "Earlier rows").click();
    assertThat(rows.first()).containsText("failed");
    List<String> headings = page.locator("main h2:not(.unseen)").allInnerTexts();
    assertThat(headings.get(0)).isEqualTo("What went wrong");
    assertThat(page.locator(".failures")).containsText("not this one");
    assertThat(page.locator(".failures")).containsText("Trying again does not help");
    assertThat(page.locator(".failures a[download]")).containsText("failed.csv");
    assertThat(button(page, Pattern.compile("^Retry"))).hasCount(0);
    browser.look("failures");
    page.navigate(CONSOLE.address() + "/jobs/none-such");
    assertThat(page.getByText("No such job")).isVisible();
    browser.look("no-job");
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void keysAreMadeAndRevoked(Browser.Screen screen) throws Exception {
    CONSOLE.freshService();
    Browser browser = CONSOLE.signedIn("keys", screen);
    Page page = browser.page();
    page.navigate(CONSOLE.address() + "/keys");
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
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})");
    page.getByText("Copy", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.getByText("select the key and copy it yourself")).isVisible();
    button(page, "I have copied it").click();
    assertThat(page.locator(".secret")).hasCount(0);
    Page other = CONSOLE.signedIn("keys-other", screen, key).page();
    other.navigate(CONSOLE.address() + "/keys");
    assertThat(other.getByText("yours")).isVisible();
    button(page, Pattern.compile("^Revoke")).click();
    button(page, "Revoke").last().click();
    assertThat(page.getByText("'night shift' is the only operator's key").first()).isVisible();
    browser.look("refused");
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void snapshotsAreDownloadedDeletedAndRestoredElsewhereOnlyOnPurpose(Browser.Screen screen)
      throws Exception {
    CONSOLE.accounts("first", "second");
    CONSOLE.sandbox().account().seed(LIST, 40);
    Browser browser = CONSOLE.signedIn("snapshots", screen);
    Page page = browser.page();
    backUp(page);
    page.navigate(CONSOLE.address() + "/snapshots");
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
    page.navigate(CONSOLE.address() + "/snapshots");
    button(page, "Delete").click();
    button(page, "Delete the snapshot").click();
    assertThat(page.getByText("this is the last good snapshot of the account for").last())
        .isVisible();
    browser.look("guarded");
    button(page, "Delete anyway").click();
    assertThat(page.getByText("No snapshots yet.")).isVisible();
  }

  private void backUp(Page page) {
    page.navigate(CONSOLE.address() + "/accounts");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Back up first")).click();
    button(page, "Back up").click();
    assertThat(page.getByText("The snapshot is complete.")).isVisible();
  }
}
