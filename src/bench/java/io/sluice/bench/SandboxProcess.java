package io.sluice.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API's stand-in, in a process with heap enough, holding so many block senders. */
final class SandboxProcess implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Child child;
  private final Map<String, String> variables;
  private final long rows;

  private SandboxProcess(Child child, Map<String, String> variables, long rows) {
    this.child = child;
    this.variables = variables;
    this.rows = rows;
  }

  /** Starts one that answers at once, and waits until it is ready. */
  static SandboxProcess start(Workshop workshop, int records)
      throws IOException, InterruptedException {
    return start(workshop, records, 0);
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param latency how many milliseconds it waits before each answer
   */
  static SandboxProcess start(Workshop workshop, int records, int latency)
      throws IOException, InterruptedException {
    String heap = "-Xmx" + (512 + records / 1000) + "m";
    List<String> command =
        workshop.sluice(
            List.of(heap),
            "sandbox",
            "--json",
            "--records",
            Integer.toString(records),
            "--latency",
            Integer.toString(latency));
    return start(new Child(workshop.directory(), "sandbox", command, Map.of()));
  }

  /** Starts {@link GeneratedAccounts}, which list any number of records without holding them. */
  static SandboxProcess generating(Workshop workshop, int records)
      throws IOException, InterruptedException {
    List<String> command =
        workshop.program(List.of("-Xmx512m"), GeneratedAccounts.class, Integer.toString(records));
    return start(new Child(workshop.directory(), "sandbox", command, Map.of()));
  }

  private static SandboxProcess start(Child child) throws IOException, InterruptedException {
    try {
      JsonNode ready = JSON.readTree(child.firstLine());
      Map<String, String> variables =
          Map.of(
              Target.BASE_URL,
              ready.path("base_url").stringValue(),
              Target.ACCOUNT,
              ready.path("account").stringValue(),
              Target.TOKEN,
              ready.path("token").stringValue());
      return new SandboxProcess(child, variables, count(Target.of(variables)));
    } catch (IOException | InterruptedException | RuntimeException failed) {
      child.close();
      throw failed;
    }
  }

  /** What a client's environment says to reach it. */
  Map<String, String> variables() {
    return variables;
  }

  /** How many block senders it lists: those asked for and a few awkward ones. */
  long rows() {
    return rows;
  }

  /** How many full or partial pages that is. */
  long pages() {
    return (rows + Target.PAGE - 1) / Target.PAGE;
  }

  private static long count(Target target) throws IOException, InterruptedException {
    HttpRequest first =
        HttpRequest.newBuilder(URI.create(target.page(1)))
            .header("Authorization", target.authorization())
            .timeout(Duration.ofSeconds(30))
            .build();
    String answer = HttpClient.newHttpClient().send(first, BodyHandlers.ofString()).body();
    return JSON.readTree(answer).path("result_info").path("total_count").asLong(0);
  }

  @Override
  public void close() {
    child.close();
  }
}
