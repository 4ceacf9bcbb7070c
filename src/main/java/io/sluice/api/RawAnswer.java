package io.sluice.api;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An HTTP answer as it came, with its body decompressed. */
final class RawAnswer {
  private static final Pattern RAY = Pattern.compile("[A-Za-z0-9-]{1,64}");
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

  /** The answer's id, if it is one: anything else in that header is not passed on. */
  @Nullable String ray() {
    String ray = headers.get("cf-ray");
    return ray != null && RAY.matcher(ray).matches() ? ray : null;
  }

  boolean successful() {
    return status >= 200 && status < 300;
  }
}
