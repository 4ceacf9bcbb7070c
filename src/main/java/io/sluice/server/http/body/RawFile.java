package io.sluice.server.http.body;

import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.netty.http.server.HttpServerRequest;

/** A file that is a request's whole body. */
final class RawFile implements SentFile {
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
    return Optional.empty();
  }

  @Override
  public void requireWhole() {
    // HTTP tells where a body ends; one that breaks off before is an error.
  }
}
