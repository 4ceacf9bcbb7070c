package io.sluice.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.sluice.cli.ConsoleActions.button;
import static io.sluice.cli.ConsoleActions.rows;
import static io.sluice.cli.ConsoleRig.LIST;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.sluice.sandbox.fault.Fault;
import io.sluice.server.JobClient;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether people can see what they need: in any colours, on a small screen, at a wrong address. */
@Tag("slow")
final class ConsoleReadingIT {
  /** The contrast of two colours as WCAG 2 counts it. */
  private static final String CONTRAST =
      "const light = (colour) => { const c = document.createElement('canvas').getContext('2d');"
          + " c.fillStyle = colour; c.fillRect(0, 0, 1, 1);"
          + " const [r, g, b] = [...c.getImageData(0, 0, 1, 1).data].slice(0, 3).map((v) => v / 255)"
          + ".map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));"
          + " return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05; };"
          + " const contrast = (a, b) => { const [x, y] = [light(a), light(b)];"
          + " return Math.max(x, y) / Math.min(x, y); };"
          + " const ground = (e) => { for (; e; e = e.parentElement) {"
          + " const c = getComputedStyle(e).backgroundColor;"
          + " if (c !== 'rgba(0, 0, 0, 0)' && c !== 'transparent') return c; } return 'canvas'; };";

  private static final String CHART_LABELS =
      "() => {"
          + CONTRAST
          + " const canvas = document.querySelector('canvas');"
          + " const { scales, plugins } = Chart.getChart(canvas).options;"
          + " const colours = [plugins.legend.labels.color,"
          + " ...Object.values(scales).flatMap((s) =>"
          + " [s.ticks.color, ...(s.title.display ? [s.title.color] : [])])];"
          + " return Math.min(...colours.map((c) => contrast(c, ground(canvas)))); }";

  private static final String CHART_TIME =
      "() => Chart.getChart(document.querySelector('canvas')).options.scales.x.title.text";

  private static final String LEAST_READABLE =
      "() => {"
          + CONTRAST
          + " let [least, where] = [99, ''];"
          + " for (const e of document.querySelectorAll('body *')) {"
          + " const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());"
          + " if (!own || !e.checkVisibility() || e.closest(':disabled, option, .unseen')) continue;"
          + " const now = contrast(getComputedStyle(e).color, ground(e));"
          + " if (now < least) [least, where] = [now, e.outerHTML.slice(0, 80)]; }"
          + " return least < 4.5 ? `${least.toFixed(2)} ${where}` : ''; }";

  /** True if a button can be pressed where it is, without scrolling. */
  private static final String IN_REACH =
      "(e) => { const b = e.getBoundingClientRect();"
          + " return b.top >= 0 && b.bottom <= innerHeight && e.contains(document.elementFromPoint("
          + "b.left + b.width / 2, b.top + b.height / 2)); }";

  @RegisterExtension private static final ConsoleRig CONSOLE = new ConsoleRig("default");

  @BeforeEach
  void seed() {
    CONSOLE.sandbox().account().seed(LIST, 40);
  }

  @Test
  void labelsStayReadableWhenTheColoursChangeWhileTheyAreLookedAt() {
    CONSOLE.sandbox().faults().everywhere().then(Fault.delay(Duration.ofMillis(500)));
    JobClient jobs = CONSOLE.jobs();
    String upload = jobs.upload("rows.csv", ServiceProcess.senders(0, 4_000));
    String job = jobs.imported("default", upload, "{\"strategy\":\"rows\"}");
    Browser browser = CONSOLE.signedIn("colours", Browser.Screen.DESKTOP);
    Page page = browser.page();
    page.navigate(CONSOLE.address() + "/jobs/" + job);
    assertThat(page.locator("canvas"))
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
    for (ColorScheme scheme :
        new ColorScheme[] {ColorScheme.DARK, ColorScheme.LIGHT, ColorScheme.DARK}) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      // The chart is drawn anew a moment later.
      page.waitForFunction("() => (" + CHART_LABELS + ")() >= 4.5");
      assertThat(page.evaluate(LEAST_READABLE)).describedAs("%s", scheme).isEqualTo("");
      assertThat(page.evaluate(CHART_TIME)).asString().matches("Time \\(.*(UTC|/).*\\)");
    }
    button(page, "Cancel").click();
    for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      assertThat(page.evaluate(LEAST_READABLE)).describedAs("%s", scheme).isEqualTo("");
    }
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void whyAFormIsRefusedIsBroughtIntoSightAndHasTheFocus() throws Exception {
    Browser browser = CONSOLE.signedIn("refused", Browser.Screen.PHONE);
    Page page = browser.page();
    CONSOLE.choose(page, rows(3));
    button(page, "Check the file").click();
    button(page, "Plan the import").click();
    page.getByLabel("Mirror").check();
    page.getByLabel("Refuse more deletes").fill("many");
    button(page, "Make the plan").click();
    assertRefused(page, "Refuse more deletes than");

    page.navigate(CONSOLE.address() + "/keys");
    button(page, "Make a key").first().click();
    page.getByLabel("Name").fill("?");
    button(page, "Make the key").click();
    assertRefused(page, "a key's name has");
    assertThat(page.getByLabel("Name")).hasValue("?");
  }

  private static void assertRefused(Page page, String text) {
    Locator error =
        page.getByRole(AriaRole.ALERT).filter(new Locator.FilterOptions().setHasText(text));
    assertThat(error).isInViewport();
    assertThat(error).isFocused();
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void theButtonsOfLongFormsAreInReach(Browser.Screen screen) throws Exception {
    Browser browser = CONSOLE.signedIn("footers", screen);
    Page page = browser.page();
    page.navigate(CONSOLE.address() + "/schedules");
    button(page, "New schedule").first().click();
    assertInReach(button(page, "Create schedule"), button(page, "Cancel"));
    page.locator("dialog").evaluate("e => e.scrollTo(0, e.scrollHeight)");
    assertInReach(button(page, "Create schedule"), button(page, "Cancel"));
    page.navigate(CONSOLE.address() + "/jobs");
    button(page, "Take a backup").click();
    assertInReach(button(page, "Back up"), button(page, "Cancel"));
    CONSOLE.choose(page, rows(300));
    page.evaluate("() => scrollTo(0, 0)");
    assertInReach(button(page, "Check the file"));
    button(page, "Check the file").click();
    assertThat(button(page, "Plan the import")).isEnabled();
    assertInReach(button(page, "Plan the import"));
    button(page, "Plan the import").click();
    assertInReach(button(page, "Make the plan"));
  }

  private static void assertInReach(Locator... buttons) {
    for (Locator each : buttons) {
      assertThat(each).isVisible();
      assertThat(each.evaluate(IN_REACH)).describedAs(each.innerText()).isEqualTo(true);
    }
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void anAddressThatLeadsNowhereSaysSoAndLeadsBack(Browser.Screen screen) {
    Browser browser = CONSOLE.signedIn("nowhere", screen);
    Page page = browser.page();
    assertThat(page.navigate(CONSOLE.address() + "/no/such/page").status()).isEqualTo(404);
    assertThat(page.locator("h1")).hasText("No such page");
    assertThat(page).hasTitle("No such page · Sluice");
    browser.look("nowhere");
    page.getByText("Go to the jobs").click();
    assertThat(page).hasURL(CONSOLE.address() + "/");
    assertThat(page.locator("h1")).hasText("Jobs");
    // The browser notes the status of the page itself.
    assertThat(browser.complaints()).allMatch(text -> text.contains("404"));
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void aScheduleShowsItsNextThreeTimesBeforeAndAfterItIsMade(Browser.Screen screen) {
    Browser browser = CONSOLE.signedIn("next-times", screen);
    Page page = browser.page();
    page.navigate(CONSOLE.address() + "/schedules");
    button(page, "New schedule").first().click();
    page.getByLabel("Name").fill("nightly");
    page.getByLabel("Time zone").fill("Europe/Berlin");
    Locator next = page.getByText(Pattern.compile("Next: .*, 02:00 .*; .*, 02:00 .*; .*, 02:00"));
    assertThat(next).isVisible();
    Locator time = page.getByLabel("At", new Page.GetByLabelOptions().setExact(true));
    time.fill("");
    assertThat(button(page, "Create schedule")).isDisabled();
    time.fill("02:00");
    assertThat(next).isVisible();
    button(page, "Create schedule").click();
    Locator times = page.getByLabel("Next runs").getByRole(AriaRole.LISTITEM);
    assertThat(times).hasCount(3);
    for (int i = 0; i < 3; i++) {
      assertThat(times.nth(i)).hasText(Pattern.compile(", 02:00 \\(UTC\\+[12]\\)$"));
    }
    browser.look("made");
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Browser.Screen.class)
  void aKindThatIsRefusedIsNotSaidToBeLacking(Browser.Screen screen) {
    CONSOLE.sandbox().account().lacks("content_policies");
    CONSOLE
        .sandbox()
        .faults()
        .onList("domains")
        .then(Fault.status(403, 10000, "Authentication error"));
    Browser browser = CONSOLE.signedIn("kinds", screen);
    Page page = browser.page();
    page.navigate(CONSOLE.address() + "/accounts");
    Locator kinds = page.locator(".holdings > div");
    assertThat(kinds.filter(new Locator.FilterOptions().setHasText("content policies")))
        .containsText("not in this account");
    Locator domains =
        kinds.filter(new Locator.FilterOptions().setHasText(Pattern.compile("^domains")));
    assertThat(domains).containsText("cannot be read");
    assertThat(domains).containsText("Authentication error");
    assertThat(page.getByText("readable in part")).isVisible();
    browser.look("kinds");
    assertThat(browser.complaints()).isEmpty();
  }
}
