package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.server.JobClient;
import io.sluice.server.Visitor;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The service in a process of its own, and somebody who may do everything there. */
public final class ServiceProcess implements AutoCloseable {
  private static final int LONGEST_END_SECONDS = 30;

  private final SluiceProcess.Ready ready;

  private ServiceProcess(SluiceProcess.Ready ready) {
    this.ready = ready;
  }

  /** Starts it on any free port, and waits until it listens. */
  public static ServiceProcess start(SluiceProcess sluice, String... options) throws Exception {
    return startAt("127.0.0.1:0", sluice, options);
  }

  /** Starts it at an address, and waits until it listens. */
  static ServiceProcess startAt(String address, SluiceProcess sluice, String... options)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("serve", "--listen", address, "--json"));
    command.addAll(List.of(options));
    return new ServiceProcess(sluice.startUntilReady(command.toArray(new String[0])));
  }

  /** So many block senders as CSV, from that number on. */
  static String senders(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> "host" + i + ".example\n")
        .collect(Collectors.joining("", "pattern\n", ""));
  }

  /** Where it listens, without a slash at the end. */
  public String address() {
    String url = ready.said().path("url").asString();
    return url.substring(0, url.length() - 1);
  }

  int port() {
    return URI.create(address()).getPort();
  }

  /** The key that ends with the process; empty if it has none. */
  public String key() {
    return ready.said().path("key").asString("");
  }

  Process process() {
    return ready.process();
  }

  /** What it says on its standard error. */
  Path log() {
    return ready.log();
  }

  /** Somebody with the process' own key. */
  Visitor operator() {
    return new Visitor(address()).with("Authorization", "Bearer " + key());
  }

  JobClient jobs() {
    return new JobClient(operator());
  }

  /** Ends it as a lack of power would. */
  void kill() throws InterruptedException {
    process().destroyForcibly().waitFor();
  }

  /**
   * Asks it to end, as SIGTERM does, and waits for that.
   *
   * @return the exit code
   */
  public int terminate() throws InterruptedException {
    process().destroy();
    assertThat(process().waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS))
        .describedAs("ends within %s s", LONGEST_END_SECONDS)
        .isTrue();
    return process().exitValue();
  }

  /** Ends it, if it has not ended. */
  @Override
  public void close() {
    process().destroyForcibly();
  }
}
