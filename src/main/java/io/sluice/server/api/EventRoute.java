package io.sluice.server.api;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.flow.Blocking;
import io.sluice.job.JobEvent;
import io.sluice.job.Jobs;
import io.sluice.server.http.Access;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Caller;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.Parameter;
import io.sluice.server.http.Problem;
import io.sluice.server.http.Route;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The events of a job, as server-sent events. A slow reader gets them later, and nothing is kept
 * for it: events wait in the database.
 */
public final class EventRoute {
  private static final String BEAT = ": still here\n\n";
  private static final String END = "";
  private static final Parameter AFTER = Parameter.whole("after", 0, Long.MAX_VALUE);

  private final Jobs jobs;
  private final Mono<Void> closing;
  private final Duration heartbeat;
  private final Function<Caller, Mono<Boolean>> holds;

  /**
   * @param closing completes when the service ends
   * @param heartbeat how often something is sent at least
   * @param holds whether the caller may still watch; asked at each heartbeat
   */
  public EventRoute(
      Jobs jobs, Mono<Void> closing, Duration heartbeat, Function<Caller, Mono<Boolean>> holds) {
    this.jobs = jobs;
    this.closing = closing;
    this.heartbeat = heartbeat;
    this.holds = holds;
  }

  public Route route() {
    return Route.get("/v1/jobs/{id}/events", Access.VIEWER, this::follow).taking(AFTER);
  }

  private Mono<Answer> follow(Exchange exchange) {
    String id = exchange.path("id");
    return Blocking.call(() -> answer(id, after(exchange), exchange.caller()));
  }

  private Answer answer(String id, long after, Caller caller) {
    if (jobs.get(id).isEmpty()) {
      throw Problem.missing("there is no such job").exception();
    }
    if (!jobs.events().mayHaveHad(id, after)) {
      throw Problem.of(
              400,
              "bad_parameter",
              "this job has had no event " + after + ": events after it would be missed",
              "Last-Event-ID and 'after' are the id of an event of this very job; without them, its"
                  + " events come from the first on")
          .exception();
    }
    // A browser comes back after the last event, until it is told that there is nothing more.
    return jobs.events().hasEndedBy(id, after)
        ? new Answer.Empty(204, Map.of())
        : new Answer.Events(frames(id, after, caller));
  }

  private Flux<ByteBuf> frames(String id, long after, Caller caller) {
    Flux<String> events =
        Flux.concat(
            List.of(
                Mono.just(": these are the events of one job\n\n"),
                jobs.events().of(id, after).map(EventRoute::frame),
                Mono.just(END)));
    return Flux.merge(events, beats(caller))
        .takeWhile(frame -> !frame.equals(END))
        .takeUntilOther(closing)
        .map(frame -> Unpooled.wrappedBuffer(frame.getBytes(StandardCharsets.UTF_8)));
  }

  private Flux<String> beats(Caller caller) {
    // Where the database does not answer, the next heartbeat asks again.
    return Flux.interval(heartbeat)
        .onBackpressureDrop()
        .concatMap(tick -> holds.apply(caller).onErrorReturn(JdbiException.class, true), 1)
        .map(may -> may ? BEAT : END);
  }

  private static String frame(JobEvent event) {
    // JSON that Sluice writes has no line ends in it.
    return "id: "
        + event.number()
        + "\nevent: "
        + event.name()
        + "\ndata: "
        + event.data()
        + "\n\n";
  }

  private static long after(Exchange exchange) {
    @Nullable String header = exchange.header("Last-Event-ID");
    if (header == null || header.isBlank()) {
      String query = exchange.query(AFTER.name());
      return query == null ? 0 : Long.parseLong(query);
    }
    try {
      return Long.parseLong(AFTER.type().read(header.strip()));
    } catch (IllegalArgumentException none) {
      throw Problem.of(400, "bad_parameter", "Last-Event-ID: " + none.getMessage()).exception();
    }
  }
}
