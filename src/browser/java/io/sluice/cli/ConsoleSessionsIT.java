package io.sluice.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.sluice.cli.ConsoleActions.button;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Sessions that end while somebody works, and that another tab ends and begins. */
@Tag("slow")
final class ConsoleSessionsIT {
  @RegisterExtension private static final ConsoleRig CONSOLE = new ConsoleRig("first");

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void aFormWaitsUntilItsUserHasSignedInAgain(Browser.Screen screen) throws Exception {
    Browser browser = CONSOLE.signedIn("session", screen, CONSOLE.key("erin", "approver"));
    Page page = browser.page();
    page.navigate(CONSOLE.address() + "/schedules");
    button(page, "New schedule").click();
    Locator name = page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true));
    name.fill("every night");
    assertThat(page.getByText(Pattern.compile("Next: "))).isVisible();
    revoke("erin");
    button(page, "Create schedule").click();

    Locator field = page.getByLabel("API key");
    assertThat(field).isFocused();
    assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
    assertThat(page.getByText("Your session has ended.")).isVisible();
    browser.look("session-ended");
    field.fill(CONSOLE.key("erin", "approver"));
    button(page, "Sign in").click();

    assertThat(name).hasValue("every night");
    assertThat(page.getByText("You had been signed out, so this was not done.").last()).isVisible();
    browser.look("signed-in-again");
    button(page, "Create schedule").click();
    assertThat(page.getByRole(AriaRole.ROWHEADER)).containsText("every night");
  }

  @Test
  void whoSignsInNextSeesNothingOfThePersonBefore() throws Exception {
    String next = CONSOLE.key("otto", "operator");
    Page page =
        CONSOLE.signedIn("next", Browser.Screen.DESKTOP, CONSOLE.key("bert", "approver")).page();
    page.navigate(CONSOLE.address() + "/keys");
    button(page, "Make a key").click();
    page.getByRole(AriaRole.DIALOG).getByLabel("Name").fill("secret program");
    button(page, "Make the key").click();
    assertThat(page.locator(".secret")).isVisible();
    revoke("bert");
    button(page, "Revoke otto").click();
    button(page, "Revoke").last().click();

    page.getByLabel("API key").fill(next);
    button(page, "Sign in").click();
    assertThat(page.getByText("secret program").first()).isVisible();
    assertThat(page.locator(".rail .who")).containsText("otto");
    assertThat(page.locator(".secret")).hasCount(0);
  }

  @Test
  void aTabGoesOnAfterItsUserHasSignedInAgainInAnother() throws Exception {
    String key = CONSOLE.key("erin", "approver");
    Page page = CONSOLE.signedIn("tabs", Browser.Screen.DESKTOP, key).page();
    page.navigate(CONSOLE.address() + "/schedules");
    signInElsewhere(page, key);
    button(page, "New schedule").click();
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("every night");
    button(page, "Create schedule").click();
    assertThat(page.getByRole(AriaRole.ROWHEADER)).containsText("every night");

    page.navigate(CONSOLE.address() + "/import");
    page.getByLabel("Kind of records").selectOption("block-senders");
    signInElsewhere(page, key);
    page.getByText("Paste rows instead").click();
    page.getByLabel("Rows:").fill("pattern\nnew.example\n");
    button(page, "Use these rows").click();
    assertThat(button(page, "Check the file")).isEnabled();
  }

  @Test
  void aTabShowsWhoIsSignedInAfterAnotherPersonHasSignedInInAnother() throws Exception {
    String other = CONSOLE.key("vic", "viewer");
    Page page =
        CONSOLE.signedIn("others", Browser.Screen.DESKTOP, CONSOLE.key("erin", "approver")).page();
    page.navigate(CONSOLE.address() + "/schedules");
    assertThat(button(page, "New schedule")).isVisible();
    signInElsewhere(page, other);
    button(page, "New schedule").click();
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("every night");
    button(page, "Create schedule").click();
    assertThat(page.locator(".rail .who")).containsText("vic viewer");
    assertThat(button(page, "New schedule")).hasCount(0);
    assertThat(CONSOLE.operator().get("/v1/schedules").json().path("items").isEmpty()).isTrue();
  }

  @Test
  void anAddressThatWasCutWithinALetterIsNoPage() {
    Page page = CONSOLE.signedIn("cut", Browser.Screen.DESKTOP).page();
    page.evaluate(
        "history.pushState(null, '', '/jobs/%E2%82'); dispatchEvent(new Event('popstate'))");
    assertThat(page.getByText("There is nothing at this address.")).isVisible();
  }

  private static void signInElsewhere(Page page, String key) {
    Page tab = page.context().newPage();
    tab.navigate(CONSOLE.address() + "/");
    tab.getByText("Sign out").first().click();
    tab.getByLabel("API key").fill(key);
    button(tab, "Sign in").click();
    assertThat(tab.getByText("Sign out").first()).isVisible();
    tab.close();
  }

  private static void revoke(String name) {
    JsonNode keys = CONSOLE.operator().get("/v1/keys").json().path("items");
    String id =
        StreamSupport.stream(keys.spliterator(), false)
            .filter(key -> key.path("name").asString().equals(name))
            .map(key -> key.path("id").asString())
            .findFirst()
            .orElseThrow();
    assertThat(CONSOLE.operator().delete("/v1/keys/" + id).status()).isEqualTo(204);
  }
}
