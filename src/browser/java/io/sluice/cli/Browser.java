package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A real browser with one page, on a screen of some size. */
public final class Browser implements AutoCloseable {
  private static final List<Path> KNOWN =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));
  private static final Path SCREENS = Path.of("target", "screens");
  private static final Set<String> GRAVE = Set.of("serious", "critical");
  private static final int PATIENCE_MILLIS = 30_000;

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;
  private final BrowserContext context;
  private final Page page;
  private final Screen screen;
  private final String name;
  private final List<String> complaints = new ArrayList<>();
  private int shots;

  /** How large the screen is, and which colours its owner likes. */
  public enum Screen {
    DESKTOP(1280, 800, ColorScheme.LIGHT),
    PHONE(360, 780, ColorScheme.DARK);

    private final int width;
    private final int height;
    private final ColorScheme colors;

    Screen(int width, int height, ColorScheme colors) {
      this.width = width;
      this.height = height;
      this.colors = colors;
    }
  }

  private Browser(String name, Screen screen, Path chromium) {
    this.screen = screen;
    this.name = name + "-" + screen.name().toLowerCase(Locale.ROOT);
    this.playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium)
                    .setArgs(List.of("--no-sandbox")));
    this.context =
        browser.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(screen.width, screen.height)
                .setColorScheme(screen.colors)
                .setAcceptDownloads(true));
    this.page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MILLIS);
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
  }

  /** Opens one; the test is skipped where there is no Chromium. */
  static Browser open(String name, Screen screen) {
    Path chromium = KNOWN.stream().filter(Files::isExecutable).findFirst().orElse(null);
    assumeTrue(chromium != null, "there is no Chromium on this machine");
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    return new Browser(name, screen, java.util.Objects.requireNonNull(chromium));
  }

  /** Opens one, in which somebody with that key is signed in to the console at that address. */
  public static Browser signedIn(String name, Screen screen, String address, String key) {
    Browser browser = open(name, screen);
    browser.page.navigate(address + "/#key=" + key);
    PlaywrightAssertions.assertThat(browser.page.getByText("Sign out").first()).isAttached();
    PlaywrightAssertions.assertThat(browser.page).not().hasURL(Pattern.compile("key="));
    // Before that it was asked who is there, and nobody was.
    browser.complaints.clear();
    return browser;
  }

  public Page page() {
    return page;
  }

  /**
   * Looks at the page as it is, in the colours of the screen's owner and in the others: keeps a
   * picture of each, and asks whether everybody can use it.
   */
  public void look(String what) {
    shots++;
    ColorScheme others = screen.colors == ColorScheme.LIGHT ? ColorScheme.DARK : ColorScheme.LIGHT;
    look(what, others, new AxeBuilder(page).withRules(List.of("color-contrast")));
    look(what, screen.colors, new AxeBuilder(page));
    Object overflow = page.evaluate("() => document.documentElement.scrollWidth - innerWidth");
    assertThat(((Number) overflow).intValue())
        .describedAs("how far '%s' is wider than the screen", what)
        .isLessThanOrEqualTo(0);
  }

  private void look(String what, ColorScheme colors, AxeBuilder check) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colors));
    String file = name + "-" + shots + "-" + what + "-" + colors.name().toLowerCase(Locale.ROOT);
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENS.resolve(file + ".png")).setFullPage(true));
    List<String> grave =
        check.analyze().getViolations().stream()
            .filter(rule -> GRAVE.contains(rule.getImpact()))
            .map(Browser::told)
            .toList();
    assertThat(grave)
        .describedAs("what stands in people's way on '%s' (%s)", what, colors)
        .isEmpty();
  }

  private static String told(Rule rule) {
    return rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes().get(0).getHtml();
  }

  /** What the browser complained about. */
  public List<String> complaints() {
    return complaints;
  }

  /** Keeps a picture of what was on screen last, whatever the test made of it. */
  @Override
  public void close() {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENS.resolve(name + "-at-the-end.png")));
    context.close();
    browser.close();
    playwright.close();
  }
}
