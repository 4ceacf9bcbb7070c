package io.sluice.bench;

import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import java.util.stream.Collectors;

/** A sandbox of many empty accounts, so that each import finds one while the server stays warm. */
public final class EmptyAccounts {
  private EmptyAccounts() {}

  /** Takes their number; prints one line of JSON when ready, and runs until it is destroyed. */
  public static void main(String[] args) throws InterruptedException {
    Sandbox.Builder builder = Sandbox.builder();
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
