package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Asks a service for jobs, and for how they go. */
public record JobClient(Visitor visitor) {
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** Sends a file; its id. */
  public String upload(String name, String content) {
    Visitor.Reply reply = visitor.post("/v1/uploads?name=" + name, "text/csv", content);
    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(201);
    return reply.json().path("id").asString();
  }

  /** Asks for a job; its id. */
  public String submit(String body) {
    Visitor.Reply reply = visitor.post("/v1/jobs", body);
    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(202);
    return reply.json().path("id").asString();
  }

  /** Asks for the import of a file of block senders; its id. */
  public String imported(String profile, String upload, String options) {
    return submit(
        "{\"kind\":\"import\",\"profile\":\"%s\",\"resource\":\"block-senders\",\"upload\":\"%s\",\"options\":%s}"
            .formatted(profile, upload, options));
  }

  /** The job as it is now. */
  public JsonNode job(String id) {
    return visitor.get("/v1/jobs/" + id).json();
  }

  /** The job once it is as is wanted. */
  public JsonNode await(String id, Predicate<JsonNode> wanted) {
    return Eventually.is(LONGEST, () -> job(id), wanted);
  }

  /** The job once it has ended. */
  public JsonNode awaitEnd(String id) {
    return await(id, job -> !job.path("ended_at").isNull());
  }

  /** The job once its events have ended: they are followed, and nobody asks again and again. */
  public JsonNode follow(String id) throws IOException {
    try (InputStream events = visitor.open("/v1/jobs/" + id + "/events").body()) {
      events.transferTo(OutputStream.nullOutputStream());
    }
    return job(id);
  }
}
