package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.server.Visitor;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** Somebody who follows the events of a job from its beginning. */
final class EventReader implements Flow.Subscriber<String> {
  private final List<Long> ids = new ArrayList<>();
  private String last = "";
  private int beats;

  /** Begins to read, and ends with the events. */
  CompletableFuture<HttpResponse<Void>> follow(String job, Visitor visitor, HttpClient client) {
    HttpRequest request = visitor.request("/v1/jobs/" + job + "/events").build();
    return client.sendAsync(request, BodyHandlers.fromLineSubscriber(this));
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public synchronized void onNext(String line) {
    if (line.startsWith("id: ")) {
      ids.add(Long.valueOf(line.substring(4)));
    } else if (line.startsWith("event: ")) {
      last = line.substring(7);
    } else if (line.equals(": still here")) {
      beats++;
    }
  }

  @Override
  public void onError(Throwable error) {
    // Whoever waits for the end is told.
  }

  @Override
  public void onComplete() {
    // Whoever waits for the end is told.
  }

  synchronized boolean hasBegun() {
    return !ids.isEmpty();
  }

  /** The ids of the events, in the order in which they came. */
  synchronized List<Long> ids() {
    return List.copyOf(ids);
  }

  /** Asserts that nothing was left out, up to the end of the job, and that the line was kept. */
  synchronized void assertToldAll() {
    assertThat(last).isEqualTo("done");
    assertThat(ids.get(ids.size() - 1) - ids.get(0)).isEqualTo(ids.size() - 1L);
    assertThat(ids).isSorted().doesNotHaveDuplicates();
    assertThat(beats).isPositive();
  }
}
