package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.SandboxAccount;
import io.sluice.server.JobClient;
import java.io.IOException;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** Somebody who asks a service for one job after another, all of them on one account. */
final class SoakShift {
  private static final int FEW = 40;
  private static final int MANY = 400;

  private final JobClient client;
  private final SandboxAccount account;
  private final long held;
  private int jobs;
  private int made;

  /** The account's profile is called as it is. */
  SoakShift(JobClient client, SandboxAccount account) {
    this.client = client;
    this.account = account;
    this.held = account.count(BlockList.RESOURCE);
  }

  /** Works until then, and to the end of what was begun; how many jobs that were. */
  int until(Instant end) throws IOException {
    while (Instant.now().isBefore(end)) {
      everyKindOfJob();
    }
    assertThat(account.creations(BlockList.RESOURCE)).hasSize(made);
    assertThat(account.creations(BlockList.RESOURCE).values()).containsOnly(1);
    return jobs;
  }

  private void everyKindOfJob() throws IOException {
    String few = upload(FEW);
    String many = upload(MANY);
    assertThat(imported(few, "{\"strategy\":\"rows\"}", "created")).isEqualTo(FEW);
    assertThat(imported(many, "{\"strategy\":\"batch\"}", "created")).isEqualTo(MANY);
    assertThat(imported(many, "{\"dry_run\":true}", "unchanged")).isEqualTo(MANY);
    JsonNode exported =
        ended("{'kind':'export','profile':'%s','resources':['block-senders'],'keep':2}");
    assertThat(exported.at("/summary/rows").asLong()).isEqualTo(held + FEW + MANY);
    String snapshot = exported.at("/summary/snapshot").asString();
    JsonNode compared = ended("{'kind':'diff','before':'" + snapshot + "','after':'profile:%s'}");
    assertThat(compared.at("/summary/changed").asLong(-1)).isZero();
    ended("{'kind':'restore','profile':'%s','snapshot':'" + snapshot + "'}");
    String deleting = "{\"mode\":\"delete\",\"max_deletes\":\"100%\",\"safety_snapshot\":false}";
    assertThat(imported(few, deleting, "deleted")).isEqualTo(FEW);
    assertThat(imported(many, deleting, "deleted")).isEqualTo(MANY);
    assertThat(account.count(BlockList.RESOURCE)).isEqualTo(held);
  }

  /** Rows that no account has ever held. */
  private String upload(int rows) {
    made += rows;
    return client.upload("rows.csv", ServiceProcess.senders(made - rows, rows));
  }

  private long imported(String upload, String options, String outcome) throws IOException {
    JsonNode job = followed(client.imported(account.id(), upload, options));
    return job.at("/summary/counts/" + outcome).asLong();
  }

  private JsonNode ended(String job) throws IOException {
    return followed(client.submit(job.formatted(account.id()).replace('\'', '"')));
  }

  private JsonNode followed(String id) throws IOException {
    JsonNode job = client.follow(id);
    assertThat(job.path("exit").asInt(-1)).describedAs("%s", job).isZero();
    jobs++;
    return job;
  }
}
