package io.sluice.api.transport;

import java.util.regex.Pattern;

/** Tells whether a host is this machine, by its spelling alone: no name is looked up. */
final class Loopback {
  private static final Pattern IPV4 = Pattern.compile("127(\\.\\d{1,3}){3}");

  private Loopback() {}

  static boolean is(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || host.equals("::1")
        || IPV4.matcher(host).matches();
  }
}
