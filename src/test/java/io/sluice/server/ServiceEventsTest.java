package io.sluice.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sluice.job.keys.Role;
import io.sluice.server.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What happens to a job, as it is told to whoever watches. */
final class ServiceEventsTest {
  @RegisterExtension
  private final ServiceRig rig =
      new ServiceRig(() -> ServiceRig.sandbox().latency(Duration.ofMillis(5)).start());

  private record Event(long id, String name, String data) {}

  @Test
  void eventsComeInOrderUntilTheJobIsDone() throws IOException {
    rig.sandbox.faults().reject("host7.example", 10021, "no");
    String job = rig.imported(rig.upload("rows.csv", ServiceRig.senders(300)), "{}");
    HttpResponse<InputStream> answer = rig.viewer().open("/v1/jobs/" + job + "/events");
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
    List<Event> events = events(answer);
    assertThat(events).extracting(Event::name).contains("state", "row").endsWith("done");
    assertThat(events).extracting(Event::id).isSorted().doesNotHaveDuplicates();
    assertThat(events.get(events.size() - 1).id() - events.get(0).id())
        .describedAs("nothing is left out for whoever follows")
        .isEqualTo(events.size() - 1L);
    assertThat(Json.tree(events.get(events.size() - 1).data()).at("/counts/created").intValue())
        .isEqualTo(299);
  }

  @Test
  void whoComesBackIsToldTheRestAndNothingTwice() throws IOException {
    rig.sandbox.faults().reject("host7.example", 10021, "no");
    String job = rig.imported(rig.upload("rows.csv", ServiceRig.senders(30)), "{}");
    rig.awaitEnd(job);
    String path = "/v1/jobs/" + job + "/events";
    List<Event> all = events(rig.viewer().open(path));
    long seen = all.get(1).id();
    List<Event> rest = all.subList(2, all.size());
    assertThat(rest).isNotEmpty();
    Visitor again = rig.viewer().with("Last-Event-ID", Long.toString(seen));
    assertThat(events(again.open(path))).isEqualTo(rest);
    assertThat(events(rig.viewer().open(path + "?after=" + seen))).isEqualTo(rest);
    // The header says where a browser was cut off; the address may be older.
    assertThat(events(again.open(path + "?after=0"))).isEqualTo(rest);
    long last = all.get(all.size() - 1).id();
    assertThat(rig.viewer().get(path + "?after=" + last).status()).isEqualTo(204);
    assertThat(rig.viewer().get(path + "?after=soon").code()).isEqualTo("bad_parameter");
    assertThat(rig.viewer().get("/v1/jobs/nosuch/events").status()).isEqualTo(404);
  }

  /** Else whoever follows would wait for events that never come, the end of the job included. */
  @Test
  void anEventThatTheJobHasNotHadIsRefused() throws IOException {
    String other = rig.imported(rig.upload("a.csv", ServiceRig.senders(3)), "{}");
    String job = rig.imported(rig.upload("rows.csv", ServiceRig.senders(30)), "{}");
    rig.awaitEnd(other);
    rig.awaitEnd(job);
    List<Event> all = events(rig.viewer().open("/v1/jobs/" + job + "/events"));
    List<Event> others = events(rig.viewer().open("/v1/jobs/" + other + "/events"));
    long last = all.get(all.size() - 1).id();
    String path = "/v1/jobs/" + job + "/events";
    for (String id : List.of(Long.toString(last + 1), "9223372036854775807")) {
      Visitor.Reply reply = rig.viewer().with("Last-Event-ID", id).get(path);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.json().path("detail").asString()).contains("has had no event " + id);
      assertThat(reply.json().path("hint").asString()).contains("from the first on");
      assertThat(rig.viewer().get(path + "?after=" + id).status()).isEqualTo(400);
    }
    String foreign = Long.toString(others.get(others.size() - 1).id());
    assertThat(rig.viewer().with("Last-Event-ID", foreign).get(path).status()).isEqualTo(400);
    for (String none : List.of("-7", "soon", "99999999999999999999")) {
      Visitor.Reply reply = rig.viewer().with("Last-Event-ID", none).get(path);
      assertThat(reply.json().path("detail").asString())
          .isEqualTo("Last-Event-ID: it is a number from 0 on");
    }
  }

  @Test
  void aJobThatGoesOnIsWatchedBeyondItsFirstEnd() throws IOException {
    String job =
        rig.imported(rig.upload("rows.csv", ServiceRig.senders(2000)), "{\"strategy\":\"rows\"}");
    rig.await(job, now -> now.at("/progress/counts/created").asInt(0) > 0);
    rig.operator().post("/v1/jobs/" + job + "/cancel", "");
    rig.awaitEnd(job);
    String path = "/v1/jobs/" + job + "/events";
    assertThat(events(rig.viewer().open(path))).last().extracting(Event::name).isEqualTo("done");
    rig.operator().post("/v1/jobs/" + job + "/resume", "");
    List<Event> all = events(rig.viewer().open(path));
    assertThat(all).extracting(Event::name).containsOnlyOnce("done").endsWith("done");
    assertThat(rig.awaitEnd(job).path("result").asString()).isEqualTo("2,000 created");
  }

  @Test
  void theEndOfTheServiceEndsTheEvents() throws IOException {
    rig.sandbox.close();
    String job = rig.imported(rig.upload("rows.csv", ServiceRig.senders(5)), "{}");
    HttpResponse<InputStream> answer = rig.viewer().open("/v1/jobs/" + job + "/events");
    try (BufferedReader lines = reader(answer)) {
      assertThat(lines.readLine()).startsWith(":");
      rig.service.close();
      assertEndsSoon(lines);
    }
  }

  @Test
  void eventsEndWithTheRightToWatchThem() throws IOException {
    rig.restart(Duration.ofSeconds(2));
    String key = rig.keys.make("guest", Role.VIEWER, Instant.now());
    Visitor machine = rig.stranger().with("Authorization", "Bearer " + key);
    String cookie =
        rig.stranger().post("/v1/sessions", "{\"key\":\"" + key + "\"}").header("Set-Cookie");
    Visitor console = rig.stranger().with("Cookie", cookie.substring(0, cookie.indexOf(';')));
    String csrf = console.get("/v1/sessions/current").json().path("csrf").asString();
    String path = "/v1/jobs/" + paused() + "/events";
    try (BufferedReader byKey = reader(machine.open(path));
        BufferedReader bySession = reader(console.open(path));
        BufferedReader other = reader(rig.viewer().open(path))) {
      awaitBeat(byKey);
      awaitBeat(bySession);
      console.with("X-CSRF-Token", csrf).delete("/v1/sessions/current");
      assertEndsSoon(bySession);
      awaitBeat(byKey);

      rig.keys.remove("guest");
      assertEndsSoon(byKey);
      awaitBeat(other);
    }
  }

  private static void assertEndsSoon(BufferedReader events) {
    assertTimeoutPreemptively(Duration.ofSeconds(3), () -> events.lines().count());
  }

  /** A job that stands still. */
  private String paused() {
    String job =
        rig.imported(rig.upload("many.csv", ServiceRig.senders(2000)), "{\"strategy\":\"rows\"}");
    rig.operator().post("/v1/jobs/" + job + "/pause", "");
    rig.await(job, now -> now.path("state").asString().equals("paused"));
    return job;
  }

  private static void awaitBeat(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(": still")) {
        return;
      }
    }
    throw new AssertionError("the events have ended");
  }

  private static BufferedReader reader(HttpResponse<InputStream> answer) {
    return new BufferedReader(new InputStreamReader(answer.body(), UTF_8));
  }

  private static List<Event> events(HttpResponse<InputStream> answer) throws IOException {
    assertThat(answer.statusCode()).isEqualTo(200);
    List<Event> events = new ArrayList<>();
    try (BufferedReader lines = reader(answer)) {
      long id = 0;
      String name = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = Long.parseLong(line.substring(4));
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          events.add(new Event(id, name, line.substring(6)));
        }
      }
    }
    return events;
  }
}
