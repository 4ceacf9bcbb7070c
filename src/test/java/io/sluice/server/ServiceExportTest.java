package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** An export that is asked for over HTTP takes what the command takes. */
final class ServiceExportTest {
  @RegisterExtension private final ServiceRig rig = new ServiceRig();

  @Test
  void recordsAreChosenAndCellsAreMarkedForSpreadsheets() {
    String rows =
        "pattern,pattern_type,comments\none.example,DOMAIN,=1+1\ntwo@example.com,EMAIL,plain\n";
    rig.awaitEnd(rig.imported(rig.upload("rows.csv", rows), "{}"));
    JsonNode job =
        rig.awaitEnd(
            rig.submit(
                export(
                    "\"resources\":[\"block-senders\"],\"format\":\"csv\",\"excel_safe\":true,"
                        + "\"where\":{\"pattern_type\":[\"DOMAIN\"]}")));

    assertThat(job.path("exit").intValue()).describedAs(job.toString()).isZero();
    assertThat(job.at("/spec/where/pattern_type/0").asString()).isEqualTo("DOMAIN");
    assertThat(job.at("/spec/excel_safe").booleanValue()).isTrue();
    String snapshot = job.at("/summary/snapshot").asString();
    String csv = rig.viewer().get("/v1/snapshots/" + snapshot + "/files/block-senders.csv").text();
    assertThat(csv).contains("one.example", "'=1+1").doesNotContain("two@example.com");
    String manifest = rig.viewer().get("/v1/snapshots/" + snapshot + "/files/manifest.json").text();
    assertThat(manifest).contains("\"pattern_type\"");
  }

  @Test
  void aScheduleKeepsThem() {
    Visitor.Reply made =
        rig.operator()
            .post(
                "/v1/schedules",
                "{\"name\":\"n\",\"cron\":\"0 2 * * *\",\"zone\":\"UTC\",\"job\":"
                    + export("\"resources\":[\"domains\"],\"where\":{\"search\":[\"bank\"]}")
                    + "}");

    assertThat(made.status()).describedAs(made.text()).isEqualTo(201);
    assertThat(made.json().at("/job/where/search/0").asString()).isEqualTo("bank");
    assertThat(made.json().path("overdue_since").isNull()).isTrue();
  }

  @Test
  void whatJobsSayOfSnapshotsDoesNotTellWhereTheyAre() throws IOException {
    String keep = export("\"resources\":[\"domains\"],\"keep\":1");
    String first = rig.awaitEnd(rig.submit(keep)).at("/summary/snapshot").asString();
    Path directory =
        rig.files.snapshots(ServiceRig.ONE).resolve(first.substring(first.indexOf('~') + 1));
    Files.writeString(directory.resolve("notes.txt"), "mine");
    JsonNode export = rig.awaitEnd(rig.submit(keep));
    assertThat(export.at("/summary/warnings/0").asString())
        .contains(directory.getFileName().toString(), "did not write")
        .doesNotContain(rig.directory.toString());

    Files.delete(directory.resolve("domains.jsonl"));
    String diff =
        rig.submit("{\"kind\":\"diff\",\"before\":\"" + first + "\",\"after\":\"profile:one\"}");
    assertThat(rig.awaitEnd(diff).at("/summary/error/message").asString())
        .contains(directory.getFileName().toString(), "domains.jsonl: missing")
        .doesNotContain(rig.directory.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'excel_safe':true | excel_safe: it goes with format csv",
        "'excel_safe':true,'format':'jsonl' | excel_safe: it goes with format csv",
        "'where':{'pattern_type':['DOMAIN']} | where: .* cannot be filtered by 'pattern_type'",
        "'resources':['block-senders'],'where':{'colour':['red']} | .*by 'colour'; the nearest filter is 'pattern', .*",
        "'resources':['block-senders'],'where':{'pattern':[]} | where: pattern has no value",
        "'resources':['block-senders'],'where':{'pattern':['a','b']} | .*pattern can be given only.*",
        "'resources':[] | resources names none; leave it out for all",
        "'where':{'search':[null]} | 'where' holds a null",
        "'where':{'search':null} | 'where' holds a null",
        "'where':{'search':'x'} | 'where.search' is of another type",
        "'where':['search=x'] | 'where' is of another type"
      })
  void whatCannotBeUnderstoodIsRefused(String properties, String detail) {
    Visitor.Reply reply = rig.operator().post("/v1/jobs", export(properties.replace('\'', '"')));

    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(400);
    assertThat(reply.json().path("detail").asString()).matches(".*" + detail + ".*");
    assertThat(rig.viewer().get("/v1/jobs").json().path("items")).isEmpty();
  }

  private static String export(String properties) {
    return "{\"kind\":\"export\",\"profile\":\"one\"," + properties + "}";
  }
}
