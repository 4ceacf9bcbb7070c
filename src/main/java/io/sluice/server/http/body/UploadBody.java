package io.sluice.server.http.body;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.sluice.flow.Blocking;
import io.sluice.job.files.Upload;
import io.sluice.job.files.UploadDraft;
import io.sluice.job.work.JobEnvironment;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.Problem;
import io.sluice.server.http.ProblemException;
import io.sluice.server.metrics.ServiceMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Takes a file from a request's body, raw or as the one file of a form, and writes it to the disk
 * as it comes: no faster than the disk is, and nothing is kept of half a file.
 */
public final class UploadBody {
  private static final Logger LOG = LoggerFactory.getLogger(UploadBody.class);
  private static final int AHEAD = 8;

  private final JobEnvironment environment;
  private final ServiceMetrics metrics;
  private final long largest;
  private final BooleanSupplier closing;

  public UploadBody(
      JobEnvironment environment, ServiceMetrics metrics, long largest, BooleanSupplier closing) {
    this.closing = closing;
    this.environment = environment;
    this.metrics = metrics;
    this.largest = largest;
  }

  /** The upload, once all of it is on the disk. Cancelling removes what has come. */
  public Mono<Upload> receive(Exchange exchange) {
    return Mono.defer(
        () -> {
          if (exchange.length() > largest + (isForm(exchange) ? FormFile.OVERHEAD : 0)) {
            return Mono.error(tooLarge());
          }
          Optional<String> name = Optional.ofNullable(exchange.query("name"));
          return isForm(exchange)
              ? stored(new FormFile(exchange.request(), largest), name, exchange)
              : stored(new RawFile(exchange.request()), name, exchange);
        });
  }

  private Mono<Upload> stored(SentFile file, Optional<String> name, Exchange exchange) {
    return Blocking.using(
            () -> UploadDraft.begin(environment.files(), environment.clock().instant()),
            draft ->
                written(draft, file.bytes())
                    .then(Mono.fromCallable(() -> finished(draft, file, name, exchange))),
            draft -> closed(draft))
        .onErrorMap(DecoderException.class, malformed -> noForm());
  }

  private Mono<Void> written(UploadDraft draft, Flux<byte[]> bytes) {
    return bytes
        .publishOn(Schedulers.boundedElastic(), AHEAD)
        .doOnNext(
            some -> {
              write(draft, some);
              metrics.uploaded(some.length);
            })
        .then();
  }

  private void write(UploadDraft draft, byte[] bytes) {
    if (draft.bytes() + bytes.length > largest) {
      throw tooLarge();
    }
    try {
      draft.write(bytes);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private Upload finished(
      UploadDraft draft, SentFile file, Optional<String> wanted, Exchange exchange)
      throws IOException {
    file.requireWhole();
    requireWhole(draft, exchange);
    String name = wanted.or(file::name).orElse("upload");
    requireName(name);
    String caller = exchange.caller().name();
    return draft.finish(environment.uploads(), name, caller, environment.clock().instant());
  }

  /**
   * Reactor Netty up to 1.3.8 ends the body of a request as if it were whole when the service
   * closes its connection, so that half a list would be imported. A form ends with its last
   * boundary.
   */
  private void requireWhole(UploadDraft draft, Exchange exchange) {
    long length = exchange.length();
    boolean whole = length < 0 ? !closing.getAsBoolean() : draft.bytes() == length;
    if (!whole && !isForm(exchange)) {
      throw Problem.of(
              503,
              "broken_off",
              "the service is stopping, and cannot tell whether the file came to its end",
              "send it again once the service runs")
          .exception();
    }
  }

  private static void requireName(String name) {
    try {
      FileNames.require(name);
    } catch (IllegalArgumentException unusable) {
      throw Problem.of(
              400,
              "bad_form",
              String.valueOf(unusable.getMessage()),
              "the parameter 'name' gives it another one")
          .exception();
    }
  }

  private static Mono<Void> closed(UploadDraft draft) {
    return Blocking.run(
        () -> {
          try {
            draft.close();
          } catch (IOException left) {
            LOG.warn("what has come of a broken upload cannot be removed", left);
          }
        });
  }

  private static boolean isForm(Exchange exchange) {
    String type = exchange.header(HttpHeaderNames.CONTENT_TYPE);
    return type != null && SentContent.isForm(type);
  }

  private ProblemException tooLarge() {
    return Problem.of(413, "too_large", "a file has at most " + largest + " bytes here")
        .with("Connection", "close")
        .exception();
  }

  private static ProblemException noForm() {
    return Problem.of(400, "bad_form", "the form cannot be read").exception();
  }
}
