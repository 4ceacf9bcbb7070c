package io.sluice.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.sluice.cli.ConsoleActions.button;
import static io.sluice.cli.ConsoleActions.choose;
import static io.sluice.cli.ConsoleActions.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody who has never seen Sluice does in its console. */
@Tag("slow")
final class ConsoleIT {
  private static final String LIST = "block_senders";

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();
  private ServiceProcess service;
  private String url = "";

  @BeforeEach
  void serve() throws Exception {
    sandbox.account().seed(LIST, 40);
    SluiceProcess sluice = new SluiceProcess(directory).against(sandbox);
    service = ServiceProcess.start(sluice, "--data-dir", "data");
    url = service.address() + "/";
  }

  @AfterEach
  void stop() throws InterruptedException {
    assertThat(service.terminate()).isEqualTo(130);
    sandbox.close();
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void aFileIsImported(Browser.Screen screen) throws IOException {
    try (Browser browser = signedIn("import", screen)) {
      Page page = browser.page();
      browser.look("empty");
      choose(
          page,
          service.address(),
          directory.resolve("rows.csv"),
          rows(300),
          StandardCharsets.UTF_8);
      browser.look("file");
      button(page, "Check the file").click();
      assertThat(button(page, "Plan the import")).isEnabled();
      browser.look("check");
      button(page, "Plan the import").click();
      button(page, "Make the plan").click();
      Locator run = button(page, Pattern.compile("^Create 300 records in"));
      assertThat(run).isVisible();
      browser.look("plan");
      run.click();
      assertThat(page).hasURL(Pattern.compile("/jobs/[^/]+$"));
      assertThat(page.getByText("300 created").first()).isVisible();
      browser.look("done");
      assertThat(sandbox.account().count(LIST)).isEqualTo(340);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void whatIsWrongWithAFileIsShownAsText(Browser.Screen screen) throws IOException {
    try (Browser browser = signedIn("faults", screen)) {
      Page page = browser.page();
      choose(
          page,
          service.address(),
          directory.resolve("rows.csv"),
          """
          pattern,comments
          good.example,<img src=x onerror=alert(1)>
          <script>alert(1)</script>,x
          10.0.0.1,private
          """,
          StandardCharsets.UTF_8);
      button(page, "Check the file").click();
      assertThat(page.getByText("private address").first()).isVisible();
      browser.look("faults");
      assertThat(page.locator("main script, main img")).hasCount(0);
      assertThat(button(page, "Plan the import")).isDisabled();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void eachRewritingIsShownBeforeItCounts(Browser.Screen screen) throws IOException {
    try (Browser browser = signedIn("rewriting", screen)) {
      Page page = browser.page();
      choose(
          page,
          service.address(),
          directory.resolve("rows.csv"),
          """
          pattern,comments
          evil[.]example,<b>report</b>
          hxxps://bad[.]example/login?x=1,
          198.51.100.7-198.51.100.9,
          plain.example,
          """,
          StandardCharsets.UTF_8);
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
      assertThat(sandbox.account().count(LIST)).isEqualTo(45);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void rowsThatFailedCanBeDownloaded(Browser.Screen screen) throws IOException {
    sandbox.faults().reject("host7.example", 10021, "not this one");
    try (Browser browser = signedIn("failing", screen)) {
      Page page = browser.page();
      choose(
          page, service.address(), directory.resolve("rows.csv"), rows(50), StandardCharsets.UTF_8);
      button(page, "Check the file").click();
      button(page, "Plan the import").click();
      button(page, "Make the plan").click();
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
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void aBackupIsScheduledTakenComparedAndRestored(Browser.Screen screen) {
    try (Browser browser = signedIn("backup", screen)) {
      Page page = browser.page();
      page.navigate(url + "schedules");
      button(page, "New schedule").first().click();
      page.getByLabel("Name").fill("nightly");
      browser.look("schedule-form");
      button(page, "Create schedule").click();
      assertThat(page.getByText("nightly").first()).isVisible();
      browser.look("schedules");
      button(page, "Run now").click();
      assertThat(page.getByText("The snapshot is complete.")).isVisible();
      browser.look("backed-up");

      sandbox.account().remove(LIST, sandbox.account().records(LIST).get(3).path("id").asString());
      page.navigate(url + "schedules");
      button(page, "Run now").click();
      assertThat(page.getByText("The snapshot is complete.")).isVisible();
      page.navigate(url + "snapshots");
      assertThat(button(page, "Restore")).hasCount(2);
      button(page, "Verify").last().click();
      Locator ticks = page.getByRole(AriaRole.MAIN).getByRole(AriaRole.CHECKBOX);
      ticks.nth(0).check();
      ticks.nth(1).check();
      browser.look("snapshots");
      button(page, "Compare the two ticked").click();
      assertThat(page.getByText("In numbers")).isVisible();
      browser.look("comparison");

      page.navigate(url + "snapshots");
      button(page, "Restore").last().click();
      button(page, "Rehearse the restore").click();
      Locator restore = button(page, Pattern.compile("^Create 1 record in"));
      assertThat(restore).isVisible();
      browser.look("restore-plan");
      String rehearsal = page.url();
      restore.click();
      button(page, "Run it").click();
      assertThat(page).not().hasURL(rehearsal);
      assertThat(page.getByText("Finished").first()).isVisible();
      browser.look("restored");
      assertThat(sandbox.account().count(LIST)).isEqualTo(40);
      page.navigate(url + "accounts");
      assertThat(page.getByText("default").first()).isVisible();
      browser.look("accounts");
      page.navigate(url + "jobs");
      browser.look("jobs");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private Browser signedIn(String name, Browser.Screen screen) {
    return Browser.signedIn(name, screen, service.address(), service.key());
  }
}
