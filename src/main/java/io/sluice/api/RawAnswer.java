package io.sluice.api;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** An HTTP answer as it came, with its body decompressed. */
final class RawAnswer {
  private final int status;
  private final HttpHeaders headers;
  private final BodyBuffer body;

  RawAnswer(int status, HttpHeaders headers, BodyBuffer body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  int status() {
    return status;
  }

  HttpHeaders headers() {
    return headers;
  }

  /** The array that holds the body, from its beginning. */
  byte[] body() {
    return body.bytes();
  }

  /** How much of the array the body takes. */
  int length() {
    return body.length();
  }

  @Nullable String ray() {
    return headers.get("cf-ray");
  }

  boolean successful() {
    return status >= 200 && status < 300;
  }
}
