package io.sluice.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.sluice.cli.ConsoleActions.button;
import static io.sluice.cli.ConsoleRig.LIST;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.sluice.sandbox.Sandbox;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.node.JsonNodeFactory;

/** Records that end are found, renewed with two clicks, and planned to be deleted. */
@Tag("slow")
final class ConsoleExpiringIT {
  @RegisterExtension private static final ConsoleRig CONSOLE = new ConsoleRig("one");

  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
  private Sandbox one;
  private Browser browser;
  private Page page;

  @BeforeEach
  void open() {
    one = CONSOLE.sandbox("one");
    hold("kept.example", "by hand");
    hold("ended.example", "why [sluice owner=feed-x expires=2020-01-01]");
    hold("soon.example", "[sluice expires=" + today.plusDays(5) + "]");
    browser = CONSOLE.signedIn("expiring", Browser.Screen.PHONE);
    page = browser.page();
  }

  @Test
  void anEndedRecordIsRenewedWithTwoClicks() {
    page.navigate(CONSOLE.address() + "/accounts");
    page.getByText("Expiring records").first().click();
    assertThat(page.getByText("ended.example").first()).isVisible();
    assertThat(page.getByText("soon.example").first()).isVisible();
    assertThat(page.getByText("kept.example")).hasCount(0);
    browser.look("expiring");

    LocalDate renewed = today.plusDays(30);
    button(page, "Renew DOMAIN ended.example").click();
    button(page, "Renew until " + renewed).click();

    page.waitForURL("**/jobs/*");
    assertThat(page.getByText("Finished, all well.").first()).isVisible();
    assertThat(one.account().records(LIST))
        .extracting(record -> record.path("comments").asString())
        .contains("why [sluice owner=feed-x expires=" + renewed + "]");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void whatHasEndedIsPlannedToBeDeleted() {
    page.navigate(CONSOLE.address() + "/accounts/one/expiring");
    button(page, "Plan to delete what has ended").click();

    page.waitForURL("**/jobs/*");
    assertThat(page.getByText("The plan is ready. Nothing has been changed.").first()).isVisible();
    assertThat(page.getByText("ended.example").first()).isVisible();
    assertThat(page.getByText("owner feed-x")).isVisible();
    assertThat(page.getByText("expires 2020-01-01", new Page.GetByTextOptions().setExact(true)))
        .isVisible();
    assertThat(one.account().records(LIST)).hasSize(3);
    assertThat(browser.complaints()).isEmpty();
  }

  private void hold(String pattern, String comment) {
    one.account()
        .add(
            LIST,
            JsonNodeFactory.instance
                .objectNode()
                .put("pattern", pattern)
                .put("pattern_type", "DOMAIN")
                .put("is_regex", false)
                .put("comments", comment));
  }
}
