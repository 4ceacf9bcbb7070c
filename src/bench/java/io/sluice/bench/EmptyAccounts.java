package io.sluice.bench;

import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import java.time.Duration;
import java.util.stream.Collectors;

/** A sandbox of many empty accounts, so that each import finds one while the server stays warm. */
public final class EmptyAccounts {
  private EmptyAccounts() {}

  /**
   * Takes their number and, if calls are to be counted, how many are allowed in how many seconds;
   * prints one line of JSON when ready, and runs until it is destroyed.
   */
  public static void main(String[] args) throws InterruptedException {
    Sandbox.Builder builder = Sandbox.builder();
    if (args.length > 1) {
      builder.quota(Long.parseLong(args[1]), Duration.ofSeconds(Long.parseLong(args[2])));
    }
    for (int number = 1; number <= Integer.parseInt(args[0]); number++) {
      builder.account("account-" + number);
    }
    try (Sandbox sandbox = builder.start()) {
      String ids =
          sandbox.accounts().stream()
              .map(SandboxAccount::id)
              .collect(Collectors.joining("\",\"", "\"", "\""));
      System.out.println(
          "{\"base_url\":\""
              + sandbox.baseUrl()
              + "\",\"token\":\""
              + sandbox.token()
              + "\",\"accounts\":["
              + ids
              + "]}");
      Thread.currentThread().join();
    }
  }
}
