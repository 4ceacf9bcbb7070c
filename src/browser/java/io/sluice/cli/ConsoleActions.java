package io.sluice.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What people do on the console's pages. */
public final class ConsoleActions {
  private ConsoleActions() {}

  /** The button of exactly that name. */
  static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** The button whose name matches. */
  static Locator button(Page page, Pattern name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  /** Chooses a file of blocked senders on the page of imports. */
  static void choose(Page page, String address, Path file, String rows, Charset encoding)
      throws IOException {
    Files.write(file, rows.getBytes(encoding));
    page.navigate(address + "/import");
    page.getByLabel("Kind of records").selectOption("block-senders");
    page.locator("input[type=file]").setInputFiles(file);
    assertThat(page.getByText(file.getFileName().toString()).first()).isVisible();
  }

  /** A CSV file of so many blocked senders, each with a comment. */
  static String rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "host" + i + ".example,seen " + i + "\n")
        .collect(Collectors.joining("", "pattern,comments\n", ""));
  }
}
