package io.sluice.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.sluice.cli.ConsoleActions.button;
import static io.sluice.cli.ConsoleRig.LIST;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import io.sluice.server.JobClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Plans that wait for another person, in the console. */
@Tag("slow")
final class ConsoleApprovalsIT {
  @RegisterExtension
  private static final ConsoleRig CONSOLE =
      new ConsoleRig(List.of("--require-approval", "deletes"), "first");

  @Test
  void whoAskedSeesNoButtonsAndAnotherPersonApprovesWithAReason() throws Exception {
    String key = CONSOLE.key("erin", "approver");
    CONSOLE.sandbox().account().seed(LIST, 5);
    String upload = CONSOLE.jobs().upload("one.csv", "pattern\nnew.example\n");
    String job =
        CONSOLE.jobs().imported("first", upload, "{\"mode\":\"mirror\",\"max_deletes\":\"100%\"}");
    CONSOLE.jobs().await(job, now -> now.path("state").asString("").equals("awaiting_approval"));

    Page own = CONSOLE.signedIn("own", Browser.Screen.DESKTOP).page();
    own.navigate(CONSOLE.address() + "/jobs/" + job);
    assertThat(own.getByText("You have asked for it yourself")).isVisible();
    assertThat(button(own, "Approve")).hasCount(0);
    assertThat(button(own, "Cancel")).isVisible();

    Browser other = CONSOLE.signedIn("approvals", Browser.Screen.PHONE, key);
    Page page = other.page();
    page.navigate(CONSOLE.address() + "/approvals");
    button(page, Pattern.compile("Look at the plan")).click();
    assertThat(page.getByText(Pattern.compile("This plan waits for an approval"))).isVisible();
    assertThat(page.locator("section[aria-labelledby='changes'] .changes > li")).hasCount(6);
    other.look("approvals");
    button(page, "Approve").click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(button(page, "Approve").last()).isDisabled();
    dialog.getByLabel("Reason").fill("seen with the mail team");
    button(page, "Approve").last().click();
    assertThat(page.getByText("Nothing waits for an approval.")).isVisible();

    assertThat(CONSOLE.jobs().awaitEnd(job).path("exit").asInt(-1)).isZero();
    assertThat(CONSOLE.sandbox().account().count(LIST)).isEqualTo(1);
    page.navigate(CONSOLE.address() + "/jobs/" + job);
    assertThat(page.getByText("seen with the mail team")).isVisible();
    assertThat(other.complaints()).isEmpty();
  }

  @Test
  void aPlanThatIsMadeAgainIsShownAsItIsApproved() throws Exception {
    String key = CONSOLE.key("otto", "approver");
    JobClient jobs = CONSOLE.jobs();
    String rows = "pattern\nold.example\nmoved.example\n";
    String upload = jobs.upload("rows.csv", rows);
    jobs.awaitEnd(jobs.imported("first", upload, "{}"));
    String job = jobs.imported("first", upload, "{\"mode\":\"delete\",\"max_deletes\":\"100%\"}");
    String plan = plan(job, "");

    Page page = CONSOLE.signedIn("again", Browser.Screen.DESKTOP, key).page();
    page.navigate(CONSOLE.address() + "/jobs/" + job);
    Locator changes = page.locator("section[aria-labelledby='changes'] .changes > li");
    assertThat(changes).hasCount(2);
    String changed = jobs.upload("changed.csv", "pattern,comments\nmoved.example,seen again\n");
    jobs.awaitEnd(jobs.imported("first", changed, "{}"));
    CONSOLE
        .operator()
        .with("Authorization", "Bearer " + CONSOLE.key("paul", "approver"))
        .post(
            "/v1/jobs/" + job + "/approve",
            "{\"reason\":\"seen\",\"plan_sha256\":\"" + plan + "\"}");
    plan(job, plan);
    assertThat(changes.filter(new Locator.FilterOptions().setHasText("seen again"))).hasCount(1);
    button(page, "Reject").click();
    page.getByRole(AriaRole.DIALOG).getByLabel("Reason").fill("no");
    button(page, "Reject").last().click();
    assertThat(changes).hasCount(0);
  }

  @Test
  void whoLooksAtAPlanLearnsThatAnotherHasDecidedOnIt() throws Exception {
    JobClient jobs = CONSOLE.jobs();
    CONSOLE.sandbox().account().seed(LIST, 3);
    String upload = jobs.upload("one.csv", "pattern\nnew.example\n");
    String job = jobs.imported("first", upload, "{\"mode\":\"mirror\",\"max_deletes\":\"100%\"}");
    String plan = plan(job, "");
    Page page =
        CONSOLE
            .signedIn("meanwhile", Browser.Screen.DESKTOP, CONSOLE.key("ann", "approver"))
            .page();
    page.navigate(CONSOLE.address() + "/approvals");
    button(page, Pattern.compile("Look at the plan")).click();
    assertThat(page.locator("section[aria-labelledby='changes'] .changes > li")).hasCount(4);
    CONSOLE
        .operator()
        .with("Authorization", "Bearer " + CONSOLE.key("ben", "approver"))
        .post(
            "/v1/jobs/" + job + "/reject",
            "{\"reason\":\"not today\",\"plan_sha256\":\"" + plan + "\"}");
    assertThat(page.getByText("This plan has been decided, or has expired.").first()).isVisible();
    assertThat(page.getByText(Pattern.compile("Rejected by ben.*not today"))).isVisible();
    page.reload();
    assertThat(page.getByText(Pattern.compile("Rejected by ben.*not today"))).isVisible();
    button(page, "Close").click();
    assertThat(page.getByText("This plan has been decided, or has expired.").first())
        .not()
        .isVisible();
  }

  /** The plan of a job that waits, once it is another one than before. */
  private static String plan(String job, String before) {
    return CONSOLE
        .jobs()
        .await(
            job,
            now ->
                now.path("state").asString("").equals("awaiting_approval")
                    && !now.at("/approval/plan_sha256").asString("").equals(before))
        .at("/approval/plan_sha256")
        .asString();
  }

  @Test
  void aTestIsSentToATargetByTheKeyboard() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          heard.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    try {
      String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/ops";
      CONSOLE.configure(
          List.of("notify:", "  ops: {url: '" + url + "', on: [failed, awaiting_approval]}"));
      Browser browser = CONSOLE.signedIn("settings", Browser.Screen.PHONE);
      Page page = browser.page();
      page.navigate(CONSOLE.address() + "/settings");
      assertThat(page.getByText("have to be approved by another person")).isVisible();
      button(page, "Send a test to ops").focus();
      page.keyboard().press("Enter");
      assertThat(page.getByText("sent", new Page.GetByTextOptions().setExact(true)).first())
          .isVisible();
      assertThat(heard).hasSize(1).first().asString().contains("a test for the target ops");
      browser.look("settings");
      assertThat(browser.complaints()).isEmpty();
    } finally {
      receiver.stop(0);
    }
  }
}
