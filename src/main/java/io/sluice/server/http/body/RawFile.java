package io.sluice.server.http.body;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.netty.http.server.HttpServerRequest;

/**
 * A file that is a request's whole body. It has no name of its own; its type gives the ending of
 * one, since a name's ending decides in which format the file is read.
 */
final class RawFile implements SentFile {
  private static final Map<String, String> ENDINGS =
      Map.of(
          "text/csv", "csv",
          "text/tab-separated-values", "tsv",
          "application/x-ndjson", "jsonl",
          "application/jsonl", "jsonl",
          "text/plain", "txt");

  private final HttpServerRequest request;

  RawFile(HttpServerRequest request) {
    this.request = request;
  }

  @Override
  public Flux<byte[]> bytes() {
    return request.receive().asByteArray();
  }

  @Override
  public Optional<String> name() {
    String type = request.requestHeaders().get(HttpHeaderNames.CONTENT_TYPE, "").split(";", 2)[0];
    return Optional.ofNullable(ENDINGS.get(type.strip().toLowerCase(Locale.ROOT)))
        .map(ending -> "upload." + ending);
  }

  @Override
  public void requireWhole() {
    // HTTP tells where a body ends; one that breaks off before is an error.
  }
}
