package io.sluice.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.sluice.cli.ConsoleActions.button;
import static io.sluice.cli.ConsoleRig.LIST;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.sluice.sandbox.Sandbox;
import io.sluice.server.JobClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pasted rows, and whole restores and migrations by the keyboard alone. */
@Tag("slow")
final class ConsoleKeyboardIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int KEYS = 60;

  @RegisterExtension private static final ConsoleRig CONSOLE = new ConsoleRig("first", "second");

  @TempDir private Path directory = Path.of("");
  private Sandbox one;
  private Sandbox two;
  private JobClient jobs;
  private Browser browser;
  private Page page;

  @BeforeEach
  void open() {
    one = CONSOLE.sandbox("first");
    two = CONSOLE.sandbox("second");
    one.account().seed(LIST, 4);
    signIn();
  }

  private void signIn() {
    jobs = CONSOLE.jobs();
    browser = CONSOLE.signedIn("keyboard", Browser.Screen.DESKTOP);
    page = browser.page();
  }

  @Test
  void pastedRowsAreFilledInAndSent() {
    page.navigate(CONSOLE.address() + "/import");
    Locator paste = page.getByText("Paste rows instead");
    page.getByLabel("Kind of records").focus();
    page.keyboard().type("blo");
    tabTo(paste);
    page.keyboard().press("Enter");
    page.keyboard().press("Tab");
    page.keyboard().type("pattern,comments\nevil.example,x\n");
    tabTo(button(page, "Use these rows"));
    page.keyboard().press("Enter");
    assertThat(page.getByText("pasted.csv").first()).isVisible();
    assertThat(page.getByText("evil.example").first()).isVisible();
  }

  @Test
  void aFileIsChosenByEnterAndBySpace() throws Exception {
    // From the start: a browser that is asked to report dialogs while a key is pressed may miss
    // one.
    Deque<FileChooser> choosers = new ArrayDeque<>();
    page.onFileChooser(choosers::add);
    page.navigate(CONSOLE.address() + "/import");
    chooseBy("Enter", "Choose a file", "one.csv", choosers);
    chooseBy("Space", "Choose another file", "two.csv", choosers);
    assertThat(browser.complaints()).isEmpty();
  }

  private void chooseBy(String key, String label, String name, Deque<FileChooser> choosers)
      throws IOException {
    Path file = Files.writeString(directory.resolve(name), "pattern\n" + name + ".example\n");
    tabTo(button(page, label));
    page.keyboard().press(key);
    page.waitForCondition(() -> !choosers.isEmpty());
    choosers.remove().setFiles(file);
    assertThat(page.getByText(name).first()).isVisible();
    assertThat(button(page, "Choose another file")).isFocused();
  }

  @Test
  void aSnapshotIsRestoredIntoAnotherAccount() {
    jobs.awaitEnd(jobs.submit("{\"kind\":\"export\",\"profile\":\"first\"}"));
    page.navigate(CONSOLE.address() + "/snapshots");
    open(button(page, "Restore").first());
    dialog().getByLabel("Into the account").focus();
    page.keyboard().type("sec");
    tabTo(dialog().getByLabel("Yes, from first into second"));
    page.keyboard().press("Space");
    chooseMode("create");
    JsonNode sent = submitted("Rehearse the restore");
    assertThat(sent.path("profile").asString()).isEqualTo("second");
    assertThat(sent.at("/options/mode").asString()).isEqualTo("create");
    runsTheRehearsal();
    assertThat(two.account().count(LIST)).isEqualTo(4);
  }

  @Test
  void anAccountIsMigrated() throws Exception {
    CONSOLE.freshService();
    signIn();
    page.navigate(CONSOLE.address() + "/jobs");
    open(button(page, "Migrate into another account"));
    dialog().locator("select").first().focus();
    page.keyboard().type("fir");
    tabTo(dialog().locator("select").nth(1));
    page.keyboard().type("sec");
    chooseMode("create");
    JsonNode sent = submitted("Rehearse the migration");
    assertThat(sent.path("from").asString()).isEqualTo("first");
    assertThat(sent.path("to").asString()).isEqualTo("second");
    assertThat(sent.at("/options/mode").asString()).isEqualTo("create");
    runsTheRehearsal();
    assertThat(two.account().count(LIST)).isEqualTo(4);
  }

  private Locator dialog() {
    return page.locator("dialog[open]");
  }

  private void open(Locator opener) {
    opener.focus();
    page.keyboard().press("Enter");
    assertThat(dialog()).isVisible();
  }

  /**
   * Through all modes by the arrows: each is the one that is ticked; the last is the wanted one.
   */
  private void chooseMode(String wanted) {
    Locator modes = dialog().locator("input[type=radio]");
    int count = modes.count();
    tabTo(dialog().locator("input[type=radio]:checked"));
    for (int i = 1; i <= count; i++) {
      page.keyboard().press("ArrowDown");
      assertThat(modes.nth(i % count)).isChecked();
      assertThat(modes.nth(i % count)).isFocused();
    }
    for (int i = 0;
        i < count && !dialog().locator("input:checked[value=" + wanted + "]").isVisible();
        i++) {
      page.keyboard().press("ArrowDown");
    }
    assertThat(dialog().locator("input[value=" + wanted + "]")).isChecked();
  }

  private JsonNode submitted(String label) {
    tabTo(button(page, label));
    return JSON.readTree(
        page.waitForRequest(
                request -> request.method().equals("POST") && request.url().endsWith("/v1/jobs"),
                () -> page.keyboard().press("Enter"))
            .postData());
  }

  /** From the rehearsal's page to the end of the job itself. */
  private void runsTheRehearsal() {
    Locator run = button(page, Pattern.compile("^Create 4 records in second"));
    assertThat(run).isVisible();
    String rehearsal = page.url();
    open(run);
    tabTo(button(page, "Run it"));
    page.keyboard().press("Enter");
    assertThat(page).not().hasURL(rehearsal);
    assertThat(page.getByText("Finished, all well.").first()).isVisible();
    assertThat(browser.complaints()).isEmpty();
  }

  private void tabTo(Locator wanted) {
    for (int i = 0; i < KEYS && !isFocused(wanted); i++) {
      page.keyboard().press("Tab");
    }
    assertThat(wanted).isFocused();
  }

  private static boolean isFocused(Locator wanted) {
    return wanted.count() == 1
        && Boolean.TRUE.equals(wanted.evaluate("e => e === document.activeElement"));
  }
}
