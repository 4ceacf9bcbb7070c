package io.sluice.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.sluice.cli.ConsoleActions.button;
import static io.sluice.cli.ConsoleActions.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.sluice.sandbox.fault.Fault;
import io.sluice.server.JobClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

/** The console where answers are slow, late, lost or in another order than the questions. */
@Tag("slow")
final class ConsoleNetworkIT {
  private static final int LOOK_MILLIS = 2_000;

  @RegisterExtension private static final ConsoleRig CONSOLE = new ConsoleRig("first");

  private final List<Route> held = new ArrayList<>();
  private JobClient jobs;
  private Page page;

  @BeforeEach
  void open() {
    held.clear();
    jobs = CONSOLE.jobs();
    page = CONSOLE.signedIn("network", Browser.Screen.DESKTOP).page();
  }

  @Test
  void answersThatTakeLongerThanTheNextLookArriveAllTheSame() {
    jobs.awaitEnd(jobs.submit("{\"kind\":\"export\",\"profile\":\"first\"}"));
    page.route("**/v1/jobs?result=open*", held::add);
    page.clock().install();
    page.navigate(CONSOLE.address() + "/jobs");
    page.waitForCondition(() -> !held.isEmpty());
    for (int look = 0; look < 3; look++) {
      page.clock().runFor(LOOK_MILLIS);
      roundTrip();
    }
    held.get(0).resume();
    assertThat(page.getByText("No job is running.")).isVisible();
  }

  @Test
  void theEndOfAJobIsSeenThoughTheAnswerThatTellsItWasLost() {
    String job = slowJob();
    page.navigate(CONSOLE.address() + "/jobs/" + job);
    Locator state = page.locator(".state");
    assertThat(state).containsText("running");
    Pattern itself = Pattern.compile("/v1/jobs/" + job + "$");
    page.route(itself, Route::abort);
    jobs.awaitEnd(job);
    assertThat(page.getByText("The connection is lost.")).isVisible();
    page.unroute(itself);
    assertThat(state).containsText("Finished, all well.");
    assertThat(page.getByText("The connection is lost.")).hasCount(0);
  }

  @Test
  void aLateAnswerDoesNotTakeTheStateBack() {
    String job = slowJob();
    ask(job, "pause", "paused");
    page.navigate(CONSOLE.address() + "/jobs/" + job);
    Locator state = page.locator(".state");
    assertThat(state).containsText("Paused.");
    List<Runnable> late = new ArrayList<>();
    AtomicInteger paused = new AtomicInteger();
    page.route(
        Pattern.compile("/v1/jobs/" + job + "$"),
        route -> {
          var answer = route.fetch();
          String now = JsonMapper.shared().readTree(answer.text()).path("state").asString();
          Runnable deliver = () -> route.fulfill(new Route.FulfillOptions().setResponse(answer));
          if (now.equals("paused")) {
            paused.incrementAndGet();
            deliver.run();
          } else {
            late.add(deliver);
          }
        });
    ask(job, "resume", "running");
    page.waitForCondition(() -> !late.isEmpty());
    ask(job, "pause", "paused");
    page.waitForCondition(() -> paused.get() > 0);
    assertThat(state).containsText("Paused.");
    late.forEach(Runnable::run);
    roundTrip();
    assertThat(state).containsText("Paused.");
  }

  @Test
  void aStreamThatDiesWithoutAWordDoesNotHideTheEnd() {
    String job = slowJob();
    page.route(Pattern.compile("/v1/jobs/[^/]+/events"), held::add);
    page.clock().install();
    page.navigate(CONSOLE.address() + "/jobs/" + job);
    assertThat(page.locator(".state")).containsText("running");
    jobs.awaitEnd(job);
    page.clock().runFor(60_000);
    assertThat(page.locator(".state")).containsText("Finished, all well.");
  }

  @Test
  void aDialogIsThereAtOnceAndNotOnAnotherPageLater() {
    page.navigate(CONSOLE.address() + "/accounts");
    assertThat(page.locator(".mark.good")).isVisible();
    page.navigate(CONSOLE.address() + "/schedules");
    page.route("**/v1/profiles", held::add);
    button(page, "New schedule").click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog.getByText("Loading")).isVisible();
    page.waitForCondition(() -> !held.isEmpty());
    held.remove(0).resume();
    Locator name = dialog.getByLabel("Name", new Locator.GetByLabelOptions().setExact(true));
    assertThat(name).isFocused();
    page.keyboard().press("Escape");

    button(page, "New schedule").click();
    page.waitForCondition(() -> !held.isEmpty());
    page.goBack();
    assertThat(page.getByRole(AriaRole.HEADING, named("Accounts"))).isVisible();
    held.forEach(Route::resume);
    roundTrip();
    assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
  }

  @Test
  void aDialogSaysThatItCannotBeFilledInAndTriesAgain() {
    page.navigate(CONSOLE.address() + "/schedules");
    page.route("**/v1/resources", Route::abort);
    button(page, "New schedule").click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).containsText("The service cannot be reached");
    page.unroute("**/v1/resources");
    button(page, "Try again").click();
    assertThat(dialog.getByText("block senders")).isVisible();

    page.navigate(CONSOLE.address() + "/jobs");
    page.route("**/v1/snapshots", Route::abort);
    button(page, Pattern.compile("^Compare")).first().click();
    assertThat(dialog).containsText("The service cannot be reached");
    assertThat(dialog).not().containsText("There is only one side yet");
  }

  @Test
  void aLateAnswerToSomebodySignedOutDoesNotSignOutWhoHasSignedInSince() throws Exception {
    String key = CONSOLE.key("late", "operator");
    page = CONSOLE.signedIn("late", Browser.Screen.DESKTOP, key).page();
    page.navigate(CONSOLE.address() + "/jobs");
    assertThat(page.getByText("No job is running.").or(page.getByText("No jobs yet."))).isVisible();
    List<Runnable> late = new ArrayList<>();
    page.route(
        "**/v1/jobs?result=open*",
        route -> {
          var answer = route.fetch();
          Runnable deliver = () -> route.fulfill(new Route.FulfillOptions().setResponse(answer));
          if (answer.status() == 401) {
            late.add(deliver);
          } else {
            deliver.run();
          }
        });
    page.context().clearCookies();
    page.waitForCondition(() -> !late.isEmpty());
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    Locator field = page.getByLabel("API key");
    field.fill(key);
    button(page, "Sign in").click();
    assertThat(page.locator(".rail .who")).containsText("late");
    late.forEach(Runnable::run);
    roundTrip();
    assertThat(field).hasCount(0);
    assertThat(page.locator(".rail .who")).containsText("late");
  }

  @Test
  void anImportThatCouldNotBeTakenUpAfterAReloadIsTakenUpLater() throws Exception {
    CONSOLE.choose(page, rows(3));
    button(page, "Check the file").click();
    Locator verdict = page.locator(".verdict");
    assertThat(verdict).hasText("3 rows, all valid.");
    page.route("**/v1/uploads/*", Route::abort);
    page.reload();
    assertThat(page.getByText("The service cannot be reached")).isVisible();
    page.unroute("**/v1/uploads/*");
    button(page, "Try again").click();
    assertThat(verdict).hasText("3 rows, all valid.");
    assertThat(page.getByText("The service cannot be reached")).hasCount(0);
  }

  @Test
  void whatWasAskedForBeforeAReloadIsNotMadeTwice() {
    String rehearsal = rehearsal("once.example");
    page.navigate(CONSOLE.address() + "/jobs/" + rehearsal);
    Pattern submission = Pattern.compile("/v1/jobs$");
    List<String> made = new ArrayList<>();
    page.route(
        submission,
        route -> {
          made.add(JsonMapper.shared().readTree(route.fetch().text()).path("id").asString());
          route.abort();
        });
    button(page, Pattern.compile("^Create 1 record")).click();
    assertThat(page.getByText("The service cannot be reached")).isVisible();
    page.unroute(submission);
    page.reload();
    button(page, Pattern.compile("^Create 1 record")).click();
    assertThat(page).hasURL(CONSOLE.address() + "/jobs/" + made.get(0));
    assertThat(made).hasSize(1);
  }

  @Test
  void whoCouldNotBeSignedOutIsToldSo() {
    page.route("**/v1/sessions/current", Route::abort);
    page.getByText("Sign out").first().click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).containsText("You are still signed in");
    page.unroute("**/v1/sessions/current");
    button(page, "Try again").click();
    assertThat(page.getByLabel("API key")).isVisible();
  }

  @Test
  void whatWentWrongWithOneJobIsNotSaidOfAnother() {
    String first = rehearsal("one.example");
    String second = rehearsal("two.example");
    page.navigate(CONSOLE.address() + "/jobs/" + second);
    assertThat(button(page, Pattern.compile("^Create 1 record"))).isVisible();
    page.navigate(CONSOLE.address() + "/jobs/" + first);
    page.route(
        Pattern.compile("/v1/jobs$"),
        route -> {
          if (route.request().method().equals("POST")) {
            route.abort();
          } else {
            route.resume();
          }
        });
    button(page, Pattern.compile("^Create 1 record")).click();
    assertThat(page.getByText("The service cannot be reached")).isVisible();
    page.locator(".crumb a").click();
    page.locator("a[href='/jobs/" + second + "']").click();
    assertThat(button(page, Pattern.compile("^Create 1 record"))).isVisible();
    assertThat(page.getByText("The service cannot be reached")).hasCount(0);
  }

  private String rehearsal(String pattern) {
    String upload = jobs.upload("rows.csv", "pattern\n" + pattern + "\n");
    String job = jobs.imported("first", upload, "{\"dry_run\":true}");
    jobs.awaitEnd(job);
    return job;
  }

  /** An import that goes on for a while, once some of it is done. */
  private String slowJob() {
    CONSOLE.sandbox().faults().everywhere().then(Fault.delay(Duration.ofMillis(300)));
    String job =
        jobs.imported("first", jobs.upload("rows.csv", rows(600)), "{\"strategy\":\"rows\"}");
    jobs.await(job, now -> now.at("/counts/created").asInt(0) > 0);
    return job;
  }

  private void ask(String job, String verb, String state) {
    assertThat(CONSOLE.operator().post("/v1/jobs/" + job + "/" + verb, "").status())
        .isLessThan(300);
    jobs.await(job, now -> now.path("state").asString().equals(state));
  }

  /** What the page was sent before has arrived once this has come and gone. */
  private void roundTrip() {
    page.evaluate("fetch('/v1/sessions/current').then(answer => answer.text())");
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
