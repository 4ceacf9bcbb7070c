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
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody who has never seen Sluice does in its console. */
@Tag("slow")
final class ConsoleIT {
  @RegisterExtension private static final ConsoleRig CONSOLE = new ConsoleRig("default");

  @BeforeEach
  void seed() {
    CONSOLE.sandbox().account().seed(LIST, 40);
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void aFileIsImported(Browser.Screen screen) throws Exception {
    CONSOLE.freshService();
    Browser browser = CONSOLE.signedIn("import", screen);
    Page page = browser.page();
    browser.look("empty");
    CONSOLE.choose(page, rows(300));
    browser.look("file");
    assertOneWayForward(page, "Check the file");
    button(page, "Check the file").click();
    assertThat(button(page, "Plan the import")).isEnabled();
    browser.look("check");
    assertOneWayForward(page, "Plan the import");
    button(page, "Plan the import").click();
    assertOneWayForward(page, "Make the plan");
    button(page, "Make the plan").click();
    Locator run = button(page, Pattern.compile("^Create 300 records in"));
    assertThat(run).isVisible();
    assertThat(page.getByText("Takes 2 requests: 1 to write, 1 to read;")).isVisible();
    browser.look("plan");
    run.click();
    assertThat(page).hasURL(Pattern.compile("/jobs/[^/]+$"));
    assertThat(page.getByText("300 created").first()).isVisible();
    assertThat(fact(page, "Requests")).hasText("2");
    browser.look("done");
    assertThat(CONSOLE.sandbox().account().count(LIST)).isEqualTo(340);
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void whatIsWrongWithAFileIsShownAsText(Browser.Screen screen) throws IOException {
    Browser browser = CONSOLE.signedIn("faults", screen);
    Page page = browser.page();
    CONSOLE.choose(
        page,
        """
        pattern,comments
        good.example,<img src=x onerror=alert(1)>
        <script>alert(1)</script>,x
        10.0.0.1,private
        """);
    button(page, "Check the file").click();
    assertThat(page.getByText("private address").first()).isVisible();
    browser.look("faults");
    assertThat(page.locator("main script, main img")).hasCount(0);
    assertThat(button(page, "Plan the import")).isDisabled();
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void eachRewritingIsShownBeforeItCounts(Browser.Screen screen) throws IOException {
    Browser browser = CONSOLE.signedIn("rewriting", screen);
    Page page = browser.page();
    CONSOLE.choose(
        page,
        """
        pattern,comments
        evil[.]example,<b>report</b>
        hxxps://bad[.]example/login?x=1,
        198.51.100.7-198.51.100.9,
        plain.example,
        """);
    button(page, "Check the file").click();
    assertThat(page.getByText("3 of 4 rows invalid").first()).isVisible();
    page.getByText("is a defanged text").first().click();
    assertThat(page.getByText("it becomes evil.example").first()).isVisible();
    browser.look("offered");
    page.getByLabel(Pattern.compile("Rewrite indicators")).check();
    assertThat(page.getByText("4 rows, all valid. 3 rows are rewritten.").first()).isVisible();
    Locator table =
        page.getByRole(
            AriaRole.TABLE, new Page.GetByRoleOptions().setName("Patterns that are rewritten"));
    assertThat(table).containsText("evil[.]example");
    assertThat(table).containsText("198.51.100.7, 198.51.100.8/31");
    browser.look("rewritten");
    button(page, "Plan the import").click();
    button(page, "Make the plan").click();
    button(page, Pattern.compile("^Create 5 records in")).click();
    assertThat(page).hasURL(Pattern.compile("/jobs/[^/]+$"));
    assertThat(page.getByText("4 created").first()).isVisible();
    browser.look("done");
    assertThat(CONSOLE.sandbox().account().count(LIST)).isEqualTo(45);
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void rowsThatFailedCanBeDownloaded(Browser.Screen screen) throws IOException {
    CONSOLE.sandbox().faults().reject("host7.example", 10021, "not this one");
    Browser browser = CONSOLE.signedIn("failing", screen);
    Page page = browser.page();
    CONSOLE.choose(page, rows(50));
    plan(page);
    button(page, Pattern.compile("^Create 50 records in")).click();
    assertThat(page).hasURL(Pattern.compile("/jobs/[^/]+$"));
    assertThat(page.getByText("not this one").first()).isVisible();
    browser.look("failed");
    Download download =
        page.waitForDownload(
            () ->
                page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName(Pattern.compile("failed\\.csv")))
                    .first()
                    .click());
    assertThat(Files.readString(download.path())).contains("host7.example", "not this one");
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void aBackupIsScheduledTakenComparedAndRestored(Browser.Screen screen) {
    Browser browser = CONSOLE.signedIn("backup", screen);
    Page page = browser.page();
    page.navigate(CONSOLE.address() + "/schedules");
    button(page, "New schedule").first().click();
    page.getByLabel("Name").fill("nightly");
    browser.look("schedule-form");
    button(page, "Create schedule").click();
    assertThat(page.getByText("nightly").first()).isVisible();
    browser.look("schedules");
    button(page, "Run now").click();
    assertThat(page.getByText("The snapshot is complete.")).isVisible();
    browser.look("backed-up");

    CONSOLE
        .sandbox()
        .account()
        .remove(LIST, CONSOLE.sandbox().account().records(LIST).get(3).path("id").asString());
    page.navigate(CONSOLE.address() + "/schedules");
    button(page, "Run now").click();
    assertThat(page.getByText("The snapshot is complete.")).isVisible();
    page.navigate(CONSOLE.address() + "/snapshots");
    assertThat(button(page, "Restore")).hasCount(2);
    button(page, "Verify").last().click();
    Locator ticks = page.getByRole(AriaRole.MAIN).getByRole(AriaRole.CHECKBOX);
    ticks.nth(0).check();
    ticks.nth(1).check();
    browser.look("snapshots");
    button(page, "Compare the two ticked").click();
    assertThat(page.getByText("In numbers")).isVisible();
    assertThat(rowsOf(page, "Differences by kind of records")).hasCount(1);
    assertThat(page.getByText(Pattern.compile("^No records on either side: .*domains")))
        .isVisible();
    browser.look("comparison");

    page.navigate(CONSOLE.address() + "/snapshots");
    button(page, "Restore").last().click();
    button(page, "Rehearse the restore").click();
    Locator restore = button(page, Pattern.compile("^Create 1 record in"));
    assertThat(restore).isVisible();
    assertThat(rowsOf(page, "The plan by kind of records")).hasCount(1);
    assertThat(page.getByText(Pattern.compile("^Nothing to do for .*domains"))).isVisible();
    assertThat(page.locator(".figure")).hasCount(3);
    browser.look("restore-plan");
    String rehearsal = page.url();
    restore.click();
    button(page, "Run it").click();
    assertThat(page).not().hasURL(rehearsal);
    assertThat(page.getByText("Finished").first()).isVisible();
    browser.look("restored");
    assertThat(CONSOLE.sandbox().account().count(LIST)).isEqualTo(40);
    page.navigate(CONSOLE.address() + "/accounts");
    assertThat(page.getByText("default").first()).isVisible();
    browser.look("accounts");
    page.navigate(CONSOLE.address() + "/jobs");
    Locator exact = page.locator("main time .at").first();
    assertThat(exact).containsText(Pattern.compile("\\d+ \\w+ \\d{4}, \\d\\d:\\d\\d UTC"));
    assertThat(exact).isVisible(new IsVisibleOptions().setVisible(screen == Browser.Screen.PHONE));
    browser.look("jobs");
    assertThat(browser.complaints()).isEmpty();
  }

  /** That button is the only one that stands out, and no other leads on. */
  private static void assertOneWayForward(Page page, String label) {
    assertThat(page.locator("main button.primary")).hasText(new String[] {label});
    assertThat(button(page, Pattern.compile("^Go on"))).hasCount(0);
  }

  private static Locator rowsOf(Page page, String table) {
    return page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName(table))
        .locator("tbody tr");
  }

  /** What stands beside that name among the facts of a job. */
  private static Locator fact(Page page, String name) {
    return page.locator("dl.facts > div")
        .filter(new Locator.FilterOptions().setHas(page.getByText(name)))
        .locator("dd");
  }
}
