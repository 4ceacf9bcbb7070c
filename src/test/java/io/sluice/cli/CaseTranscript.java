package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ConnectProxy;
import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import io.sluice.server.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays a transcript: commands of the packaged program against a sandbox, and what must come of
 * them. One instruction a line; {@code #} begins a comment.
 *
 * <ul>
 *   <li>{@code jar NAME=VALUE…} and {@code launcher NAME=VALUE…}: how the commands that follow are
 *       started ({@code java -jar}, or {@code bin/sluice}), and with which environment
 *   <li>{@code hold RESOURCE JSON}: the account holds that record
 *   <li>{@code fault BODY}: every list is answered with that body
 *   <li>{@code proxy USER:PASSWORD}: a proxy that wants them; {@code {proxy}} is its port
 *   <li>{@code $ COMMAND}: runs a command, split at blanks
 *   <li>{@code exit N}, {@code out TEXT}, {@code err TEXT}, {@code not TEXT}: how the last command
 *       ended, what it printed where, and what it did not print anywhere
 *   <li>{@code post FILE PATH}: sends a file to a service without keys; {@code status N} and {@code
 *       body TEXT} are about its answer
 *   <li>{@code count RESOURCE N}, {@code account RESOURCE TEXT}: how many records the account
 *       holds, and what one of them says
 *   <li>{@code tries N}: how many connections the proxy was asked for
 * </ul>
 */
final class CaseTranscript implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path directory;
  private final Sandbox sandbox = Sandbox.builder().start();
  private final List<String> environment = new ArrayList<>();
  private boolean launched;
  private @Nullable Path launcher;
  private @Nullable ConnectProxy proxy;
  private @Nullable ServiceProcess service;
  private Ended ended = new Ended(-1, "", "");
  private Visitor.@Nullable Reply reply;

  /** A transcript that works in {@code directory}, where the case's files are. */
  CaseTranscript(Path directory) {
    this.directory = directory;
  }

  /** Plays all of it; fails at the first expectation that is not met. */
  void play(List<String> lines) throws Exception {
    assertThat(lines).anyMatch(line -> line.startsWith("$") || line.startsWith("post"));
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#")) {
        int blank = line.indexOf(' ');
        play(line.substring(0, blank), line.substring(blank + 1));
      }
    }
  }

  private void play(String instruction, String rest) throws Exception {
    switch (instruction) {
      case "jar", "launcher" -> {
        launched = instruction.equals("launcher");
        environment.clear();
        environment.addAll(List.of(rest.split(" ")));
      }
      case "hold" -> hold(word(rest), afterWord(rest));
      case "fault" ->
          sandbox
              .faults()
              .when(request -> request.method().equals("GET"))
              .then(Fault.reply(200, Fault.JSON, rest));
      case "proxy" -> proxy = ConnectProxy.wanting(rest);
      case "$" -> ended = run(rest.split(" "));
      case "post" -> reply = post(word(rest), afterWord(rest));
      default -> expect(instruction, rest);
    }
  }

  private void expect(String instruction, String rest) {
    switch (instruction) {
      case "exit" ->
          assertThat(ended.exit()).describedAs(ended.toString()).isEqualTo(Integer.parseInt(rest));
      case "out" -> assertThat(ended.out()).describedAs(ended.err()).contains(rest);
      case "err" -> assertThat(ended.err()).contains(rest);
      case "not" -> assertThat(ended.out() + ended.err()).doesNotContain(rest);
      case "status" -> assertThat(answer().status()).isEqualTo(Integer.parseInt(rest));
      case "body" -> assertThat(answer().text()).contains(rest);
      case "count" ->
          assertThat(sandbox.account().count(api(word(rest))))
              .isEqualTo(Long.parseLong(afterWord(rest)));
      case "account" ->
          assertThat(sandbox.account().raw(api(word(rest))))
              .extracting(record -> new String(record, UTF_8))
              .anyMatch(record -> record.contains(afterWord(rest)));
      case "tries" -> assertThat(theProxy().tries()).isEqualTo(Integer.parseInt(rest));
      default -> throw new IllegalArgumentException("unknown instruction: " + instruction);
    }
  }

  private void hold(String resource, String json) {
    sandbox.account().add(api(resource), (ObjectNode) JSON.readTree(json));
  }

  private Ended run(String... words) throws IOException, InterruptedException {
    return launched ? runLauncher(words) : process().run(words);
  }

  private SluiceProcess process() {
    SluiceProcess process = new SluiceProcess(directory).against(sandbox).quick();
    for (String setting : environment) {
      process.with(name(setting), value(setting));
    }
    return process;
  }

  private Ended runLauncher(String... words) throws IOException, InterruptedException {
    if (launcher == null) {
      launcher = Distribution.unpackedIn(directory).resolve("bin/sluice");
    }
    LauncherRun run =
        LauncherRun.of(launcher, words)
            .in(directory)
            .with("CLOUDFLARE_BASE_URL", sandbox.baseUrl())
            .with("CLOUDFLARE_ACCOUNT_ID", sandbox.account().id())
            .with("CLOUDFLARE_API_TOKEN", sandbox.token());
    for (String setting : environment) {
      run.with(name(setting), value(setting));
    }
    return run.run();
  }

  private Visitor.Reply post(String file, String path) throws Exception {
    if (service == null) {
      service = ServiceProcess.start(process(), "--no-auth", "--data-dir", "data");
    }
    String text = Files.readString(directory.resolve(file));
    return new Visitor(service.address()).post(path, "text/csv", text);
  }

  private Visitor.Reply answer() {
    assertThat(reply).describedAs("something was posted").isNotNull();
    return reply;
  }

  private ConnectProxy theProxy() {
    assertThat(proxy).describedAs("there is a proxy").isNotNull();
    return proxy;
  }

  private String value(String setting) {
    String value = afterWord(setting.replaceFirst("=", " "));
    return proxy == null ? value : value.replace("{proxy}", String.valueOf(proxy.port()));
  }

  private static String name(String setting) {
    return setting.substring(0, setting.indexOf('='));
  }

  private static String api(String resource) {
    return resource.replace('-', '_');
  }

  private static String word(String text) {
    return text.substring(0, text.indexOf(' '));
  }

  private static String afterWord(String text) {
    return text.substring(text.indexOf(' ') + 1);
  }

  @Override
  public void close() throws IOException {
    if (service != null) {
      service.close();
    }
    if (proxy != null) {
      proxy.close();
    }
    sandbox.close();
  }
}
