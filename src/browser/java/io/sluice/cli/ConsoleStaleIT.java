package io.sluice.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.sluice.cli.ConsoleActions.button;
import static io.sluice.cli.ConsoleRig.LIST;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.sandbox.fault.Fault;
import io.sluice.server.JobClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What stands on a page while others go on working, or while the service cannot be reached. */
@Tag("slow")
final class ConsoleStaleIT {
  private static final String BACKUP = "{\"kind\":\"export\",\"profile\":\"first\"}";
  private static final int HISTORY_MILLIS = 10_000;

  @RegisterExtension private static final ConsoleRig CONSOLE = new ConsoleRig("first");

  private JobClient jobs;
  private Page page;

  @BeforeEach
  void open() throws Exception {
    CONSOLE.freshService();
    jobs = CONSOLE.jobs();
    page = CONSOLE.signedIn("stale", Browser.Screen.DESKTOP).page();
  }

  @Test
  void aPausedJobIsSeenToGoOn() {
    CONSOLE.sandbox().faults().everywhere().then(Fault.delay(Duration.ofMillis(50)));
    String job =
        jobs.imported("first", jobs.upload("rows.csv", rows(400)), "{\"strategy\":\"rows\"}");
    jobs.await(job, now -> now.at("/counts/created").asInt(0) > 0);
    CONSOLE.operator().post("/v1/jobs/" + job + "/pause", "");
    jobs.await(job, now -> now.path("state").asString().equals("paused"));
    page.navigate(CONSOLE.address() + "/jobs/" + job);
    assertThat(page.locator(".state")).containsText("Paused.");
    CONSOLE.operator().post("/v1/jobs/" + job + "/resume", "");
    assertThat(page.getByText("Finished, all well.").first()).isVisible();
  }

  @Test
  void aCancelledJobThatAnotherPersonResumesIsSeenToGoOn() {
    CONSOLE.sandbox().faults().everywhere().then(Fault.delay(Duration.ofMillis(50)));
    String job =
        jobs.imported("first", jobs.upload("rows.csv", rows(400)), "{\"strategy\":\"rows\"}");
    jobs.await(job, now -> now.at("/counts/created").asInt(0) > 0);
    CONSOLE.operator().post("/v1/jobs/" + job + "/cancel", "");
    jobs.await(job, now -> now.path("state").asString().equals("cancelled"));
    page.clock().install();
    page.navigate(CONSOLE.address() + "/jobs/" + job);
    assertThat(page.locator(".state")).containsText("Cancelled.");
    CONSOLE.operator().post("/v1/jobs/" + job + "/resume", "");
    page.clock().runFor(15_000);
    assertThat(page.getByText("Finished, all well.").first()).isVisible();
  }

  @Test
  void theHistoryHasJobsThatBeganAndEndedUnseenAndKeepsWhatWasShown() {
    for (int i = 0; i < 26; i++) {
      jobs.awaitEnd(jobs.submit(BACKUP));
    }
    page.clock().install();
    page.navigate(CONSOLE.address() + "/jobs");
    Locator rows = page.locator("tbody tr");
    assertThat(rows).hasCount(25);
    button(page, "Show older").click();
    assertThat(rows).hasCount(26);
    jobs.awaitEnd(jobs.submit(BACKUP));
    page.clock().runFor(HISTORY_MILLIS);
    assertThat(rows).hasCount(27);
  }

  @Test
  void jobsThatWaitDoNotHideTheHistory() {
    jobs.awaitEnd(jobs.submit(BACKUP));
    CONSOLE.sandbox().faults().everywhere().then(Fault.delay(Duration.ofSeconds(1)));
    String upload = jobs.upload("rows.csv", rows(50));
    for (int i = 0; i < 26; i++) {
      jobs.imported("first", upload, "{\"strategy\":\"rows\"}");
    }
    page.navigate(CONSOLE.address() + "/jobs");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator(".cards .card")).hasCount(25);
    assertThat(page.getByText("25 of 26 shown.")).isVisible();
    button(page, "Show more").click();
    assertThat(page.locator(".cards .card")).hasCount(26);
  }

  @Test
  void rowsOfAnotherFilterAreNotShownWhileTheServiceCannotBeReached() {
    String job = jobs.imported("first", jobs.upload("rows.csv", rows(3)), "{}");
    jobs.awaitEnd(job);
    page.navigate(CONSOLE.address() + "/jobs/" + job);
    Locator rows = page.locator("section[aria-labelledby=rows] tbody tr");
    assertThat(rows).hasCount(3);
    page.context().setOffline(true);
    page.getByLabel("Action").selectOption("delete");
    assertThat(page.getByText("The service cannot be reached").first()).isVisible();
    assertThat(rows).hasCount(0);

    page.context().setOffline(false);
    page.navigate(CONSOLE.address() + "/jobs");
    assertThat(page.locator("tbody tr")).hasCount(1);
    page.context().setOffline(true);
    page.getByLabel("Result").selectOption("cancelled");
    assertThat(page.getByText("The service cannot be reached").first()).isVisible();
    assertThat(page.locator("tbody tr")).hasCount(0);
  }

  @Test
  void anAccountIsNotCalledReachableWhileNobodyAnswers() {
    page.clock().install();
    page.navigate(CONSOLE.address() + "/accounts");
    assertThat(page.locator(".mark.good")).hasText("reachable");
    page.context().setOffline(true);
    page.clock().runFor(30_000);
    assertThat(page.locator(".card .mark")).hasText("no answer");
    assertThat(page.getByText(Pattern.compile("What is below was so 3\\d s ago"))).isVisible();
  }

  @Test
  void noticesOfAJobAreSeenToArrive() throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", exchange -> answer(exchange, heard));
    receiver.start();
    try {
      String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/ops";
      CONSOLE.configure(List.of("notify:", "  ops: {url: '" + url + "', on: [finished]}"));
      String job = jobs.submit(BACKUP);
      jobs.awaitEnd(job);
      page.navigate(CONSOLE.address() + "/jobs/" + job);
      Locator notice = page.locator("tr", new Page.LocatorOptions().setHasText("ops"));
      assertThat(notice).containsText("waits");
      heard.countDown();
      assertThat(notice).containsText("sent");
    } finally {
      heard.countDown();
      receiver.stop(0);
    }
  }

  private static void answer(HttpExchange exchange, CountDownLatch heard) throws IOException {
    try {
      heard.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  @Test
  void timesGoOnAndNewSnapshotsAppear() {
    jobs.awaitEnd(jobs.submit(BACKUP));
    page.clock().install();
    page.navigate(CONSOLE.address() + "/snapshots");
    assertThat(page.locator("tbody tr")).hasCount(1);
    jobs.awaitEnd(jobs.submit(BACKUP));
    page.clock().runFor(30_000);
    assertThat(page.locator("tbody tr")).hasCount(2);
    // While the service answers, its clock counts.
    page.context().setOffline(true);
    page.clock().runFor(250_000);
    assertThat(page.locator("tbody time").last()).containsText("5 min ago");
  }

  @Test
  void aBlankThatIsTypedIntoTheSearchStays() {
    String job = jobs.imported("first", jobs.upload("rows.csv", rows(12)), "{}");
    jobs.awaitEnd(job);
    page.navigate(CONSOLE.address() + "/jobs/" + job);
    Locator search = page.getByLabel("Key contains").last();
    search.pressSequentially("DOMAIN ");
    page.waitForCondition(() -> page.url().endsWith("key=DOMAIN"));
    search.pressSequentially("host11");
    assertThat(page.locator("section[aria-labelledby=rows] tbody tr")).hasCount(1);
    assertThat(search).hasValue("DOMAIN host11");
  }

  @Test
  void whatOthersChangedOfAScheduleIsNotUndone() {
    String path = "/v1/schedules/" + schedule("0 2 * * *");
    page.navigate(CONSOLE.address() + "/schedules");
    assertThat(page.getByText("every day 02:00 UTC")).isVisible();
    put(path, body("0 5 * * *"));
    button(page, "Pause").click();
    assertThat(page.getByText("paused", new Page.GetByTextOptions().setExact(true))).isVisible();
    assertThat(cron(path)).isEqualTo("0 5 * * *");

    button(page, "Change").click();
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("my name");
    put(path, body("0 7 * * *"));
    button(page, "Save changes").click();
    assertThat(page.getByText("The schedule was changed meanwhile")).isVisible();
    assertThat(page.getByText("every day 07:00 UTC now")).isVisible();
    assertThat(cron(path)).isEqualTo("0 7 * * *");
    button(page, "Save changes").click();
    assertThat(page.getByRole(AriaRole.ROWHEADER)).containsText("my name");
    assertThat(cron(path)).isEqualTo("0 5 * * *");
  }

  @Test
  void aRecordNamesEveryKindOfJobThatWroteIt() {
    CONSOLE.sandbox().account().add(LIST, record("ended.example", "[sluice expires=2020-01-01]"));
    jobs.awaitEnd(jobs.submit("{\"kind\":\"prune\",\"profile\":\"first\"}"));
    page.navigate(recordPage("DOMAIN ended.example"));
    assertThat(page.locator("section[aria-labelledby=who]")).containsText("deleted by");

    String others =
        IntStream.range(0, 120)
            .mapToObj(i -> "a.ex" + (char) ('a' + i / 26) + (char) ('a' + i % 26) + "\n")
            .collect(Collectors.joining("", "pattern\n", "a.ex\n"));
    String job = jobs.imported("first", jobs.upload("rows.csv", others), "{}");
    assertThat(jobs.awaitEnd(job).at("/counts/created").asInt()).isEqualTo(121);
    page.navigate(recordPage("DOMAIN a.ex"));
    assertThat(page.locator("section[aria-labelledby=who]")).containsText("line 122");
  }

  private String recordPage(String key) {
    String account = CONSOLE.sandbox().account().id();
    return CONSOLE.address()
        + "/insight/record?resource=block-senders&account="
        + account
        + "&key="
        + key.replace(" ", "+");
  }

  private static ObjectNode record(String pattern, String comment) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("pattern", pattern)
        .put("pattern_type", "DOMAIN")
        .put("is_regex", false)
        .put("comments", comment);
  }

  private static String rows(int count) {
    return ConsoleActions.rows(count);
  }

  private static String schedule(String cron) {
    return CONSOLE.operator().post("/v1/schedules", body(cron)).json().path("id").asString();
  }

  private static String body(String cron) {
    return "{\"name\":\"nightly\",\"cron\":\"%s\",\"zone\":\"UTC\",\"job\":%s}"
        .formatted(cron, BACKUP);
  }

  private static void put(String path, String body) {
    assertThat(CONSOLE.operator().put(path, body).status()).isEqualTo(200);
  }

  private static String cron(String path) {
    return CONSOLE.operator().get(path).json().path("cron").asString();
  }
}
