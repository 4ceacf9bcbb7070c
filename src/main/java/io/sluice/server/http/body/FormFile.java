package io.sluice.server.http.body;

import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpData;
import io.sluice.catalog.pattern.EscapedText;
import io.sluice.server.http.Content;
import io.sluice.server.http.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.netty.http.server.HttpServerRequest;

/** The one file of a form (RFC 7578). Other fields of the form are refused. */
final class FormFile implements SentFile {
  /** How much larger than its file a form may be. */
  static final long OVERHEAD = 64 * 1024;

  private static final String FIELD = "file";

  private final HttpServerRequest request;
  private final long largest;
  private volatile @Nullable String name;
  private volatile boolean complete;

  FormFile(HttpServerRequest request, long largest) {
    this.request = request;
    this.largest = largest;
  }

  @Override
  public Flux<byte[]> bytes() {
    return request
        .receiveForm(form -> form.streaming(true).maxSize(largest))
        .handle(
            (part, sink) -> {
              requireKnown(part);
              if (part instanceof FileUpload file) {
                byte[] bytes = taken(file);
                if (bytes.length > 0) {
                  sink.next(bytes);
                }
              }
            });
  }

  /** Options stand in the query: a form is read in the order in which it comes, to its end. */
  private static void requireKnown(HttpData part) {
    boolean named = part.getName().equals(FIELD);
    if (named && !(part instanceof FileUpload)) {
      throw Problem.of(
              400,
              "bad_form",
              "the form field '" + FIELD + "' holds a text, and no file with a name",
              "give its part a filename, as curl does with -F file=@FILE")
          .exception();
    } else if (named && !isPlainBytes((FileUpload) part)) {
      SentContent.requireCharset(Content.FILE, part.getCharset().name());
    } else {
      String field = EscapedText.brief(part.getName());
      throw Problem.of(
              400,
              "unknown_form_field",
              "unknown form field '" + field + "'; the only one is the file, '" + FIELD + "'",
              "options go into the query, as in ?" + field + "=…")
          .exception();
    }
  }

  /** Of a part that is sent as 8bit, Netty itself says ISO-8859-1, and leaves its bytes alone. */
  private static boolean isPlainBytes(FileUpload file) {
    return "8bit".equalsIgnoreCase(file.getContentTransferEncoding())
        && file.getCharset().equals(StandardCharsets.ISO_8859_1);
  }

  private byte[] taken(FileUpload file) {
    if (complete) {
      throw Problem.of(400, "bad_form", "the form holds more than one file").exception();
    }
    name = file.getFilename();
    complete = file.isCompleted();
    return content(file);
  }

  private static byte[] content(HttpData part) {
    try {
      return part.get();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public Optional<String> name() {
    return Optional.ofNullable(name).filter(given -> !given.isBlank());
  }

  @Override
  public void requireWhole() {
    if (!complete) {
      throw Problem.of(400, "bad_form", "the form holds no file, or breaks off in it").exception();
    }
  }
}
