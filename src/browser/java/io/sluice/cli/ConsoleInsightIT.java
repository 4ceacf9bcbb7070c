package io.sluice.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.sluice.cli.ConsoleActions.button;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.sluice.server.JobClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** What lists do, in the console: findings, explanations, and the life of a record. */
@Tag("slow")
final class ConsoleInsightIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @RegisterExtension private static final ConsoleRig CONSOLE = new ConsoleRig("default");

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void findingsLeadToRecordsAndThoseToTheirHistoryAndMaker(Browser.Screen screen) {
    JobClient jobs = CONSOLE.jobs();
    CONSOLE.sandbox().account().add("allow_policies", policy("billing@shop.example"));
    backup(jobs);
    String upload =
        jobs.upload("rows.csv", "pattern,comments\nshop.example,ticket 7\nco.uk,\nx.example,\n");
    jobs.awaitEnd(jobs.imported("default", upload, "{}"));
    backup(jobs);
    Browser browser = CONSOLE.signedIn("insight", screen);
    Page page = browser.page();

    page.navigate(CONSOLE.address() + "/");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Insight")).click();
    button(page, "Check the lists").press("Enter");
    assertThat(page.locator(".verdict")).containsText("4 records: 2 errors");
    Locator groups = page.locator(".findings > li");
    assertThat(groups.first()).containsText("conflict (1)");
    assertThat(groups.first()).containsText("To do: Remove one of them");
    assertThat(groups.first().locator("details")).hasAttribute("open", "");
    assertThat(groups.last().locator("summary")).containsText("note");
    browser.look("findings");
    page.reload();
    assertThat(page.locator(".verdict")).containsText("4 records: 2 errors");

    groups
        .first()
        .getByRole(
            AriaRole.LINK, new Locator.GetByRoleOptions().setName("block senders DOMAIN shop"))
        .press("Enter");
    assertThat(page.locator("h1")).hasText("DOMAIN shop.example");
    assertThat(page.getByText("in the newest snapshot")).isVisible();
    assertThat(page.getByText("Import block senders into default")).isVisible();
    assertThat(page.locator(".changes").last()).containsText("came");
    assertThat(page.locator(".changes").last()).containsText("ticket 7");
    browser.look("record");
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void aSenderIsExplained(Browser.Screen screen) {
    CONSOLE.sandbox().account().add("allow_policies", policy("billing@shop.example"));
    Browser browser = CONSOLE.signedIn("explain", screen);
    Page page = browser.page();
    page.navigate(CONSOLE.address() + "/insight");
    Locator field = page.getByLabel("Explain a sender");
    field.fill("BILLING@shop.example");
    field.press("Enter");
    assertThat(page.locator(".verdict")).hasText("1 record matches.");
    assertThat(page.locator(".changes")).containsText("EMAIL billing@shop.example");
    assertThat(page.locator(".changes")).containsText("by exact");
    browser.look("explained");
    field.fill("198.51.100.7");
    button(page, "Explain").click();
    assertThat(page.locator(".verdict")).hasText("Nothing matches.");
    field.fill("no sender @@");
    button(page, "Explain").click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("no sender @@");
    assertThat(browser.complaints()).allMatch(text -> text.contains("400"));
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void aPlanShowsFindingsBesideItsChanges(Browser.Screen screen) throws Exception {
    Browser browser = CONSOLE.signedIn("plan", screen);
    Page page = browser.page();
    CONSOLE.choose(page, "pattern,comments\nco.uk,why\nx.example,\n");
    ConsoleActions.plan(page);
    assertThat(page.getByText("1 error, 1 note in 2 rows to write.")).isVisible();
    assertThat(page.locator(".findings > li").first()).containsText("matches-everything (1)");
    assertThat(button(page, "Create 2 records in default")).isVisible();
    browser.look("findings");
    page.getByText("Change how it is done").click();
    page.getByText("Guards and requests").click();
    page.getByLabel("Findings of lint").selectOption("refuse");
    button(page, "Plan again").click();
    assertThat(page.getByText("lint finds 1 error").first()).isVisible();
    assertThat(CONSOLE.sandbox().requestLog().writes()).isZero();
    browser.look("refused");
    assertThat(browser.complaints()).isEmpty();
  }

  private static void backup(JobClient jobs) {
    jobs.awaitEnd(jobs.submit("{\"kind\":\"export\",\"profile\":\"default\"}"));
  }

  private static tools.jackson.databind.node.ObjectNode policy(String pattern) {
    return JSON.createObjectNode()
        .put("pattern", pattern)
        .put("pattern_type", "EMAIL")
        .put("is_regex", false)
        .put("is_acceptable_sender", true)
        .put("is_trusted_sender", false)
        .put("is_exempt_recipient", false)
        .put("verify_sender", true)
        .put("comments", "invoices");
  }
}
