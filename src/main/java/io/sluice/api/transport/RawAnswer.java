package io.sluice.api.transport;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An HTTP answer as it came, with its body decompressed. */
public final class RawAnswer {
  private static final Pattern RAY = Pattern.compile("[A-Za-z0-9-]{1,64}");

  /** Any number of seconds but none. */
  private static final Pattern STORED = Pattern.compile("0*[1-9][0-9]*");

  private final int status;
  private final HttpHeaders headers;
  private final BodyBuffer body;
  private List<String> messages = List.of();

  RawAnswer(int status, HttpHeaders headers, BodyBuffer body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  public int status() {
    return status;
  }

  public HttpHeaders headers() {
    return headers;
  }

  /** The array that holds the body, from its beginning. */
  public byte[] body() {
    return body.bytes();
  }

  /** How much of the array the body takes. */
  public int length() {
    return body.length();
  }

  /** The answer's id, if it is one: anything else in that header is not passed on. */
  @Nullable
  public String ray() {
    String ray = headers.get("cf-ray");
    return ray != null && RAY.matcher(ray).matches() ? ray : null;
  }

  /** True if a cache on the way has answered, with what it had got before (RFC 9111, "Age"). */
  public boolean isFromCache() {
    String age = headers.get(HttpHeaderNames.AGE);
    return age != null && STORED.matcher(age.strip()).matches();
  }

  /** Notes what its envelope has to say to people. */
  public void says(List<String> texts) {
    messages = texts;
  }

  /** What its envelope has to say to people; nothing before it was opened. */
  public List<String> messages() {
    return messages;
  }

  public boolean successful() {
    return status >= 200 && status < 300;
  }
}
