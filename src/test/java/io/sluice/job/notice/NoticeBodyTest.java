package io.sluice.job.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.job.Job;
import io.sluice.job.JobKind;
import io.sluice.job.JobState;
import io.sluice.job.spec.FeedSpec;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class NoticeBodyTest {
  @Test
  void aFeedThatFailsIsNamedWithTheReason() {
    ObjectNode summary = JsonMapper.shared().createObjectNode();
    summary.putObject("error").put("code", "too_many_deletes").put("message", "evil.example");

    ObjectNode body = NoticeBody.job("failed", feed(), 4, summary, false, Instant.EPOCH);

    assertThat(body.path("text").asString(""))
        .isEqualTo("Sluice: feed hosts of prod ended with exit 4 (too_many_deletes)");
    assertThat(body.toString()).doesNotContain("evil.example");
  }

  private static Job feed() {
    return new Job(
        "2026-11-22T062811Z-avoujs",
        JobKind.FEED,
        "prod",
        "a1",
        "",
        List.of("block-senders"),
        false,
        new FeedSpec("prod", "hosts", null, null),
        JobState.FINISHED,
        null,
        4,
        null,
        null,
        "anna",
        Instant.EPOCH,
        null,
        null,
        null,
        1,
        null);
  }
}
