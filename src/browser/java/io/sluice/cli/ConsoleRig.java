package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.sluice.disk.PrivateFiles;
import io.sluice.sandbox.Sandbox;
import io.sluice.server.JobClient;
import io.sluice.server.Visitor;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;

/**
 * A service, accounts behind it and a browser. The service and the browser are started once for a
 * class; each test has accounts of its own, and finds no schedules, snapshots and keys of others.
 */
final class ConsoleRig implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  static final String LIST = "block_senders";
  private static final String CONFIG = "profiles.yaml";

  private final List<String> options;
  private final String[] usual;
  private final Map<String, Sandbox> accounts = new LinkedHashMap<>();
  private final List<Browser> browsers = new ArrayList<>();
  private @Nullable Path directory;
  private @Nullable Chromium chromium;
  private @Nullable ServiceProcess service;
  private String data = "";
  private boolean used;
  private int made;

  /**
   * @param profiles what the accounts are called in each test that does not say otherwise
   */
  ConsoleRig(String... profiles) {
    this(List.of(), profiles);
  }

  /**
   * @param options of the service, besides those that it always has
   * @param profiles what the accounts are called in each test that does not say otherwise
   */
  ConsoleRig(List<String> options, String... profiles) {
    this.options = options;
    this.usual = profiles;
  }

  /** A key of that role, made at the service's own machine. */
  String key(String name, String role) throws Exception {
    SluiceProcess.Ended made =
        new SluiceProcess(directory())
            .quick()
            .run("serve", "--data-dir", data, "--new-key", name, "--role", role);
    assertThat(made.exit()).describedAs(made.err()).isZero();
    return made.out().strip();
  }

  /** From now on there are these accounts and no others, all of them empty. */
  void accounts(String... profiles) throws IOException {
    closeAccounts();
    for (String profile : profiles) {
      accounts.put(profile, start(profile, Sandbox.builder()));
    }
    writeProfiles();
  }

  /** Puts another account in place of one of them. */
  void replace(String profile, Sandbox.Builder account) throws IOException {
    Sandbox before = accounts.put(profile, start(profile, account));
    Objects.requireNonNull(before).close();
    writeProfiles();
  }

  // An account's id is never used twice: the service would take up what it knows of the other.
  private Sandbox start(String profile, Sandbox.Builder account) {
    made++;
    return account.account(profile + "-" + made).seed(made).start();
  }

  /** Adds a section to the configuration, until accounts are put in place again. */
  void configure(List<String> section) throws IOException {
    Path config = directory().resolve(CONFIG);
    Files.write(config, section, StandardOpenOption.APPEND);
  }

  private void writeProfiles() throws IOException {
    List<String> lines = new ArrayList<>(List.of("profiles:"));
    accounts.forEach(
        (name, api) ->
            lines.add(
                "  %s: {account: %s, token: '%s', base-url: '%s'}"
                    .formatted(name, api.account().id(), api.token(), api.baseUrl())));
    Path config = directory().resolve(CONFIG);
    Files.write(config, lines);
    PrivateFiles.restrict(config);
  }

  /** The API that the first account is behind. */
  Sandbox sandbox() {
    return accounts.values().iterator().next();
  }

  /** The API that the account of that name is behind. */
  Sandbox sandbox(String profile) {
    return Objects.requireNonNull(accounts.get(profile));
  }

  private Path directory() throws IOException {
    Path there = directory == null ? Files.createTempDirectory("console") : directory;
    directory = there;
    return there;
  }

  /** Where the service keeps snapshots. */
  Path snapshots() throws IOException {
    return directory().resolve(data).resolve("snapshots");
  }

  /** Where the service listens, without a slash at the end. */
  String address() {
    return service().address();
  }

  /** Somebody with the service's own key. */
  Visitor operator() {
    return service().operator();
  }

  JobClient jobs() {
    return service().jobs();
  }

  /** A browser in which that somebody is signed in; it is closed after the test at the latest. */
  Browser signedIn(String name, Browser.Screen screen) {
    return signedIn(name, screen, service().key());
  }

  /** A browser in which somebody with another key is signed in. */
  Browser signedIn(String name, Browser.Screen screen, String key) {
    if (chromium == null) {
      chromium = Chromium.start();
    }
    used = true;
    Browser browser = chromium.signedIn(name, screen, address(), key);
    browsers.add(browser);
    return browser;
  }

  /** Chooses a file of blocked senders on the page of imports. */
  void choose(Page page, String rows) throws IOException {
    choose(page, rows, StandardCharsets.UTF_8);
  }

  /** Chooses a file of blocked senders in another encoding. */
  void choose(Page page, String rows, Charset encoding) throws IOException {
    Path file = Files.write(directory().resolve("rows.csv"), rows.getBytes(encoding));
    page.navigate(address() + "/import");
    page.getByLabel("Kind of records").selectOption("block-senders");
    page.locator("input[type=file]").setInputFiles(file);
    PlaywrightAssertions.assertThat(page.getByText("rows.csv").first()).isVisible();
  }

  /** Takes a service that has seen nothing yet in place of the one of the tests before. */
  void freshService() throws Exception {
    if (used) {
      stop();
      start();
    }
  }

  private ServiceProcess service() {
    return Objects.requireNonNull(service);
  }

  private void start() throws Exception {
    SluiceProcess sluice = new SluiceProcess(directory()).quick();
    data = "data" + ++made;
    List<String> given = new ArrayList<>(List.of("--data-dir", data, "--config", CONFIG));
    given.addAll(options);
    service = ServiceProcess.start(sluice, given.toArray(new String[0]));
    used = false;
  }

  private void stop() throws InterruptedException {
    assertThat(service().terminate()).isEqualTo(130);
    service = null;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    accounts(usual);
    if (service == null) {
      start();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    browsers.forEach(Browser::close);
    browsers.clear();
    for (JsonNode job : items("/v1/jobs?result=open")) {
      operator().post("/v1/jobs/" + job.path("id").asString() + "/cancel", "");
      jobs().awaitEnd(job.path("id").asString());
    }
    remove("/v1/schedules", "");
    remove("/v1/snapshots", "?force=true");
    remove("/v1/keys", "");
    closeAccounts();
  }

  private void remove(String list, String query) {
    for (JsonNode each : items(list)) {
      operator().delete(list + "/" + each.path("id").asString() + query);
    }
  }

  private List<JsonNode> items(String list) {
    List<JsonNode> items = new ArrayList<>();
    operator().get(list).json().path("items").forEach(items::add);
    return items;
  }

  private void closeAccounts() {
    accounts.values().forEach(Sandbox::close);
    accounts.clear();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (chromium != null) {
      chromium.close();
    }
    if (service != null) {
      stop();
    }
    try (Stream<Path> files = Files.walk(directory())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
