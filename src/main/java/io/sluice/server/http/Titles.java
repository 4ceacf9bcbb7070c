package io.sluice.server.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/** The names of the statuses of HTTP. */
final class Titles {
  private Titles() {}

  static String of(int status) {
    return HttpResponseStatus.valueOf(status).reasonPhrase();
  }
}
