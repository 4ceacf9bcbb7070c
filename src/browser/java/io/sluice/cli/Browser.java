package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A real browser with one page, on a screen of some size. */
public final class Browser implements AutoCloseable {
  private static final Path SCREENS = Path.of("target", "screens");

  /** What axe-core finds; nothing is asked of what passes, which takes most of its time. */
  private static final String GRAVE =
      "rules => axe.run(document, { resultTypes: ['violations'], ...rules }).then("
          + "found => found.violations.filter(v => ['serious', 'critical'].includes(v.impact))"
          + ".map(v => `${v.id}: ${v.help} ${v.nodes[0].html}`).join('\\n'))";

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

  Browser(String name, Screen screen, Chromium chromium) {
    this.screen = screen;
    this.name = name + "-" + screen.name().toLowerCase(Locale.ROOT);
    this.context =
        chromium.context(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(screen.width, screen.height)
                .setColorScheme(screen.colors)
                .setAcceptDownloads(true));
    this.page = context.newPage();
    page.setDefaultTimeout(Chromium.PATIENCE_MILLIS);
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
  }

  /** Signs somebody with that key in to the console at that address. */
  void signIn(String address, String key) {
    page.navigate(address + "/#key=" + key);
    PlaywrightAssertions.assertThat(page.getByText("Sign out").first()).isAttached();
    PlaywrightAssertions.assertThat(page).not().hasURL(Pattern.compile("key="));
    // Before that it was asked who is there, and nobody was.
    complaints.clear();
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
    if (!Boolean.TRUE.equals(page.evaluate("'axe' in window"))) {
      page.evaluate(AxeBuilder.getAxeScript());
    }
    look(what, others, Map.of("runOnly", List.of("color-contrast")));
    look(what, screen.colors, Map.of());
    Object overflow = page.evaluate("() => document.documentElement.scrollWidth - innerWidth");
    assertThat(((Number) overflow).intValue())
        .describedAs("how far '%s' is wider than the screen", what)
        .isLessThanOrEqualTo(0);
  }

  private void look(String what, ColorScheme colors, Map<String, ?> rules) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colors));
    String file = name + "-" + shots + "-" + what + "-" + colors.name().toLowerCase(Locale.ROOT);
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENS.resolve(file + ".png")).setFullPage(true));
    assertThat(page.evaluate(GRAVE, rules))
        .describedAs("what stands in people's way on '%s' (%s)", what, colors)
        .isEqualTo("");
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
  }
}
