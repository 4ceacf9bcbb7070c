package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.Eventually;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Jobs that are made again and again, as the API shows them. */
final class ServiceSchedulesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @RegisterExtension private final ServiceRig rig = new ServiceRig();

  @Test
  void theNextTimesAreShownBeforeAScheduleIsMade() {
    Visitor.Reply reply =
        rig.viewer().get("/v1/schedules/next?cron=30+2+*+*+*&zone=Europe%2FBerlin");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("zone").asString()).isEqualTo("Europe/Berlin");
    List<OffsetDateTime> next = times(reply.json());
    assertThat(next).hasSize(3).isSorted();
    assertThat(next).allMatch(time -> time.isAfter(OffsetDateTime.now(BERLIN)));
    assertThat(next)
        .allMatch(time -> time.getOffset().equals(BERLIN.getRules().getOffset(time.toInstant())));

    assertThat(rig.viewer().get("/v1/schedules/next?cron=0+0+30+2+*&zone=UTC").status())
        .isEqualTo(422);
    assertThat(rig.viewer().get("/v1/schedules/next?cron=0+0+*+*+*&zone=Nowhere").code())
        .isEqualTo("usage");
    assertThat(rig.viewer().get("/v1/schedules/next?zone=UTC").code())
        .isEqualTo("missing_parameter");
  }

  @Test
  void aScheduleShowsItsNextTimes() {
    JsonNode made =
        rig.operator().post("/v1/schedules", schedule("nightly", "0 2 * * *", false)).json();
    assertThat(made.path("name").asString()).isEqualTo("nightly");
    List<OffsetDateTime> next = times(made);
    assertThat(next).hasSize(3);
    assertThat(next.get(0).toInstant()).isEqualTo(Instant.parse(made.path("next_at").asString()));
    assertThat(made.path("last_error").isNull()).isTrue();
    assertThat(made.path("overdue_since").isNull()).isTrue();

    String path = "/v1/schedules/" + made.path("id").asString();
    JsonNode paused =
        rig.operator()
            .with("Content-Type", "application/json")
            .send(
                "PUT",
                path,
                HttpRequest.BodyPublishers.ofString(schedule("nightly", "0 2 * * *", true)))
            .json();
    assertThat(paused.path("next")).isEmpty();
    assertThat(paused.path("next_at").isNull()).isTrue();
  }

  @Test
  void whatAScheduleCouldNotMakeIsShownAndMeasured() throws IOException {
    String path =
        rig.operator()
            .post("/v1/schedules", schedule("nightly", "0 2 * * *", false))
            .header("Location");
    assertThat(metrics())
        .contains("sluice_schedule_failures_total{kind=\"export\"} 0.0\n")
        .contains("sluice_schedules_failing{kind=\"export\"} 0.0\n")
        .contains("sluice_backup_overdue_seconds{profile=\"one\"} 0.0\n");
    rig.forgetProfiles();
    rig.hasten(path.substring(path.lastIndexOf('/') + 1));

    JsonNode failed =
        Eventually.is(() -> rig.viewer().get(path).json(), now -> !now.path("last_error").isNull());
    assertThat(failed.at("/last_error/message").asString()).contains("profile 'one'");
    assertThat(Instant.parse(failed.at("/last_error/at").asString()))
        .isAfter(Instant.parse(failed.path("made_at").asString()));
    assertThat(metrics())
        .contains("sluice_schedule_failures_total{kind=\"export\"} 1.0\n")
        .contains("sluice_schedules_failing{kind=\"export\"} 1.0\n");
  }

  @Test
  void jobsOfSchedulesAndInListsCountTheFindingsOfTheirPlansAndOnlyOneAloneHasEach() {
    String upload = rig.upload("rows.csv", ServiceRig.senders(200));
    String path =
        rig.operator()
            .post(
                "/v1/schedules",
                schedule("weekly", "0 2 * * 1", false)
                    .replace(
                        "\"kind\":\"export\"",
                        "\"kind\":\"import\",\"resource\":\"block-senders\",\"upload\":\""
                            + upload
                            + "\",\"options\":{\"dry_run\":true}"))
            .header("Location");
    String job = rig.operator().post(path + "/run", "").json().path("id").asString();
    JsonNode alone = rig.awaitEnd(job).at("/summary/plan/lint");
    assertThat(alone.path("findings")).hasSize(100);

    for (String place : List.of("/v1/jobs", "/v1/schedules", path)) {
      JsonNode found = rig.viewer().get(place).json();
      JsonNode one = found.has("items") ? found.at("/items/0") : found;
      JsonNode lint = (one.has("last_job") ? one.path("last_job") : one).at("/summary/plan/lint");
      assertThat(lint.path("counts")).describedAs(place).isEqualTo(alone.path("counts"));
      assertThat(lint.has("findings")).describedAs(place).isFalse();
    }
  }

  private String metrics() {
    return rig.viewer().get("/metrics").text();
  }

  private static List<OffsetDateTime> times(JsonNode of) {
    List<OffsetDateTime> times = new ArrayList<>();
    of.path("next").forEach(time -> times.add(OffsetDateTime.parse(time.asString())));
    return times;
  }

  private static String schedule(String name, String cron, boolean paused) {
    return "{\"name\":\"%s\",\"cron\":\"%s\",\"zone\":\"Europe/Berlin\",\"paused\":%s,\"job\":{\"kind\":\"export\",\"profile\":\"one\"}}"
        .formatted(" " + name + " ", cron, paused);
  }
}
