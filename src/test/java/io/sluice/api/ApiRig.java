package io.sluice.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.flow.Attempts;
import io.sluice.flow.AttemptsSpentException;
import io.sluice.flow.Dispatcher;
import io.sluice.flow.Outage;
import io.sluice.flow.QuotaGovernor;
import io.sluice.flow.QuotaLimits;
import io.sluice.flow.RetryBudget;
import io.sluice.flow.RetryPolicy;
import io.sluice.sandbox.Sandbox;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A client, closed at the end, with as many attempts as a test wants. */
final class ApiRig implements AutoCloseable {
  static final String ACCOUNT = "023e105f4ecef8ad9ca31a8372d0c353";
  static final Resource BLOCKS = Catalog.get("block_senders");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  final ApiClient client;

  private ApiRig(ApiClient client) {
    this.client = client;
  }

  static ApiRig to(Sandbox sandbox) {
    return to(sandbox.baseUrl(), Credential.token(sandbox.token()), options(), 6);
  }

  /** A client that tries just once. */
  static ApiRig once(Sandbox sandbox) {
    return once(sandbox.baseUrl(), sandbox.token(), options());
  }

  static ApiRig once(String baseUrl, String token, TransportOptions options) {
    return to(baseUrl, Credential.token(token), options, 1);
  }

  static ApiRig to(String baseUrl, Credential credential, TransportOptions options, int attempts) {
    Dispatcher dispatcher =
        Dispatcher.create(
            QuotaGovernor.create(QuotaLimits.unlimited(), Schedulers.parallel()),
            Outage.create(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Schedulers.parallel(),
                Outage.Listener.none()),
            new RetryPolicy(attempts, Duration.ofMillis(5), Duration.ofMillis(20)),
            RetryBudget.standard(),
            Schedulers.parallel());
    ApiAccount account = new ApiAccount(URI.create(baseUrl), ACCOUNT, credential);
    return new ApiRig(ApiClient.of(account, options, dispatcher));
  }

  static TransportOptions options() {
    return TransportOptions.defaults("test").withAnswerTimeout(Duration.ofSeconds(5));
  }

  Mono<Written> create(String json) {
    return client.create(BLOCKS, object(json), new Attempts());
  }

  Mono<Written> edit(String id, String json) {
    return client.edit(BLOCKS, id, object(json), new Attempts());
  }

  Mono<Written> delete(String id) {
    return client.delete(BLOCKS, id, new Attempts());
  }

  Page firstPage() {
    return done(client.page(Listing.of(BLOCKS), 1, new IdFingerprint(1)));
  }

  /** Why the first page cannot be had. */
  ApiException noFirstPage() {
    return failure(client.page(Listing.of(BLOCKS), 1, new IdFingerprint(1)));
  }

  static <T> T done(Mono<T> call) {
    return requireNonNull(call.block(Duration.ofSeconds(20)));
  }

  static ApiException failure(Mono<?> call) {
    @Nullable Throwable error = catchThrowable(() -> call.block(Duration.ofSeconds(20)));
    Throwable cause = error instanceof AttemptsSpentException ? error.getCause() : error;
    if (cause instanceof ApiException api) {
      return api;
    }
    throw new AssertionError("no ApiException", error);
  }

  static ObjectNode object(String json) {
    return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
  }

  @Override
  public void close() {
    client.close().block(Duration.ofSeconds(5));
  }
}
