package io.sluice.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.sluice.cli.ConsoleActions.button;
import static io.sluice.cli.ConsoleRig.LIST;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import io.sluice.server.JobClient;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dialogs of the console by the keyboard alone: what is shown in them is what is sent. */
@Tag("slow")
final class ConsoleDialogsIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int KEYS = 40;
  private static final String WITHIN =
      "() => document.activeElement === document.body"
          + " || document.querySelector('dialog[open]').contains(document.activeElement)";
  private static final String LABEL =
      "() => document.activeElement.matches('dialog button')"
          + " ? document.activeElement.textContent.trim() : ''";

  @RegisterExtension private static final ConsoleRig CONSOLE = new ConsoleRig("first", "second");

  private Sandbox one;
  private JobClient jobs;
  private Browser browser;
  private Page page;

  @BeforeEach
  void open() {
    one = CONSOLE.sandbox("first");
    one.account().seed(LIST, 40);
    jobs = CONSOLE.jobs();
    browser = CONSOLE.signedIn("dialogs", Browser.Screen.DESKTOP);
    page = browser.page();
  }

  @Test
  void eachDialogKeepsTheKeyboardAndGivesItBack() {
    CONSOLE.operator().post("/v1/keys", "{\"name\":\"night shift\",\"role\":\"viewer\"}");
    CONSOLE
        .operator()
        .post(
            "/v1/schedules",
            "{\"name\":\"nightly\",\"cron\":\"0 2 * * *\",\"zone\":\"UTC\","
                + "\"job\":{\"kind\":\"export\",\"profile\":\"first\"}}");
    jobs.awaitEnd(jobs.submit("{\"kind\":\"export\",\"profile\":\"first\"}"));
    keepsAndGivesBack("/jobs", "Take a backup", "Compare", "Migrate");
    keepsAndGivesBack("/snapshots", "Restore", "Delete");
    keepsAndGivesBack("/schedules", "New schedule", "Change", "Remove");
    keepsAndGivesBack("/keys", "Make a key", "Revoke night shift");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aJobIsCancelled() {
    one.faults().everywhere().then(Fault.delay(Duration.ofMillis(100)));
    String upload = jobs.upload("rows.csv", ServiceProcess.senders(0, 2_000));
    String job = jobs.imported("first", upload, "{\"strategy\":\"rows\"}");
    page.navigate(CONSOLE.address() + "/jobs/" + job);
    Locator cancel = button(page, "Cancel");
    open(cancel);
    page.keyboard().press("Escape");
    assertThat(dialog()).isHidden();
    assertThat(cancel).isFocused();
    assertThat(page.getByText("Running").first()).isVisible();
    open(cancel);
    page.waitForRequest("**/v1/jobs/" + job + "/cancel", () -> enter("Cancel the job"));
    assertThat(page.getByText("Cancelled.").first()).isVisible();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aMigrationThatDeletesTooMuchIsRehearsedAgainWithAHigherLimit() {
    CONSOLE.sandbox("second").account().seed(LIST, 300);
    String refused =
        jobs.submit(
            "{\"kind\":\"migrate\",\"from\":\"first\",\"to\":\"second\",\"resources\":[\"block-senders\"],"
                + "\"options\":{\"mode\":\"mirror\",\"dry_run\":true}}");
    long deletes = jobs.awaitEnd(refused).at("/summary/parts/0/plan/delete").asLong();
    assertThat(deletes).isGreaterThan(30);
    page.navigate(CONSOLE.address() + "/jobs/" + refused);
    button(page, Pattern.compile("Rehearse again, allowing\\s" + deletes + "\\sdeletes")).click();
    assertThat(button(page, Pattern.compile("elete\\s" + deletes + ".* in second"))).isVisible();
  }

  @Test
  void theLimitOfDeletesIsSentAsItIsShownByTheDialogsOfRestoreAndMigration() {
    jobs.awaitEnd(jobs.submit("{\"kind\":\"export\",\"profile\":\"first\"}"));
    page.navigate(CONSOLE.address() + "/snapshots");
    open(button(page, "Restore").first());
    assertThat(limitOfDeletes("7%", "Rehearse the restore")).isEqualTo("7%");
    page.navigate(CONSOLE.address() + "/jobs");
    open(button(page, "Migrate").first());
    assertThat(limitOfDeletes("12", "Rehearse the migration")).isEqualTo("12");
    assertThat(browser.complaints()).isEmpty();
  }

  /**
   * Chooses the mirror by mouse, then another mode and the mirror again by the arrows, and types a
   * limit, which only a mirror asks for.
   */
  private String limitOfDeletes(String wanted, String label) {
    Locator limit = dialog().getByLabel("Refuse more deletes than");
    assertThat(limit).hasCount(0);
    dialog().locator("input[value=mirror]").click();
    limit.click();
    page.keyboard().type("99");
    page.keyboard().press("Shift+Tab");
    assertThat(dialog().locator("input[value=mirror]")).isFocused();
    page.keyboard().press("ArrowUp");
    assertThat(limit).hasCount(0);
    page.keyboard().press("ArrowDown");
    assertThat(limit).hasValue("99");
    page.keyboard().press("Tab");
    page.keyboard().press("Control+A");
    page.keyboard().type(wanted);
    assertThat(limit).hasValue(wanted);
    JsonNode sent = sent("/v1/jobs", label);
    assertThat(sent.at("/options/mode").asString()).isEqualTo("mirror");
    return sent.at("/options/max_deletes").asString("");
  }

  @Test
  void whatMayGoThroughIsRetriedAndTheButtonSaysHowManyRows() {
    for (int row = 0; row < 30; row++) {
      one.faults().reject("host" + row + ".example", 10021, "no " + row);
    }
    String upload = jobs.upload("rows.csv", ServiceProcess.senders(0, 80));
    String job = jobs.imported("first", upload, "{\"strategy\":\"rows\",\"max_errors\":\"25\"}");
    JsonNode ended = jobs.awaitEnd(job);
    long rows = ended.path("retryable").get(0).path("rows").asLong();
    page.navigate(CONSOLE.address() + "/jobs/" + job);
    Locator retry = button(page, Pattern.compile("^Retry " + rows + " row"));
    retry.focus();
    page.waitForRequest(
        Pattern.compile("/retry\\?retryable=true"), () -> page.keyboard().press("Enter"));
    assertThat(page).not().hasURL(Pattern.compile(job));
    String again = page.url().substring(page.url().lastIndexOf('/') + 1);
    assertThat(jobs.awaitEnd(again).at("/summary/rows").asLong()).isEqualTo(rows);
  }

  @Test
  void aKeyIsMadeByTypeAheadAndRevoked() {
    page.navigate(CONSOLE.address() + "/keys");
    open(button(page, "Make a key").first());
    page.keyboard().type("night shift");
    page.keyboard().press("Tab");
    page.keyboard().type("Op");
    assertThat(page.getByLabel("Role")).hasValue("operator");
    page.keyboard().press("Tab");
    page.keyboard().type("Nev");
    JsonNode sent = sent("/v1/keys", "Make the key");
    assertThat(sent.path("name").asString()).isEqualTo("night shift");
    assertThat(sent.path("role").asString()).isEqualTo("operator");
    assertThat(sent.has("expires_in")).isFalse();
    button(page, "I have copied it").press("Enter");
    CONSOLE.operator().post("/v1/keys", "{\"name\":\"other\",\"role\":\"operator\"}");
    open(button(page, "Revoke night shift"));
    Request request =
        page.waitForRequest(Pattern.compile("/v1/keys/[^/]+$"), () -> enter("Revoke"));
    assertThat(request.method()).isEqualTo("DELETE");
    // Its row is gone, and the button with it: the keyboard goes on from the page.
    assertThat(button(page, "Revoke night shift")).hasCount(0);
    assertThat(page.locator("#main")).isFocused();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void theLastSnapshotIsDeletedOnlyWhenInsistedOn() {
    jobs.awaitEnd(jobs.submit("{\"kind\":\"export\",\"profile\":\"first\"}"));
    page.navigate(CONSOLE.address() + "/snapshots");
    open(button(page, "Delete"));
    enter("Delete the snapshot");
    assertThat(page.getByText("this is the last good snapshot of the account for").last())
        .isVisible();
    assertThat(button(page, "Delete anyway")).isVisible();
    Request request =
        page.waitForRequest(Pattern.compile("force=true"), () -> enter("Delete anyway"));
    assertThat(request.method()).isEqualTo("DELETE");
    assertThat(page.getByText("No snapshots yet.")).isVisible();
  }

  @Test
  void aMirrorIsConfirmedByTypingTheNumber() {
    String upload = jobs.upload("rows.csv", ServiceProcess.senders(0, 3));
    String options = "{\"mode\":\"mirror\",\"max_deletes\":\"100%\",\"dry_run\":true}";
    String plan = jobs.imported("first", upload, options);
    jobs.awaitEnd(plan);
    page.navigate(CONSOLE.address() + "/jobs/" + plan);
    String deleted = "Deletes 40 records of first: those that are not in the file.";
    assertThat(page.getByText(deleted)).isVisible();
    open(button(page, Pattern.compile("^Create 3 records, delete 40 in first")));
    assertThat(dialog()).containsText(deleted);
    Locator run = dialog().getByRole(AriaRole.BUTTON).last();
    page.keyboard().type("delete 4");
    assertThat(run).isDisabled();
    page.keyboard().type("0");
    assertThat(run).isEnabled();
    JsonNode sent =
        JSON.readTree(
            page.waitForRequest("**/v1/jobs", () -> page.keyboard().press("Enter")).postData());
    assertThat(sent.at("/options/mode").asString()).isEqualTo("mirror");
    assertThat(sent.at("/options/max_deletes").asString()).isEqualTo("40");
    assertThat(sent.at("/options/dry_run").asBoolean(true)).isFalse();
    assertThat(page).not().hasURL(Pattern.compile(plan));
    assertThat(page.getByText("Finished").first()).isVisible();
    assertThat(one.account().count(LIST)).isEqualTo(3);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void selectsTakeTypeAheadAndSendWhatTheyShow() {
    page.navigate(CONSOLE.address() + "/accounts");
    open(button(page, Pattern.compile("^Back up")).first());
    page.keyboard().type("sec");
    JsonNode backup = sent("/v1/jobs", "Back up");
    assertThat(backup.path("profile").asString()).isEqualTo("second");
    assertThat(backup.path("resources").isNull()).isTrue();
    assertThat(page.getByText("The snapshot is complete.")).isVisible();
    assertThat(page.locator("h1")).hasText("Back up everything of second");

    page.navigate(CONSOLE.address() + "/jobs");
    Locator kind = page.getByLabel("Kind");
    kind.focus();
    page.waitForRequest(Pattern.compile("kind=export"), () -> page.keyboard().type("Ba"));
    assertThat(kind).hasValue("export");
    assertThat(page).hasURL(Pattern.compile("kind=export"));

    page.navigate(CONSOLE.address() + "/schedules");
    open(button(page, "New schedule").first());
    page.keyboard().type("drift");
    page.keyboard().press("Tab");
    page.keyboard().type("Comp");
    page.keyboard().press("Tab");
    page.keyboard().type("sec");
    page.getByLabel("Second account").focus();
    page.keyboard().type("fir");
    page.getByLabel("domains", new Page.GetByLabelOptions().setExact(true)).press("Space");
    page.getByLabel("How often").focus();
    page.keyboard().type("Mon");
    page.keyboard().press("Tab");
    page.keyboard().type("0630AM");
    JsonNode schedule = sent("/v1/schedules", "Create schedule");
    assertThat(schedule.path("cron").asString()).isEqualTo("30 6 * * 1-5");
    JsonNode job = schedule.path("job");
    assertThat(job.path("kind").asString()).isEqualTo("diff");
    assertThat(job.path("before").asString()).isEqualTo("profile:second");
    assertThat(job.path("after").asString()).isEqualTo("profile:first");
    assertThat(job.path("resources").toString()).doesNotContain("\"domains\"").contains("-");
    assertThat(page.getByText("Monday to Friday 06:30").first()).isVisible();
    assertThat(page.getByLabel("Next runs").getByRole(AriaRole.LISTITEM)).hasCount(3);
    assertThat(browser.complaints()).isEmpty();
  }

  private Locator dialog() {
    return page.locator("dialog[open]");
  }

  private void open(Locator opener) {
    opener.focus();
    page.keyboard().press("Enter");
    assertThat(dialog()).isVisible();
  }

  /** Goes to a button of the dialog, and presses it. */
  private void enter(String label) {
    for (int i = 0; i < KEYS && !label.equals(page.evaluate(LABEL)); i++) {
      page.keyboard().press("Tab");
    }
    assertThat(page.evaluate(LABEL)).isEqualTo(label);
    page.keyboard().press("Enter");
  }

  private JsonNode sent(String address, String label) {
    return JSON.readTree(
        page.waitForRequest(
                request -> request.method().equals("POST") && request.url().endsWith(address),
                () -> enter(label))
            .postData());
  }

  private void keepsAndGivesBack(String address, String... openers) {
    page.navigate(CONSOLE.address() + address);
    for (String name : openers) {
      Locator opener = button(page, name).first();
      open(opener);
      for (int i = 0; i < KEYS; i++) {
        page.keyboard().press(i % 3 == 2 ? "Shift+Tab" : "Tab");
        assertThat(page.evaluate(WITHIN)).describedAs("%s, after %s keys", name, i).isEqualTo(true);
      }
      page.keyboard().press("Escape");
      assertThat(dialog()).isHidden();
      assertThat(opener).isFocused();
    }
  }
}
