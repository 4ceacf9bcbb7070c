package io.sluice.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.sluice.cli.ConsoleActions.button;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import io.sluice.sandbox.fault.Fault;
import io.sluice.server.JobClient;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What people do to a page that nobody planned: a click too many, two files, an old bookmark. */
@Tag("slow")
final class ConsoleHabitsIT {
  private static final String EVERY_NIGHT =
      "{\"name\":\"nightly\",\"cron\":\"0 2 * * *\",\"zone\":\"UTC\",\"job\":"
          + "{\"kind\":\"export\",\"profile\":\"%s\"}}";

  @RegisterExtension private static final ConsoleRig CONSOLE = new ConsoleRig("first");

  @TempDir private Path directory = Path.of("");
  private final List<Route> held = new ArrayList<>();
  private Page page;

  @BeforeEach
  void open() {
    held.clear();
    page = CONSOLE.signedIn("habits", Browser.Screen.DESKTOP).page();
  }

  @Test
  void theSecondClickOfADoubleClickIsNotForWhatHasComeIntoTheButtonsPlace() {
    String id = schedule("first");
    page.navigate(CONSOLE.address() + "/schedules");
    BoundingBox place = button(page, "Pause").boundingBox();
    page.mouse().move(place.x + 5, place.y + 5);
    press(1);
    assertThat(button(page, "Resume")).isVisible();
    List<String> asked = new ArrayList<>();
    page.onRequest(request -> asked.add(request.url()));
    press(2);
    page.evaluate("fetch('/v1/sessions/current').then(answer => answer.text())");
    assertThat(asked).noneMatch(url -> url.endsWith("/v1/schedules/" + id));
    assertThat(CONSOLE.operator().get("/v1/schedules/" + id).json().path("paused").asBoolean())
        .isTrue();
    button(page, "Resume").click();
    assertThat(button(page, "Pause")).isVisible();
  }

  private void press(int click) {
    page.mouse().down(new Mouse.DownOptions().setClickCount(click));
    page.mouse().up(new Mouse.UpOptions().setClickCount(click));
  }

  @Test
  void ofTwoFilesThatAreDroppedNoneIsTakenUnsaid() {
    page.navigate(CONSOLE.address() + "/import");
    assertThat(button(page, "Choose a file")).isVisible();
    drop(
        "t.items.add(new File(['pattern\\na.example\\n'], 'a.csv'));"
            + "t.items.add(new File(['pattern\\nb.example\\n'], 'b.csv'))",
        ".drop");
    assertThat(page.locator(".problem")).containsText("2 files were dropped, and none was sent.");
    assertThat(page.getByText("a.csv")).hasCount(0);
    drop("t.setData('text/plain', 'a.example')", ".drop");
    assertThat(page.locator(".problem")).containsText("That is not a file");
    assertThat(drop("t.items.add(new File(['x'], 'a.csv'))", "h1"))
        .describedAs("whether the browser opens the file instead of the page")
        .isFalse();
  }

  /** Drops what the script puts into the transfer t; true if the page left it to the browser. */
  private boolean drop(String filling, String place) {
    return (Boolean)
        page.evaluate(
            "place => { const t = new DataTransfer(); "
                + filling
                + "; return document.querySelector(place).dispatchEvent(new DragEvent('drop',"
                + " { dataTransfer: t, bubbles: true, cancelable: true })); }",
            place);
  }

  @Test
  void aFileThatWasChangedSinceItWasChosenIsNotCalledAnOutage() throws Exception {
    Path file = Files.writeString(directory.resolve("rows.csv"), "pattern\none.example\n");
    page.navigate(CONSOLE.address() + "/import");
    page.evaluate(
        "() => { const send = XMLHttpRequest.prototype.send; XMLHttpRequest.prototype.send ="
            + " function (body) { window.go = () => send.call(this, body); }; }");
    page.locator("input[type=file]").setInputFiles(file);
    assertThat(page.locator(".sending")).isVisible();
    Files.writeString(file, "pattern\none.example\ntwo.example\n");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(Duration.ofMinutes(1))));
    page.evaluate("() => window.go()");
    assertThat(page.locator(".problem")).containsText("was changed, moved or removed");
    assertThat(page.locator(".problem")).containsText("Choose it again.");
  }

  @Test
  void pastedRowsOutliveTheSessionAndThePage() throws Exception {
    String key = CONSOLE.key("pat", "operator");
    page = CONSOLE.signedIn("pasted", Browser.Screen.DESKTOP, key).page();
    page.navigate(CONSOLE.address() + "/import");
    page.getByText("Paste rows instead").click();
    Locator rows = page.locator("textarea");
    rows.fill("pattern\nevil.example\n");
    page.context().clearCookies();
    button(page, "Use these rows").click();
    page.getByLabel("API key").fill(key);
    button(page, "Sign in").click();
    assertThat(rows).isVisible();
    assertThat(rows).hasValue("pattern\nevil.example\n");
    page.locator(".rail a[href='/jobs'], .rail a[href='/']").first().click();
    assertThat(rows).hasCount(0);
    page.goBack();
    assertThat(rows).hasValue("pattern\nevil.example\n");
    page.reload();
    assertThat(rows).hasValue("pattern\nevil.example\n");
  }

  @Test
  void aFileThatWasNotSentToItsEndOrIsGoneIsSaidToBe() throws Exception {
    Path file = Files.writeString(directory.resolve("rows.csv"), "pattern\none.example\n");
    page.navigate(CONSOLE.address() + "/import");
    page.route("**/v1/uploads?*", held::add);
    page.locator("input[type=file]").setInputFiles(file);
    assertThat(page.locator(".sending")).isVisible();
    page.locator(".rail a[href='/accounts']").click();
    assertThat(page.locator(".sending")).hasCount(0);
    page.goBack();
    assertThat(page.locator(".problem"))
        .containsText("This page was left before all of rows.csv had been sent.");
    page.unroute("**/v1/uploads?*");

    page.locator("input[type=file]").setInputFiles(file);
    assertThat(page.locator(".facts-box")).containsText("rows.csv");
    for (JsonNode upload : CONSOLE.operator().get("/v1/uploads").json().path("items")) {
      CONSOLE.operator().delete("/v1/uploads/" + upload.path("id").asString());
    }
    page.reload();
    assertThat(page.locator(".problem")).containsText("The service no longer has rows.csv.");
  }

  @Test
  void anAccountThatIsNotHereIsNotReplacedUnsaid() throws Exception {
    page.navigate(CONSOLE.address() + "/import?profile=gone");
    assertThat(page.getByText("There is no account gone here.")).isVisible();
    assertThat(page.getByLabel("Account").first()).hasValue("");
    page.navigate(CONSOLE.address() + "/insight?source=profile:gone");
    assertThat(page.getByLabel("Lists of")).hasValue("profile:gone");

    CONSOLE.accounts("first", "second");
    schedule("second");
    CONSOLE.accounts("first");
    page.navigate(CONSOLE.address() + "/schedules");
    button(page, "Change").click();
    Locator account = page.getByRole(AriaRole.DIALOG).locator("select").nth(1);
    assertThat(account).hasValue("second");
    assertThat(account.locator("option:checked")).hasText("second: not available");
  }

  @Test
  void aLateAnswerConfirmsNoDialogThatWasOpenedSince() {
    CONSOLE.operator().post("/v1/keys", "{\"name\":\"stays\",\"role\":\"viewer\"}");
    makeKeyAndLeave("late");
    button(page, "Revoke stays").click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).containsText("Revoke the key stays?");
    held.get(0).resume();
    assertThat(page.getByText("The key late is made. Copy it now")).isVisible();
    assertThat(dialog).containsText("Revoke the key stays?");
    page.keyboard().press("Escape");
    assertThat(button(page, "Revoke stays")).isVisible();
    assertThat(page.getByText("The key stays is revoked.")).not().isVisible();
  }

  /** The answer is held. */
  private void makeKeyAndLeave(String name) {
    page.navigate(CONSOLE.address() + "/keys");
    page.route(
        Pattern.compile("/v1/keys$"),
        route -> {
          if (route.request().method().equals("POST")) {
            held.add(route);
          } else {
            route.resume();
          }
        });
    button(page, "Make a key").click();
    page.getByRole(AriaRole.DIALOG).getByLabel("Name").fill(name);
    button(page, "Make the key").click();
    page.waitForCondition(() -> !held.isEmpty());
    page.keyboard().press("Escape");
  }

  @Test
  void aKeyThatWasMadeIsShownThoughTheDialogWasLeft() {
    makeKeyAndLeave("hasty");
    held.get(0).resume();
    assertThat(page.getByText("The key hasty is made. Copy it now")).isVisible();
    assertThat(page.locator(".secret")).not().isEmpty();
  }

  @Test
  void aFileOfWhichOnlyTheBeginningWasLookedAtIsNotCalledAllValid() throws Exception {
    Path file = directory.resolve("large.csv.gz");
    String comment = "c".repeat(400);
    try (Writer out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
      out.write("pattern,comments\n");
      for (int row = 0; row < 170_000; row++) {
        out.write("host" + row + ".example," + comment + "\n");
      }
    }
    page.setDefaultTimeout(120_000);
    page.navigate(CONSOLE.address() + "/import");
    page.getByLabel("Kind of records").selectOption("block-senders");
    page.locator("input[type=file]").setInputFiles(file);
    Locator facts = page.locator(".facts-box dl");
    assertThat(facts)
        .containsText(
            Pattern.compile("more than 1[56]\\d,\\d{3}"),
            new LocatorAssertions.ContainsTextOptions().setTimeout(120_000));
    button(page, "Check the file").click();
    assertThat(page.locator(".verdict"))
        .containsText("Only the beginning of the file was checked: the plan checks all of it.");
  }

  @Test
  void aClockThatIsWrongByHoursDoesNotMakeTimesWrong() {
    JobClient jobs = CONSOLE.jobs();
    jobs.awaitEnd(jobs.submit("{\"kind\":\"export\",\"profile\":\"first\"}"));
    for (Duration wrong : List.of(Duration.ofHours(-5), Duration.ofHours(5))) {
      page.clock()
          .install(
              new com.microsoft.playwright.Clock.InstallOptions()
                  .setTime(Instant.now().plus(wrong).toEpochMilli()));
      page.navigate(CONSOLE.address() + "/jobs");
      assertThat(page.locator("tbody time").first())
          .hasText(Pattern.compile("^(now|\\d+ s ago|1 min ago)"));
      page.navigate(CONSOLE.address() + "/snapshots");
      assertThat(page.locator("tbody time").first())
          .hasText(Pattern.compile("^(now|\\d+ s ago|1 min ago)"));
      assertThat(page.getByText("in the future")).hasCount(0);
    }
  }

  @Test
  void whatIsAnnouncedIsHeardThoughTheClockWasSetBack() {
    schedule("first");
    page.clock().install();
    page.navigate(CONSOLE.address() + "/schedules");
    button(page, "Pause").click();
    Locator heard = page.locator("#announcer");
    page.clock().runFor(6_000);
    assertThat(heard).hasText("nightly is paused.");
    page.clock().setSystemTime(Instant.now().minus(Duration.ofHours(3)).toEpochMilli());
    button(page, "Resume").click();
    assertThat(button(page, "Pause")).isVisible();
    page.clock().runFor(6_000);
    assertThat(heard).hasText("nightly is due again.");
  }

  @Test
  void whoListensHearsWhatAFilterFoundAndWhichRowAButtonIsFor() {
    schedule("first");
    JobClient jobs = CONSOLE.jobs();
    String job = jobs.imported("first", jobs.upload("rows.csv", ConsoleActions.rows(3)), "{}");
    jobs.awaitEnd(job);
    jobs.awaitEnd(jobs.submit("{\"kind\":\"export\",\"profile\":\"first\"}"));
    Locator heard = page.locator("#announcer");
    page.navigate(CONSOLE.address() + "/jobs");
    page.getByLabel("Kind of job").selectOption("migrate");
    assertThat(heard).hasText("No job matches.");
    page.navigate(CONSOLE.address() + "/jobs/" + job);
    page.getByLabel("Key contains").fill("host1");
    assertThat(heard).hasText("1 row shown.");

    page.navigate(CONSOLE.address() + "/schedules");
    assertThat(button(page, "Pause")).hasAccessibleDescription("nightly");
    assertThat(button(page, "Remove")).hasAccessibleDescription("nightly");
    page.navigate(CONSOLE.address() + "/snapshots");
    assertThat(button(page, "Restore"))
        .hasAccessibleDescription(Pattern.compile("^first of \\d{4}-\\d\\d-\\d\\d .* UTC$"));
  }

  @Test
  void theSkipLinkLeavesWhatIsShownAsItIs() {
    JobClient jobs = CONSOLE.jobs();
    String upload = jobs.upload("rows.csv", ConsoleActions.rows(3));
    String rehearsal = jobs.imported("first", upload, "{\"dry_run\":true}");
    jobs.awaitEnd(rehearsal);
    page.navigate(CONSOLE.address() + "/jobs/" + rehearsal);
    Locator changes = page.locator("section[aria-labelledby='changes'] .changes > li");
    assertThat(changes).hasCount(3);
    page.getByLabel("Key contains").first().fill("host1");
    assertThat(changes).hasCount(1);
    page.locator(".skip").focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("main")).isFocused();
    assertThat(page).hasURL(Pattern.compile("#main$"));
    page.evaluate("fetch('/v1/sessions/current').then(answer => answer.text())");
    assertThat(changes).hasCount(1);
    assertThat(page.getByLabel("Key contains").first()).hasValue("host1");
    page.goBack();
    assertThat(page.getByLabel("Key contains").first()).hasValue("host1");
  }

  @Test
  void whoGoesBackToARehearsalThatWasRunIsNotToldThatNothingWasDone() {
    JobClient jobs = CONSOLE.jobs();
    String upload = jobs.upload("rows.csv", ConsoleActions.rows(3));
    String rehearsal = jobs.imported("first", upload, "{\"dry_run\":true}");
    jobs.awaitEnd(rehearsal);
    page.navigate(CONSOLE.address() + "/jobs/" + rehearsal);
    assertThat(page.getByText("Nothing has been changed yet.")).isVisible();
    button(page, Pattern.compile("^Create 3 records")).click();
    assertThat(page.getByText("Finished, all well.").first()).isVisible();
    String run = page.url();
    page.goBack();
    assertThat(page.getByText("This rehearsal was run from here.")).isVisible();
    assertThat(page.getByText("Nothing has been changed yet.")).hasCount(0);
    page.getByText("See the run").click();
    assertThat(page).hasURL(run);
  }

  @Test
  void aTimeBesideANameFromRightToLeftStandsBehindIt() throws Exception {
    String key = CONSOLE.key("\u0646\u0648\u0631", "operator");
    CONSOLE.sandbox().faults().everywhere().then(Fault.delay(Duration.ofMillis(300)));
    JobClient jobs = new JobClient(CONSOLE.operator().with("Authorization", "Bearer " + key));
    String upload = jobs.upload("rows.csv", ConsoleActions.rows(1500));
    jobs.imported("first", upload, "{\"strategy\":\"rows\"}");
    page.navigate(CONSOLE.address() + "/jobs");
    Locator line = page.locator(".card p").last();
    assertThat(line).containsText(Pattern.compile("\u0646\u0648\u0631, \\S"));
    Object behind =
        line.evaluate(
            """
            line => {
              const name = document.createRange();
              const text = [...line.childNodes].find(node => node.data?.includes('\u0646\u0648\u0631'));
              name.setStart(text, text.data.indexOf('\u0646'));
              name.setEnd(text, text.data.indexOf('\u0646') + 3);
              return line.querySelector('time').getBoundingClientRect().left
                  - name.getBoundingClientRect().right;
            }""");
    assertThat(((Number) behind).doubleValue()).isPositive();
  }

  @Test
  void nothingStaysInFrontOfAPageThatIsEnlargedFourTimes() {
    page.setViewportSize(320, 200);
    for (String address : List.of("/import", "/schedules", "/settings")) {
      page.navigate(CONSOLE.address() + address);
      assertThat(page.getByRole(AriaRole.HEADING).first()).isVisible();
      Object covering =
          page.evaluate(
              "() => { scrollTo(0, 0); scrollTo(0, 150); return [...document.querySelectorAll('body *')]"
                  + ".filter(e => ['fixed', 'sticky'].includes(getComputedStyle(e).position))"
                  + ".filter(e => { const r = e.getBoundingClientRect();"
                  + " return r.height > 0 && r.top < innerHeight && r.bottom > 0; })"
                  + ".map(e => e.className).join(' '); }");
      assertThat(covering).describedAs(address).isEqualTo("");
      Object beside =
          page.evaluate(
              "() => [...document.querySelectorAll('.rail a')]"
                  + ".filter(e => e.getBoundingClientRect().right > innerWidth).length");
      assertThat(((Number) beside).intValue()).describedAs(address).isZero();
    }
  }

  private static String schedule(String profile) {
    JsonNode made = CONSOLE.operator().post("/v1/schedules", EVERY_NIGHT.formatted(profile)).json();
    return made.path("id").asString();
  }
}
