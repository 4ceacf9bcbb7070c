package io.sluice.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.api.transport.TransportOptions;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.flow.Backoff;
import io.sluice.flow.Dispatcher;
import io.sluice.flow.quota.QuotaGovernor;
import io.sluice.flow.quota.QuotaLimits;
import io.sluice.flow.retry.AttemptCount;
import io.sluice.flow.retry.AttemptsSpentException;
import io.sluice.flow.retry.CircuitBreaker;
import io.sluice.flow.retry.OutageException;
import io.sluice.flow.retry.RetryBudget;
import io.sluice.flow.retry.RetryPolicy;
import io.sluice.hash.Hash64;
import io.sluice.sandbox.Sandbox;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A client, closed at the end, with as many attempts as a test wants. */
public final class ApiRig implements AutoCloseable {
  static final String ACCOUNT = "023e105f4ecef8ad9ca31a8372d0c353";
  public static final Resource BLOCKS = Catalog.get("block_senders");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Keeps outages to itself. */
  private static final CircuitBreaker.Listener QUIET =
      new CircuitBreaker.Listener() {
        @Override
        public void began(Throwable cause) {}

        @Override
        public void ended(Duration lasted) {}
      };

  public final ApiClient client;

  private ApiRig(ApiClient client) {
    this.client = client;
  }

  public static ApiRig to(Sandbox sandbox) {
    return to(sandbox.baseUrl(), Credential.token(sandbox.token()), options(), 6);
  }

  /** A client that tries just once. */
  public static ApiRig once(Sandbox sandbox) {
    return once(sandbox.baseUrl(), sandbox.token(), options());
  }

  public static ApiRig once(String baseUrl, String token, TransportOptions options) {
    return to(baseUrl, Credential.token(token), options, 1);
  }

  /** A client that tries just once, with a reader for what the API says besides. */
  static ApiRig heardBy(Sandbox sandbox, Consumer<String> reader) {
    return heardBy(sandbox.baseUrl(), sandbox.token(), reader);
  }

  static ApiRig heardBy(String baseUrl, String token, Consumer<String> reader) {
    CallObserver hearing =
        new CallObserver() {
          @Override
          public void ended(String method, String path, int status, Duration lasted) {}

          @Override
          public void said(String message) {
            reader.accept(message);
          }
        };
    return to(baseUrl, Credential.token(token), options(), 1, hearing);
  }

  public static ApiRig to(
      String baseUrl, Credential credential, TransportOptions options, int attempts) {
    return to(baseUrl, credential, options, attempts, CallObserver.NONE);
  }

  private static ApiRig to(
      String baseUrl,
      Credential credential,
      TransportOptions options,
      int attempts,
      CallObserver observer) {
    Dispatcher dispatcher =
        Dispatcher.create(
            QuotaGovernor.create(QuotaLimits.unlimited(), Schedulers.parallel()),
            CircuitBreaker.create(
                Duration.ofSeconds(10), Duration.ofSeconds(10), Schedulers.parallel(), QUIET),
            new RetryPolicy(attempts, new Backoff(Duration.ofMillis(5), Duration.ofMillis(20))),
            RetryBudget.standard(),
            Schedulers.parallel());
    ApiAccount account = new ApiAccount(URI.create(baseUrl), ACCOUNT, credential);
    return new ApiRig(ApiClient.of(account, options, dispatcher, observer));
  }

  public static TransportOptions options() {
    return TransportOptions.defaults("test").withAnswerTimeout(Duration.ofSeconds(5));
  }

  public Mono<Written> create(String json) {
    return client.create(BLOCKS, object(json), new AttemptCount());
  }

  Mono<Written> edit(String id, String json) {
    return client.edit(BLOCKS, id, object(json), new AttemptCount());
  }

  Mono<Written> delete(String id) {
    return client.delete(BLOCKS, id, new AttemptCount());
  }

  public Page firstPage() {
    return done(client.page(Listing.of(BLOCKS), 1, Hash64.keyed(1)));
  }

  /** Why the first page cannot be had. */
  public ApiException noFirstPage() {
    return failure(client.page(Listing.of(BLOCKS), 1, Hash64.keyed(1)));
  }

  static <T> T done(Mono<T> call) {
    return requireNonNull(call.block(Duration.ofSeconds(20)));
  }

  public static ApiException failure(Mono<?> call) {
    @Nullable Throwable error = catchThrowable(() -> call.block(Duration.ofSeconds(20)));
    Throwable cause = error instanceof AttemptsSpentException ? error.getCause() : error;
    if (cause instanceof ApiException api) {
      return api;
    }
    throw new AssertionError("no ApiException", error);
  }

  /** The message of a call that is not made, since an earlier one was blocked. */
  public static String blocked(Mono<?> call) {
    Throwable error = catchThrowable(() -> call.block(Duration.ofSeconds(20)));
    assertThat(error).isInstanceOf(OutageException.class);
    return String.valueOf(error.getMessage());
  }

  static ObjectNode object(String json) {
    return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
  }

  @Override
  public void close() {
    client.close().block(Duration.ofSeconds(5));
  }
}
