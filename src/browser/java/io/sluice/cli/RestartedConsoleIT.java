package io.sluice.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.sluice.Eventually;
import io.sluice.sandbox.Sandbox;
import io.sluice.server.JobClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The console while its service is away for a moment, in the middle of an import. */
@Tag("slow")
final class RestartedConsoleIT {
  private static final int ROWS = 1_000;
  private static final LocatorAssertions.IsVisibleOptions IN_TIME =
      new LocatorAssertions.IsVisibleOptions().setTimeout(60_000);

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().latency(Duration.ofMillis(150)).start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void itSaysThatTheConnectionIsLostAndTakesItUpAgainByItself() throws Exception {
    try (ServiceProcess service = service("127.0.0.1:0", "--no-auth");
        Chromium chromium = Chromium.start();
        Browser browser = chromium.open("restart", Browser.Screen.DESKTOP)) {
      Page page = browser.page();
      watch(page, service, new JobClient(service.operator()));
      service.kill();
      Locator lost = page.getByText("The connection is lost.");
      assertThat(lost).isVisible(IN_TIME);
      browser.look("lost");
      try (ServiceProcess again = service(at(service), "--no-auth")) {
        assertFinished(page);
        assertThat(lost).hasCount(0);
        browser.look("finished");
        assertThat(again.terminate()).isEqualTo(130);
      }
      assertOnlyTheNetworkFailed(browser);
    }
  }

  @Test
  void whoseSessionEndedWithItsKeySignsInAndSeesTheJob() throws Exception {
    String key = newKey();
    try (ServiceProcess service = service("127.0.0.1:0");
        Chromium chromium = Chromium.start();
        Browser browser =
            chromium.signedIn("restart-session", Browser.Screen.PHONE, service.address(), key)) {
      Page page = browser.page();
      watch(
          page, service, new JobClient(service.operator().with("Authorization", "Bearer " + key)));
      assertThat(service.terminate()).isEqualTo(130);
      removeKey();
      String other = newKey();
      try (ServiceProcess again = service(at(service))) {
        Locator field = page.getByLabel("API key");
        assertThat(field).isVisible(IN_TIME);
        browser.look("signed-out");
        field.fill(other);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
        assertFinished(page);
        browser.look("finished");
        assertThat(again.terminate()).isEqualTo(130);
      }
      assertOnlyTheNetworkFailed(browser);
    }
  }

  /** Begins an import and looks at its page until some of it is done. */
  private void watch(Page page, ServiceProcess service, JobClient jobs) {
    String upload = jobs.upload("rows.csv", ServiceProcess.senders(0, ROWS));
    String job = jobs.imported("one", upload, "{\"strategy\":\"rows\"}");
    page.navigate(service.address() + "/jobs/" + job);
    assertThat(page.getByText("Running").first()).isVisible();
    Eventually.is(() -> sandbox.account().count(BlockList.RESOURCE), made -> made > ROWS / 10);
  }

  private void assertFinished(Page page) {
    assertThat(page.getByText("Finished").first()).isVisible(IN_TIME);
    assertThat(page.getByText("1,000 created").first()).isVisible(IN_TIME);
    assertThat(sandbox.account().creations(BlockList.RESOURCE).values())
        .hasSize(ROWS)
        .containsOnly(1);
  }

  private static void assertOnlyTheNetworkFailed(Browser browser) {
    assertThat(browser.complaints())
        .allSatisfy(complaint -> assertThat(complaint).startsWith("Failed to load resource"));
  }

  private static String at(ServiceProcess service) {
    return URI.create(service.address()).getAuthority();
  }

  private ServiceProcess service(String address, String... options) throws Exception {
    String profile = TwoAccounts.profile("one", sandbox.account().id(), sandbox);
    Files.write(directory.resolve(TwoAccounts.CONFIG), List.of("profiles:", profile));
    List<String> all =
        new ArrayList<>(List.of("--data-dir", "data", "--config", TwoAccounts.CONFIG));
    all.addAll(List.of(options));
    return ServiceProcess.startAt(address, sluice(), all.toArray(new String[0]));
  }

  private String newKey() throws Exception {
    SluiceProcess.Ended made =
        sluice()
            .run(
                "serve", "--data-dir", "data", "--new-key", "anna", "--role", "operator", "--json");
    return JsonMapper.shared().readTree(made.out()).path("key").asString();
  }

  private void removeKey() throws Exception {
    SluiceProcess.Ended removed =
        sluice().run("serve", "--data-dir", "data", "--remove-key", "anna", "--yes");
    assertThat(removed.exit()).describedAs(removed.err()).isZero();
  }

  private SluiceProcess sluice() {
    return new SluiceProcess(directory).with("TOKEN_ONE", sandbox.token()).quick();
  }
}
