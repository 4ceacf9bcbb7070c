package io.sluice.server.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/** What the statuses of HTTP are called. */
final class Titles {
  private Titles() {}

  static String of(int status) {
    return HttpResponseStatus.valueOf(status).reasonPhrase();
  }
}
