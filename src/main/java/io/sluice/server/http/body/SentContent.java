package io.sluice.server.http.body;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sluice.catalog.pattern.EscapedText;
import io.sluice.server.http.Content;
import io.sluice.server.http.Problem;
import io.sluice.server.http.ProblemException;
import io.sluice.server.http.Route;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Refuses a body of a kind that a route does not take, and headers, which would be passed over or
 * misread.
 */
public final class SentContent {
  /** Its parameter {@code charset} (RFC 9110, section 8.3.1). */
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]*)", Pattern.CASE_INSENSITIVE);

  /** What browsers and curl make of fields without a file. */
  private static final String ENCODED_FORM = "application/x-www-form-urlencoded";

  private static final Pattern BOUNDARY = Pattern.compile(";\\s*boundary\\s*=\\s*[^;\\s]");

  private static final Set<String> AS_IT_IS = Set.of("utf-8", "utf8", "us-ascii");

  /** Of two of these one would be passed over. */
  private static final List<String> ONCE =
      List.of("Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID");

  /** Conditions on a request that changes something (RFC 9110, section 13.1). */
  private static final List<String> CONDITIONS =
      List.of("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since");

  private SentContent() {}

  /**
   * Looks at what the request's headers say of its body.
   *
   * @throws ProblemException if the route does not take such a body
   */
  public static void require(Route route, HttpServerRequest request) {
    Content content = route.content();
    HttpHeaders headers = request.requestHeaders();
    ONCE.forEach(name -> requireOnce(headers, name));
    requireUnconditional(request);
    if (content == Content.NONE) {
      refuseAny(headers);
      return;
    }
    for (String encoding : headers.getAll(HttpHeaderNames.CONTENT_ENCODING)) {
      if (!encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
        throw Problem.of(
                415,
                "content_encoding",
                "this address takes no Content-Encoding",
                "a compressed file is sent as it is, without that header")
            .with("Accept-Encoding", "identity")
            .exception();
      }
    }
    String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
    if (content == Content.JSON && !type.split(";", 2)[0].strip().equals("application/json")) {
      throw Problem.of(415, "not_json", "this address takes application/json").exception();
    }
    if (content == Content.FILE && type.startsWith(ENCODED_FORM)) {
      throw Problem.of(
              415,
              "content_type",
              "this address takes a file, and "
                  + ENCODED_FORM
                  + " is none: that is what 'curl -d'"
                  + " sends, and --data-binary too where no Content-Type is given",
              "send the file as it is, with its type: curl --data-binary @FILE -H 'Content-Type:"
                  + " text/csv' (application/x-ndjson for JSON Lines, text/plain for a list)")
          .exception();
    }
    if (type.startsWith("multipart/") && !isForm(type)) {
      throw Problem.of(
              415, "content_type", "this address takes a file, or a form (multipart/form-data)")
          .exception();
    }
    if (isForm(type) && !BOUNDARY.matcher(type).find()) {
      throw Problem.of(400, "bad_form", "the Content-Type of the form names no boundary")
          .exception();
    }
    Matcher charset = CHARSET.matcher(type);
    if (charset.find()) {
      requireCharset(content, charset.group(1));
    }
  }

  /** Refuses a charset that would be passed over. */
  static void requireCharset(Content content, String charset) {
    if (!AS_IT_IS.contains(charset.toLowerCase(Locale.ROOT))) {
      throw Problem.of(
              415,
              "charset",
              "the charset '" + EscapedText.brief(charset) + "' of the Content-Type is not read",
              content == Content.JSON
                  ? "send UTF-8"
                  : "leave it out, and say which encoding it is with 'encoding'")
          .exception();
    }
  }

  /** True if a body of that type is a form with a file. */
  static boolean isForm(String type) {
    return type.split(";", 2)[0].strip().equalsIgnoreCase("multipart/form-data");
  }

  private static void refuseAny(HttpHeaders headers) {
    String length = headers.get(HttpHeaderNames.CONTENT_LENGTH, "0");
    if (!length.strip().equals("0") || headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      throw Problem.of(
              400,
              "unexpected_body",
              "this address takes no body",
              "what is asked for stands in the address; openapi.json describes each")
          .exception();
    }
  }

  /** A change that was asked for under a condition must not be made without it. */
  private static void requireUnconditional(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
      return;
    }
    for (String name : CONDITIONS) {
      if (request.requestHeaders().contains(name)) {
        throw Problem.of(
                400,
                "unsupported_header",
                "the header " + name + " is not supported: what is kept here has no versions",
                "leave it out; nothing was changed")
            .exception();
      }
    }
  }

  private static void requireOnce(HttpHeaders headers, String name) {
    List<String> given = headers.getAll(name);
    if (given.size() > 1) {
      throw Problem.of(400, "repeated_header", "the header " + name + " is sent twice").exception();
    }
  }
}
