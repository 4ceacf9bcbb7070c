package io.sluice.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@link EmptyAccounts} in a process with heap enough. */
final class AccountsProcess implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Child child;
  private final String baseUrl;
  private final String token;
  private final List<String> accounts;
  private int used;

  private AccountsProcess(Child child, JsonNode ready) {
    this.child = child;
    this.baseUrl = ready.path("base_url").stringValue();
    this.token = ready.path("token").stringValue();
    this.accounts =
        StreamSupport.stream(ready.path("accounts").spliterator(), false)
            .map(JsonNode::stringValue)
            .toList();
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param accounts how many there are to be
   * @param records how many records all of them will hold in the end
   */
  static AccountsProcess start(Workshop workshop, int accounts, long records)
      throws IOException, InterruptedException {
    return start(workshop, records, Integer.toString(accounts));
  }

  /** Starts one with a single account, whose calls are counted. */
  static AccountsProcess paced(Workshop workshop, long records, int quota, int seconds)
      throws IOException, InterruptedException {
    return start(workshop, records, "1", Integer.toString(quota), Integer.toString(seconds));
  }

  private static AccountsProcess start(Workshop workshop, long records, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        workshop.program(
            List.of("-Xmx" + (1024 + records / 500) + "m"), EmptyAccounts.class, arguments);
    Child child = new Child(workshop.directory(), "accounts", command, Map.of());
    try {
      return new AccountsProcess(child, JSON.readTree(child.firstLine()));
    } catch (IOException | InterruptedException | RuntimeException failed) {
      child.close();
      throw failed;
    }
  }

  /** An account that has not been given out yet, and so is empty. */
  Target next() {
    return new Target(baseUrl, accounts.get(used++), token);
  }

  /** The account that was given out last. */
  Target last() {
    return new Target(baseUrl, accounts.get(used - 1), token);
  }

  @Override
  public void close() {
    child.close();
  }
}
