package io.sluice.cli;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
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

  /** From a file that is chosen to the plan of its import. */
  static void plan(Page page) {
    button(page, "Check the file").click();
    button(page, "Plan the import").click();
    button(page, "Make the plan").click();
  }

  /** A CSV file of so many blocked senders, each with a comment. */
  static String rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "host" + i + ".example,seen " + i + "\n")
        .collect(Collectors.joining("", "pattern,comments\n", ""));
  }
}
