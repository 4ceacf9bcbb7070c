package io.sluice.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.sluice.cli.ConsoleActions.button;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.FilePayload;
import io.sluice.server.JobClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files as a spreadsheet leaves them, from the first look at them to the rows that were wrong. */
@Tag("slow")
final class ConsoleMessyFilesIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @RegisterExtension private static final ConsoleRig CONSOLE = new ConsoleRig("default");

  @TempDir private Path directory = Path.of("");
  private Browser browser;
  private Page page;

  @BeforeEach
  void open() {
    browser = CONSOLE.signedIn("messy", Browser.Screen.DESKTOP);
    page = browser.page();
  }

  @AfterEach
  void noComplaints() {
    // None has been started where there is no Chromium.
    if (browser != null) {
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void aFileThatWasCutOffIsSaidToBeDamagedAtOnce() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(ConsoleActions.rows(500).getBytes(StandardCharsets.UTF_8));
    }
    byte[] cut = Arrays.copyOf(packed.toByteArray(), packed.size() / 2);
    page.navigate(CONSOLE.address() + "/import");
    page.getByLabel("Kind of records").selectOption("block-senders");
    page.locator("input[type=file]")
        .setInputFiles(new FilePayload("rows.csv.gz", "application/gzip", cut));
    assertThat(page.getByText("the gzip data are damaged or cut off here")).isVisible();
    assertThat(page.getByText("Not every column is understood yet.")).hasCount(0);
  }

  @Test
  void aTitleIsNoticedAndColumnsWithoutANameAreToldApart() throws IOException {
    String text =
        "Sperrliste Nord;;;\r\n\r\n;;;\r\nAbsender;;;Datum\r\nevil.example;größer;SOC-1;heute\r\n";
    CONSOLE.choose(page, text, Charset.forName("windows-1252"));
    assertThat(page.getByText("Line 1 looks like a title.")).isVisible();
    reading(() -> button(page, "Use line 4").click());
    assertThat(page.getByText("looks like a title")).hasCount(0);
    button(page, "Check the file").click();
    assertThat(page.getByText("2 columns with values and without a name: 2 and 3.")).isVisible();

    reading(() -> page.getByLabel("Field of column Absender").selectOption("pattern"));
    reading(() -> page.getByLabel("Field of column 2").selectOption("comments"));
    JsonNode last = reading(() -> page.getByLabel("Field of column Datum").selectOption(""));
    assertThat(last.path("header_line").asInt()).isEqualTo(4);
    assertThat(last.path("mapping").path("2").asString("")).isEqualTo("comments");
    assertThat(last.path("mapping").has("3")).isFalse();
    JsonNode left = reading(() -> button(page, "Leave them out").click());
    assertThat(left.path("mapping").path("3").asString("?")).isEmpty();
    assertThat(page.getByText(Pattern.compile("1\\srow, all valid"))).isVisible();
  }

  @Test
  void proposalsForColumnsAreTakenAsAWhole() throws IOException {
    CONSOLE.choose(page, "Indikator;Grund;Ticket;Datum\nevil.example;phish;7;heute\n");
    button(page, "Check the file").click();
    assertThat(button(page, "Plan the import")).isDisabled();
    JsonNode taken =
        reading(
            () ->
                button(
                        page,
                        "Take Indikator as pattern and Grund as comments, and leave out the other 2")
                    .press("Enter"));
    assertThat(taken.path("mapping").path("Indikator").asString("")).isEqualTo("pattern");
    assertThat(taken.path("mapping").path("Grund").asString("")).isEqualTo("comments");
    assertThat(taken.path("mapping").path("Datum").asString("?")).isEmpty();
    assertThat(page.getByLabel("Field of column Grund")).hasValue("comments");
    assertThat(page.getByText("without a meaning")).hasCount(0);
    assertThat(button(page, "Plan the import")).isEnabled();
  }

  @Test
  void theDoubtAboutTheFirstLinesIsOnTheCheckToo() throws IOException {
    CONSOLE.choose(page, "Sperrliste Nord;;\nAbsender;Notiz;Datum\nevil.example;x;heute\n");
    button(page, "Check the file").click();
    reading(() -> button(page, "Use line 2").last().click());
    assertThat(page.getByLabel("Field of column Absender")).isVisible();
  }

  @Test
  void whatAnImportCreatedIsDeletedAgain() {
    JobClient jobs = CONSOLE.jobs();
    CONSOLE.sandbox().account().seed(ConsoleRig.LIST, 2);
    String job = jobs.imported("default", jobs.upload("a.csv", ServiceProcess.senders(0, 3)), "{}");
    jobs.awaitEnd(job);
    page.navigate(CONSOLE.address() + "/jobs/" + job);
    button(page, "Undo: delete what was created").click();
    button(page, Pattern.compile("^Delete 3 records in default")).click();
    page.keyboard().type("delete 3");
    page.keyboard().press("Enter");
    page.waitForCondition(() -> CONSOLE.sandbox().account().count(ConsoleRig.LIST) == 2);
    assertThat(page.getByText("3 deleted").first()).isVisible();
  }

  @Test
  void deletingWhatTheAccountLacksIsNotCalledHeld() throws IOException {
    String text = "pattern\nevil.example\nbad.example\n";
    CONSOLE.choose(page, text);
    button(page, "Check the file").click();
    button(page, "Plan the import").click();
    page.locator("input[value=delete]").click();
    button(page, "Make the plan").click();

    assertThat(page.getByText("None of the 2 rows is in the account: there is nothing to delete."))
        .isVisible();
    assertThat(page.getByText("2 skipped: the account does not have it.")).isVisible();
    assertThat(page.getByText("already holds")).hasCount(0);
  }

  @Test
  void aCorrectedFileIsReadAsTheJobWas() throws IOException {
    JobClient jobs = CONSOLE.jobs();
    String upload = jobs.upload("rows.csv", "evil.example,fine\nnot a domain,bad\n");
    String job =
        jobs.submit(
            "{\"kind\":\"import\",\"profile\":\"default\",\"resource\":\"block-senders\","
                + "\"upload\":\""
                + upload
                + "\",\"reading\":{\"header\":false,\"normalize\":true,\"skip_invalid\":true,"
                + "\"mapping\":{\"1\":\"pattern\",\"2\":\"comments\"}}}");
    jobs.awaitEnd(job);
    page.navigate(CONSOLE.address() + "/jobs/" + job);
    button(page, "Import a corrected file").click();
    Path corrected = directory.resolve("failed.csv");
    Files.writeString(
        corrected, "1,_outcome,_code,_message,_pointer,_line\nbad[.]example,invalid,,,,2\n");
    JsonNode reading = reading(() -> page.locator("input[type=file]").setInputFiles(corrected));
    assertThat(page.getByText("Not in this file: column 2.")).isVisible();

    assertThat(reading.path("mapping").path("1").asString("")).isEqualTo("pattern");
    assertThat(reading.path("normalize").asBoolean(false)).isTrue();
    assertThat(reading.path("header").isBoolean()).isFalse();
    button(page, "Check the file").click();
    assertThat(page.getByText(Pattern.compile("1\\srow, all valid"))).isVisible();
  }

  /** Corrected where the rows come from, the file still has its title. */
  @Test
  void aCorrectedFileWithATitleKeepsTheFieldsOfItsColumns() throws IOException {
    String title = "Sperrliste Nord;\nAbsender;Notiz\n";
    JobClient jobs = CONSOLE.jobs();
    String job =
        jobs.submit(
            "{\"kind\":\"import\",\"profile\":\"default\",\"resource\":\"block-senders\","
                + "\"upload\":\""
                + jobs.upload("rows.csv", title + "evil.example;fine\nnot a domain;bad\n")
                + "\",\"reading\":{\"header_line\":2,\"skip_invalid\":true,"
                + "\"mapping\":{\"Absender\":\"pattern\",\"Notiz\":\"comments\"}}}");
    jobs.awaitEnd(job);
    page.navigate(CONSOLE.address() + "/jobs/" + job);
    button(page, "Import a corrected file").click();
    Path corrected = directory.resolve("rows.csv");
    Files.writeString(corrected, title + "evil.example;fine\nbad.example;bad\n");
    reading(() -> page.locator("input[type=file]").setInputFiles(corrected));
    assertThat(page.getByText("Not in this file")).hasCount(0);

    JsonNode read = reading(() -> button(page, "Use line 2").click());
    assertThat(read.path("mapping").path("Absender").asString("")).isEqualTo("pattern");
    assertThat(read.path("mapping").path("Notiz").asString("")).isEqualTo("comments");
    button(page, "Check the file").click();
    assertThat(page.getByText(Pattern.compile("2\\srows, all valid"))).isVisible();
  }

  /** What a preview was asked for, once it has been answered. */
  private JsonNode reading(Runnable action) {
    Request asked =
        page.waitForRequest("**/v1/previews", () -> page.waitForResponse("**/v1/previews", action));
    Locator busy = page.getByText("Checking again");
    assertThat(busy).hasCount(0);
    return JSON.readTree(asked.postData()).path("reading");
  }
}
