package io.sluice.server.http.body;

import io.sluice.catalog.pattern.EscapedText;
import io.sluice.server.http.Json;
import io.sluice.server.http.Problem;
import io.sluice.server.http.ProblemException;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Bodies that are JSON: small, quick, and understood to the last property. */
public final class JsonBody {
  private static final int LARGEST = 1 << 20;
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** The parser's words for a name that an object has twice. */
  private static final Pattern TWICE = Pattern.compile("^Duplicate .*?\"(.*)\"", Pattern.DOTALL);

  private JsonBody() {}

  /**
   * All of a request's body, which must have come within half a minute.
   *
   * @param length how long it is, as the request announces it
   */
  public static Mono<byte[]> read(long length, Flux<byte[]> parts) {
    return length > LARGEST
        ? Mono.error(tooLarge())
        : parts
            .reduceWith(ByteArrayOutputStream::new, JsonBody::append)
            .map(ByteArrayOutputStream::toByteArray)
            .doOnNext(body -> requireWhole(length, body))
            .timeout(LONGEST)
            .onErrorMap(TimeoutException.class, late -> late());
  }

  /** The value of the body. */
  public static <T> T parsed(byte[] body, Class<T> type) {
    try {
      StorableText.require(Json.MAPPER.readTree(body));
      T value = Json.MAPPER.readValue(body, type);
      if (value == null) {
        throw Problem.of(400, "bad_json", "the body is null").exception();
      }
      return value;
    } catch (UnrecognizedPropertyException unknown) {
      throw UnknownProperty.of(unknown, place(unknown), type).exception();
    } catch (InvalidTypeIdException unknown) {
      throw Problem.of(
              400,
              "unknown_kind",
              "'kind' is one of export, import, restore, migrate, prune, feed, diff and insight")
          .exception();
    } catch (InvalidNullException missing) {
      throw Problem.of(
              400,
              "wrong_type",
              "'" + place(missing) + "' is null: leave it out, or give it true or false")
          .exception();
    } catch (MismatchedInputException wrong) {
      if (body.length == 0) {
        throw Problem.of(400, "bad_json", "the body is empty: it is an object, in { }").exception();
      }
      throw Problem.of(
              400,
              "wrong_type",
              "'" + place(wrong) + "' is of another type" + wanted(wrong.getTargetType()))
          .exception();
    } catch (InputCoercionException tooLarge) {
      String place = place(tooLarge);
      throw Problem.of(
              400, "wrong_type", "'" + place + "' is a number too large or too small for it")
          .exception();
    } catch (JacksonException malformed) {
      Matcher twice = TWICE.matcher(String.valueOf(malformed.getOriginalMessage()));
      if (twice.find()) {
        String name = EscapedText.brief(twice.group(1));
        throw Problem.of(400, "bad_json", "'" + name + "' is given twice" + line(malformed))
            .exception();
      }
      throw Problem.of(400, "bad_json", "the body is not valid JSON" + line(malformed)).exception();
    }
  }

  /** A connection that the service closes ends a body as if it were whole. */
  private static void requireWhole(long length, byte[] body) {
    if (length >= 0 && body.length != length) {
      throw Problem.of(400, "broken_off", "the request did not come to its end")
          .with("Connection", "close")
          .exception();
    }
  }

  /** How a value of that type is written. */
  private static String wanted(@Nullable Class<?> type) {
    if (type == null) {
      return "";
    } else if (type.equals(String.class)) {
      return ": it is a text, in quotes";
    } else if (type.equals(Boolean.class) || type.equals(boolean.class)) {
      return ": it is true or false, without quotes";
    } else if (type.equals(Integer.class) || type.equals(int.class)) {
      return ": it is a whole number, such as 5, without quotes";
    } else if (Collection.class.isAssignableFrom(type)) {
      return ": it is a list, in [ ]";
    }
    return Map.class.isAssignableFrom(type) || type.isRecord() || type.isInterface()
        ? ": it is an object, in { }"
        : "";
  }

  private static ByteArrayOutputStream append(ByteArrayOutputStream sofar, byte[] bytes) {
    if (sofar.size() + bytes.length > LARGEST) {
      throw tooLarge();
    }
    sofar.writeBytes(bytes);
    return sofar;
  }

  private static String place(JacksonException wrong) {
    StringBuilder place = new StringBuilder();
    for (JacksonException.Reference step : wrong.getPath()) {
      if (step.getPropertyName() != null) {
        place.append(place.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return place.isEmpty() ? "the body" : EscapedText.brief(place.toString());
  }

  private static String line(JacksonException malformed) {
    var at = malformed.getLocation();
    return at == null || at.getLineNr() < 1
        ? ""
        : ": line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  private static ProblemException tooLarge() {
    return Problem.of(413, "too_large", "a JSON body has at most 1 MiB")
        .with("Connection", "close")
        .exception();
  }

  private static ProblemException late() {
    return Problem.of(408, "too_slow", "the body did not come within 30 seconds")
        .with("Connection", "close")
        .exception();
  }
}
