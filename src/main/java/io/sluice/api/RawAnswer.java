package io.sluice.api;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An HTTP answer as it came, with its body decompressed. */
final class RawAnswer {
  private static final Pattern RAY = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private final int status;
  private final HttpHeaders headers;
  private final BodyBuffer body;
  private List<String> messages = List.of();

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

  /** Notes what its envelope has to say to people. */
  void says(List<String> texts) {
    messages = texts;
  }

  /** What its envelope has to say to people; nothing before it was opened. */
  List<String> messages() {
    return messages;
  }

  boolean successful() {
    return status >= 200 && status < 300;
  }
}
