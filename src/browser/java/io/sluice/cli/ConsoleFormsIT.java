package io.sluice.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.sluice.cli.ConsoleActions.button;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The forms of the console, by keyboard, mouse and type-ahead: what is shown is what is sent. */
@Tag("slow")
final class ConsoleFormsIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SHOWN =
      "() => Object.fromEntries([...document.querySelectorAll('select[aria-label^=\"Field of"
          + " column\"]')].map(box => [box.getAttribute('aria-label').slice(16),"
          + " box.selectedOptions[0].textContent]))";

  @RegisterExtension private static final ConsoleRig CONSOLE = new ConsoleRig("default");

  private Browser browser;
  private Page page;

  @BeforeEach
  void open() {
    browser = CONSOLE.signedIn("forms", Browser.Screen.DESKTOP);
    page = browser.page();
  }

  @AfterEach
  void nothingIsComplainedAbout() {
    // None has been started where there is no Chromium.
    if (browser != null) {
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void aScheduleOfTheThirtyFirstCanBeRenamed() {
    String made =
        "{\"name\":\"monthly\",\"cron\":\"15 3 31 * *\",\"zone\":\"UTC\","
            + "\"job\":{\"kind\":\"export\",\"profile\":\"default\"}}";
    CONSOLE.operator().post("/v1/schedules", made);
    page.navigate(CONSOLE.address() + "/schedules");
    button(page, "Change").click();
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("at the end");
    button(page, "Save changes").click();
    assertThat(page.getByRole(AriaRole.ROWHEADER)).containsText("at the end");
    assertThat(page.getByText("cron 15 3 31 * * UTC")).isVisible();
  }

  @Test
  void theMappingThatIsShownIsTheOneThatIsUsed() throws IOException {
    CONSOLE.choose(page, "indicator,note,more\nevil.example,a,b\nbad.example,c,d\n");
    button(page, "Check the file").click();
    Locator indicator = page.getByLabel("Field of column indicator");
    assertThat(indicator).isVisible();

    // By mouse, then by the arrows, then by the first letters, each time after another redraw.
    sentAfter(() -> indicator.selectOption("pattern"));
    sentAfter(() -> page.getByLabel("Field of column note").selectOption("comments"));
    Locator more = page.getByLabel("Field of column more");
    sentAfter(() -> more.selectOption(""));
    sentAfter(() -> press(more, "ArrowDown"));
    sentAfter(() -> press(more, "Home"));
    sentAfter(() -> press(more, "End"));
    sentAfter(() -> press(more, "Home"));
    assertThat(more.evaluate("box => box.selectedOptions[0].textContent")).isEqualTo("leave out");
    sentAfter(() -> type(indicator, "leav"));
    sentAfter(() -> indicator.selectOption("comments"));
    sentAfter(() -> press(indicator, "ArrowUp"));
    sentAfter(() -> indicator.selectOption("pattern"));
    sentAfter(() -> type(page.getByLabel("Field of column note"), "leave"));

    button(page, "Plan the import").click();
    JsonNode job =
        bodyOf(page.waitForRequest("**/v1/jobs", () -> button(page, "Make the plan").click()));
    assertThat(job.path("reading").path("mapping").path("note").asString("?")).isEmpty();
    assertThat(job.path("reading").path("mapping").path("indicator").asString())
        .isEqualTo("pattern");
  }

  @Test
  void everyOtherControlSendsWhatItShows() throws IOException {
    CONSOLE.choose(page, "pattern\nevil.example\n");
    button(page, "Check the file").click();
    JsonNode reading = reading(() -> press(page.getByLabel(Pattern.compile("Rewrite")), "Space"));
    assertThat(reading.path("normalize").asBoolean()).isTrue();
    reading = reading(() -> page.getByLabel(Pattern.compile("Rewrite")).click());
    assertThat(reading.path("normalize").asBoolean()).isFalse();
    Locator checks = page.getByLabel("Checks");
    assertThat(reading(() -> type(checks, "off")).path("validation").asString("")).isEqualTo("off");
    assertThat(reading(() -> press(checks, "Home")).path("validation").isNull()).isTrue();
    assertThat(reading(() -> checks.selectOption("basic")).path("validation").asString(""))
        .isEqualTo("basic");
    assertThat(checks.inputValue()).isEqualTo("basic");
    Locator kind = page.getByLabel("is_regex");
    page.getByText("Set a field for all rows").click();
    assertThat(reading(() -> type(kind, "fal")).path("fixed").path("is_regex").asString(""))
        .isEqualTo("false");
    assertThat(kind.inputValue()).isEqualTo("false");
    button(page, "Plan the import").click();

    press(page.locator("input[value=upsert]"), "ArrowDown");
    press(page.locator("input[value=create]"), "ArrowDown");
    page.getByLabel("Mirror").click();
    page.getByText("Guards and requests").click();
    page.getByText("Guards and requests").click();
    page.getByLabel("Refuse more deletes").fill("7%");
    press(page.getByLabel("Take a safety"), "Space");
    type(page.getByLabel("Requests"), "row");
    JsonNode job =
        bodyOf(page.waitForRequest("**/v1/jobs", () -> button(page, "Make the plan").click()));
    JsonNode options = job.path("options");
    assertThat(options.path("mode").asString("")).isEqualTo("mirror");
    assertThat(options.path("max_deletes").asString("")).isEqualTo("7%");
    assertThat(options.path("safety_snapshot").asBoolean(true)).isFalse();
    assertThat(options.path("strategy").asString("")).isEqualTo("rows");
    assertThat(page.getByLabel("Requests").inputValue()).isEqualTo("rows");
  }

  @Test
  void theLineOfTheNamesIsTheOneThatIsShown() throws IOException {
    CONSOLE.choose(page, "List of the SOC\npattern,comments\nevil.example,a\n");
    Locator line = page.getByLabel("Line with the names");
    line.focus();
    JsonNode reading = reading(() -> typeAndLeave("2"));
    assertThat(reading.path("header_line").asInt()).isEqualTo(2);
    assertThat(line).hasValue("2");
    assertThat(page.getByText("evil.example").first()).isVisible();
    // By mouse: what the field holds is selected and replaced.
    line.click(new Locator.ClickOptions().setClickCount(3));
    assertThat(reading(() -> typeAndLeave("1")).path("header_line").asInt()).isEqualTo(1);
    assertThat(line).hasValue("1");
    Locator header = page.getByLabel("Is the first row a header?");
    assertThat(reading(() -> type(header, "no")).path("header").asBoolean(true)).isFalse();
    assertThat(line).hasCount(0);
    assertThat(reading(() -> press(header, "Home")).path("header").isBoolean()).isFalse();
    assertThat(line).hasValue("");
  }

  @Test
  void whichOfTheRowsOfOneKeyCountsIsWhatIsShown() throws IOException {
    CONSOLE.choose(page, "pattern,comments\nevil.example,a\nevil.example,b\n");
    button(page, "Check the file").click();
    assertThat(button(page, "Plan the import")).isDisabled();
    Locator repeats = page.getByLabel("Rows of one key that contradict each other");
    assertThat(reading(() -> type(repeats, "The last")).path("duplicates").asString(""))
        .isEqualTo("last");
    assertThat(repeats).hasValue("last");
    assertThat(reading(() -> press(repeats, "ArrowUp")).path("duplicates").asString(""))
        .isEqualTo("first");
    assertThat(repeats).hasValue("first");
    assertThat(reading(() -> press(repeats, "Home")).path("duplicates").isNull()).isTrue();
    assertThat(button(page, "Plan the import")).isDisabled();
    reading(() -> repeats.selectOption("last"));
    button(page, "Plan the import").click();
    JsonNode job =
        bodyOf(page.waitForRequest("**/v1/jobs", () -> button(page, "Make the plan").click()));
    assertThat(job.at("/reading/duplicates").asString("")).isEqualTo("last");
    assertThat(page.getByText("1 skipped").first()).isVisible();
  }

  private void typeAndLeave(String text) {
    page.keyboard().type(text);
    page.keyboard().press("Tab");
  }

  private void press(Locator control, String key) {
    control.focus();
    page.keyboard().press(key);
  }

  private void type(Locator control, String letters) {
    control.focus();
    page.keyboard().type(letters);
  }

  private JsonNode reading(Runnable action) {
    Request request = page.waitForRequest("**/v1/previews", action);
    request.response();
    assertThat(page.getByText("Checking again")).isHidden();
    return bodyOf(request).path("reading");
  }

  /** Does something with the mapping, and compares what is shown then with what was sent. */
  private void sentAfter(Runnable action) {
    JsonNode mapping = reading(action).path("mapping");
    Map<String, String> sent = new TreeMap<>();
    mapping.forEachEntry(
        (column, field) ->
            sent.put(column, field.asString("").isEmpty() ? "leave out" : field.asString("")));
    Map<String, String> shown = new TreeMap<>();
    JSON.valueToTree(page.evaluate(SHOWN))
        .forEachEntry(
            (column, text) -> shown.put(column, text.asString("").replace(" (required)", "")));
    shown.keySet().retainAll(sent.keySet());
    assertThat(shown).isEqualTo(sent);
  }

  private static JsonNode bodyOf(Request request) {
    return JSON.readTree(request.postData());
  }
}
