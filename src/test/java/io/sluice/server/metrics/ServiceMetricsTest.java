package io.sluice.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import io.sluice.sandbox.fault.Fault;
import io.sluice.server.ServiceRig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What {@code /metrics} tells of calls, quotas, rows and backups. */
final class ServiceMetricsTest {
  private static final String SETTINGS = "path=\"/accounts/{account}/email-security/settings/";
  private static final String SENDERS = "resource=\"block-senders\"}";
  private static final String BY_ROWS = "{\"strategy\":\"rows\"}";

  @RegisterExtension
  private final ServiceRig rig =
      new ServiceRig(() -> ServiceRig.sandbox().latency(Duration.ofMillis(5)).start());

  @Test
  void callsAreCountedByPathWithoutNamingRecords() {
    rig.sandbox.faults().reject("host7.example", 10021, "no");
    rig.awaitEnd(rig.imported(rig.upload("rows.csv", ServiceRig.senders(30)), BY_ROWS));
    rig.awaitEnd(
        rig.imported(
            rig.upload("less.csv", ServiceRig.senders(4)),
            "{\"mode\":\"delete\",\"strategy\":\"rows\",\"max_deletes\":\"9\"}"));
    rig.sandbox.faults().everywhere().times(1).then(Fault.reset());
    rig.awaitEnd(rig.submit("{\"kind\":\"export\",\"profile\":\"two\"}"));

    String text = metrics();
    String rows = SETTINGS + "block_senders";
    assertThat(api(text, "POST", rows + "\",status=\"200\"")).isEqualTo(29);
    assertThat(api(text, "POST", rows + "\",status=\"400\"")).isEqualTo(1);
    assertThat(api(text, "DELETE", rows + "/{id}\",status=\"200\"")).isEqualTo(4);
    assertThat(api(text, "GET", SETTINGS + "domains\",status=\"200\"")).isPositive();
    assertThat(text).containsPattern("sluice_api_requests_seconds_count\\{.*status=\"none\"} 1\n");
    assertThat(text)
        .contains(
            "sluice_api_requests_seconds_bucket{method=\"POST\"," + rows + "\",status=\"200\",le=");
    assertThat(sum(text, "sluice_api_requests_seconds_count"))
        .isEqualTo((double) rig.sandbox.requestLog().total());
    assertThat(text)
        .doesNotContain(ServiceRig.ONE, ServiceRig.TWO, rig.sandbox.token(), "host", ".example");
  }

  @Test
  void quotasAreToldByProfile() throws IOException {
    try (Sandbox paced = ServiceRig.sandbox().quota(100, Duration.ofSeconds(4)).start();
        ServiceRig other = new ServiceRig(rig.directory.resolve("paced"), paced)) {
      String upload = other.upload("rows.csv", ServiceRig.senders(150));
      other.awaitEnd(other.imported(upload, BY_ROWS));

      String text = other.viewer().get("/metrics").text();
      assertThat(value(text, "sluice_quota_limit{profile=\"one\"}")).isEqualTo(100);
      assertThat(value(text, "sluice_quota_remaining{profile=\"one\"}")).isBetween(0.0, 100.0);
      assertThat(value(text, "sluice_quota_waiting{profile=\"one\"}")).isZero();
      assertThat(value(text, "sluice_quota_wait_seconds_count{profile=\"one\"}"))
          .isEqualTo((double) paced.requestLog().total());
      assertThat(value(text, "sluice_quota_wait_seconds_sum{profile=\"one\"}")).isGreaterThan(1);
      assertThat(text).doesNotContain("sluice_quota_limit{profile=\"two\"}");
      assertThat(paced.requestLog().throttled()).isZero();
    }
  }

  @Test
  void rowsOfAJobThatIsResumedAreCountedOnce() {
    SandboxAccount account = rig.sandbox.account(ServiceRig.ONE);
    String job = rig.imported(rig.upload("rows.csv", ServiceRig.senders(900)), BY_ROWS);
    rig.await(job, now -> account.count("block_senders") > 50);
    rig.operator().post("/v1/jobs/" + job + "/pause", "");
    rig.await(job, now -> now.path("state").asString().equals("paused"));
    double first = value(metrics(), "sluice_rows_total{outcome=\"created\"," + SENDERS);
    assertThat(first).isBetween(50.0, 899.0);

    rig.operator().post("/v1/jobs/" + job + "/resume", "");
    rig.await(job, now -> account.count("block_senders") > first + 50);
    rig.sandbox.revoke(rig.sandbox.token());
    JsonNode refused = rig.awaitEnd(job);
    assertThat(refused.path("exit").intValue()).isEqualTo(5);
    rig.sandbox.restore(rig.sandbox.token());
    rig.operator().post("/v1/jobs/" + job + "/resume", "");
    assertThat(rig.awaitEnd(job).path("exit").intValue()).isZero();

    String text = metrics();
    assertThat(value(text, "sluice_rows_total{outcome=\"created\"," + SENDERS)).isEqualTo(900);
    assertThat(sum(text, "sluice_rows_total")).isEqualTo(900);
    assertThat(value(text, "sluice_jobs_ended_total{exit=\"5\",kind=\"import\"}")).isEqualTo(1);
    assertThat(value(text, "sluice_jobs_ended_total{exit=\"0\",kind=\"import\"}")).isEqualTo(1);
    assertThat(value(text, "sluice_jobs{state=\"finished\"}")).isEqualTo(1);
    assertThat(value(text, "sluice_jobs{state=\"paused\"}")).isZero();
  }

  @Test
  void theLastGoodBackupOfEachResourceIsTold() {
    long begun = Instant.now().getEpochSecond();
    rig.awaitEnd(rig.submit("{\"kind\":\"export\",\"profile\":\"one\"}"));
    String partial = "{\"kind\":\"export\",\"profile\":\"one\",\"resources\":[\"domains\"]}";
    rig.awaitEnd(rig.submit(partial));

    String text = metrics();
    String name = "sluice_backup_last_success_timestamp_seconds{profile=\"one\",resource=";
    double all = value(text, name + "\"block-senders\"}");
    assertThat(all).isBetween((double) begun, begun + 600.0);
    assertThat(value(text, name + "\"trusted-domains\"}")).isEqualTo(all);
    assertThat(value(text, name + "\"domains\"}")).isGreaterThan(all);
    assertThat(lines(text, "sluice_backup_last_success_timestamp_seconds")).hasSize(8);
  }

  @Test
  void theSamplesAskForWhatIsThere() throws IOException {
    rig.awaitEnd(rig.submit("{\"kind\":\"export\",\"profile\":\"one\"}"));
    rig.upload("rows.csv", ServiceRig.senders(1));
    rig.operator()
        .post(
            "/v1/schedules",
            "{\"name\":\"nightly\",\"cron\":\"0 2 * * *\",\"zone\":\"UTC\","
                + "\"job\":{\"kind\":\"export\",\"profile\":\"one\"}}");
    Set<String> there =
        metrics()
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.replaceAll("[{ ].*", ""))
            .collect(Collectors.toSet());
    for (String sample : List.of("grafana-dashboard.json", "prometheus-alerts.yml")) {
      String text = Files.readString(Path.of("samples/service", sample));
      List<String> asked =
          Pattern.compile("\\bsluice_[a-z_]+").matcher(text).results().map(r -> r.group()).toList();
      assertThat(asked).describedAs(sample).isNotEmpty().allMatch(there::contains);
    }
  }

  private String metrics() {
    return rig.viewer().get("/metrics").text();
  }

  private static double api(String text, String method, String labels) {
    return value(
        text, "sluice_api_requests_seconds_count{method=\"" + method + "\"," + labels + "}");
  }

  private static double value(String text, String series) {
    Matcher found =
        Pattern.compile("^" + Pattern.quote(series) + " (\\S+)$", Pattern.MULTILINE).matcher(text);
    assertThat(found.find()).describedAs("%s in%n%s", series, text).isTrue();
    return Double.parseDouble(found.group(1));
  }

  private static double sum(String text, String name) {
    return lines(text, name).stream()
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static List<String> lines(String text, String name) {
    return text.lines().filter(line -> line.startsWith(name + "{")).toList();
  }
}
