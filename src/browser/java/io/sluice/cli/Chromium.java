package io.sluice.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A running Chromium, which opens any number of browsers that know nothing of each other. */
final class Chromium implements AutoCloseable {
  static final int PATIENCE_MILLIS = 30_000;
  private static final List<Path> KNOWN =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;

  private Chromium(Path program) {
    this.playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    .setArgs(List.of("--no-sandbox", "--disable-gpu")));
  }

  /** Starts one; the test is skipped where there is no Chromium. */
  static Chromium start() {
    Path program = KNOWN.stream().filter(Files::isExecutable).findFirst().orElse(null);
    assumeTrue(program != null, "there is no Chromium on this machine");
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    return new Chromium(Objects.requireNonNull(program));
  }

  /** Opens a browser with one empty page. */
  Browser open(String name, Browser.Screen screen) {
    return new Browser(name, screen, this);
  }

  /** Opens a browser, in which somebody with that key is signed in to the console there. */
  Browser signedIn(String name, Browser.Screen screen, String address, String key) {
    Browser opened = open(name, screen);
    opened.signIn(address, key);
    return opened;
  }

  BrowserContext context(com.microsoft.playwright.Browser.NewContextOptions options) {
    return browser.newContext(options);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
