package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** How jobs are asked for: once for each key, and refused with the reason. */
final class ServiceSubmitTest {
  @RegisterExtension private final ServiceRig rig = new ServiceRig();

  @Test
  void aFileIsImportedInOneCallOnceForEachKey() {
    String path = "/v1/imports?profile=one&resource=block_senders&name=rows.csv";
    Visitor keyed = rig.operator().with("Idempotency-Key", "nightly-1");
    Visitor.Reply first = keyed.post(path, "text/csv", ServiceRig.senders(5));
    assertThat(first.status()).isEqualTo(202);
    assertThat(first.json().path("file_name").asString()).isEqualTo("rows.csv");
    Visitor.Reply again = keyed.post(path, "text/csv", ServiceRig.senders(5));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
    Visitor.Reply other = keyed.post(path, "text/csv", ServiceRig.senders(6));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.code()).isEqualTo("idempotency_key_reused");
    assertThat(rig.operator().get("/v1/jobs").json().path("items")).hasSize(1);
  }

  @Test
  void everyOptionOfAnImportWorksInItsShortForm() {
    String path =
        "/v1/imports?profile=one&resource=block-senders&name=rows&format=CSV&mode=create"
            + "&strategy=rows&encoding=iso-8859-1&validation=basic&skip_invalid=true"
            + "&max_errors=50%25&dry_run=false&safety_snapshot=true"
            + "&map=Sender+(new)=pattern&map=Ticket=&set=pattern_type=DOMAIN&set=comments=a%3Db+c;d";
    Visitor.Reply reply =
        rig.operator().post(path, "text/csv", "Sender (new),Ticket\nhost.example,7\n");
    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(202);
    JsonNode job = rig.awaitEnd(reply.json().path("id").asString());
    assertThat(job.path("exit").intValue()).describedAs(job.toString()).isZero();
    assertThat(rig.sandbox.account(ServiceRig.ONE).records("block_senders").toString())
        .contains("\"host.example\"", "\"DOMAIN\"", "\"a=b c;d\"");
  }

  @Test
  void aFileWithoutAHeaderIsReadByTheNumbersOfItsColumns() {
    String path =
        "/v1/imports?profile=one&resource=block_senders&name=rows.csv&map=1=pattern&map=2=";
    String rows = "first.example,x\nsecond.example,y\n";
    String taken = rig.operator().post(path, "text/csv", rows).json().path("id").asString();
    JsonNode refused = rig.awaitEnd(taken);
    assertThat(refused.path("exit").intValue()).isEqualTo(4);
    assertThat(refused.toString()).contains("looks like data");

    String id =
        rig.operator().post(path + "&header=false", "text/csv", rows).json().path("id").asString();
    JsonNode job = rig.awaitEnd(id);
    assertThat(job.path("exit").intValue()).describedAs(job.toString()).isZero();
    assertThat(job.at("/spec/reading/header").booleanValue()).isFalse();
    assertThat(job.at("/spec/reading/header").isMissingNode()).isFalse();
    assertThat(rig.sandbox.account(ServiceRig.ONE).records("block_senders").toString())
        .contains("\"first.example\"", "\"second.example\"");
  }

  @Test
  void ofRowsThatContradictEachOtherTheLastCountsIfThatIsAskedFor() {
    String path = "/v1/imports?profile=one&resource=block_senders&name=rows.csv";
    String rows = "pattern,comments\na.example,old\nb.example,x\na.example,new\n";
    String refused = rig.operator().post(path, "text/csv", rows).json().path("id").asString();
    assertThat(rig.awaitEnd(refused).path("exit").intValue()).isEqualTo(4);

    String id =
        rig.operator()
            .post(path + "&duplicates=last", "text/csv", rows)
            .json()
            .path("id")
            .asString();
    JsonNode job = rig.awaitEnd(id);
    assertThat(job.path("exit").intValue()).describedAs(job.toString()).isZero();
    assertThat(job.at("/summary/counts/skipped").intValue())
        .describedAs(job.toString())
        .isEqualTo(1);
    assertThat(job.at("/summary/warnings").toString()).contains("the last of each counts");
    assertThat(rig.sandbox.account(ServiceRig.ONE).records("block_senders").toString())
        .contains("\"new\"")
        .doesNotContain("\"old\"");
    assertThat(rig.operator().get("/v1/jobs/" + id + "/rows?outcome=skipped").json().toString())
        .contains("line 4 has the same key and counts");
  }

  @Test
  void indicatorsAreRewrittenIfThatIsAskedFor() {
    String path = "/v1/imports?profile=one&resource=block_senders&name=ioc.txt";
    String ioc = "evil[.]example\n198.51.100.7-9\n";
    String plain = rig.operator().post(path, "text/plain", ioc).json().path("id").asString();
    JsonNode refused = rig.awaitEnd(plain);
    assertThat(refused.path("exit").intValue()).isEqualTo(4);
    String id =
        rig.operator()
            .post(path + "&normalize=true", "text/plain", ioc)
            .json()
            .path("id")
            .asString();
    JsonNode job = rig.awaitEnd(id);
    assertThat(job.path("exit").intValue()).isZero();
    assertThat(job.at("/spec/reading/normalize").booleanValue()).isTrue();
    assertThat(job.at("/summary/rewritten").intValue()).isEqualTo(2);
    assertThat(rig.sandbox.account().records("block_senders"))
        .extracting(record -> record.path("pattern").asString())
        .contains("evil.example", "198.51.100.7", "198.51.100.8/31");
    String rows = rig.operator().get("/v1/jobs/" + plain + "/rows").json().toString();
    assertThat(rows).contains("with normalize it becomes evil.example").doesNotContain("--");
  }

  @Test
  void aJobIsAskedForOnceForEachKeyAndCaller() {
    String upload = rig.upload("rows.csv", ServiceRig.senders(5));
    String body =
        "{\"kind\":\"import\",\"profile\":\"one\",\"resource\":\"block-senders\",\"upload\":\""
            + upload
            + "\"}";
    Visitor keyed = rig.operator().with("Idempotency-Key", "k");
    String first = keyed.post("/v1/jobs", body).json().path("id").asString();
    Visitor.Reply again = keyed.post("/v1/jobs", body.replace(",", " , "));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("id").asString()).isEqualTo(first);
    Visitor.Reply other = keyed.post("/v1/jobs", "{\"kind\":\"export\",\"profile\":\"one\"}");
    assertThat(other.status()).isEqualTo(422);
    Visitor.Reply unkeyed = rig.operator().post("/v1/jobs", body);
    assertThat(unkeyed.status()).isEqualTo(202);
    assertThat(unkeyed.json().path("id").asString()).isNotEqualTo(first);
    Visitor.Reply tooLong =
        rig.operator().with("Idempotency-Key", "k".repeat(256)).post("/v1/jobs", body);
    assertThat(tooLong.code()).isEqualTo("bad_idempotency_key");
  }

  @Test
  void aRequestThatComesManyTimesAtOnceMakesOneJob() {
    String upload = rig.upload("rows.csv", ServiceRig.senders(5));
    String body =
        "{\"kind\":\"import\",\"profile\":\"one\",\"resource\":\"block-senders\",\"upload\":\""
            + upload
            + "\"}";
    Visitor keyed = rig.operator().with("Idempotency-Key", "at once");
    // Not where the service itself works.
    Scheduler clients = Schedulers.newBoundedElastic(16, 16, "clients");
    List<Visitor.Reply> replies =
        Flux.range(0, 16)
            .flatMap(
                n -> Mono.fromCallable(() -> keyed.post("/v1/jobs", body)).subscribeOn(clients), 16)
            .collectList()
            .doFinally(end -> clients.dispose())
            .blockOptional(Duration.ofSeconds(60))
            .orElseThrow();

    assertThat(replies).extracting(Visitor.Reply::status).containsOnly(200, 202);
    assertThat(replies).filteredOn(reply -> reply.status() == 202).hasSize(1);
    assertThat(replies).hasSize(16);
    assertThat(replies.stream().map(reply -> reply.json().path("id").asString()).distinct())
        .hasSize(1);
    assertThat(rig.operator().get("/v1/jobs").json().path("items")).hasSize(1);
  }

  @Test
  void refusalsSpeakOfOptionsAsTheApiNamesThem() {
    rig.sandbox.account(ServiceRig.ONE).seed("block_senders", 100);
    String one = rig.upload("one.csv", ServiceRig.senders(1));
    JsonNode deletes = rig.awaitEnd(rig.imported(one, "{\"mode\":\"mirror\"}"));
    String bad = rig.upload("bad.csv", "pattern,pattern_type\nno domain,DOMAIN\n");
    JsonNode invalid = rig.awaitEnd(rig.imported(bad, "{}"));
    String none = rig.upload("none.csv", "pattern,pattern_type\n");
    JsonNode empty = rig.awaitEnd(rig.imported(none, "{\"mode\":\"delete\"}"));

    for (JsonNode job : List.of(deletes, invalid, empty)) {
      assertThat(job.path("exit").intValue()).isEqualTo(4);
      assertThat(job.at("/summary/error").toString()).doesNotContain("--");
    }
    assertThat(deletes.at("/summary/error/message").asString()).contains("more than max_deletes");
    assertThat(deletes.at("/summary/error/hint").asString()).contains("dry_run", "max_deletes");
    assertThat(invalid.at("/summary/error/hint").asString()).contains("skip_invalid");
    assertThat(empty.at("/summary/error/hint").asString()).contains("mode delete needs rows");
  }

  @Test
  void whatCannotRunIsRefusedWithTheReason() {
    assertThat(rig.operator().post("/v1/jobs", "{\"kind\":\"bake\"}").code())
        .isEqualTo("unknown_kind");
    Visitor.Reply unknown =
        rig.operator().post("/v1/jobs", "{\"kind\":\"export\",\"profile\":\"one\",\"zip\":1}");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.json().path("detail").asString()).contains("'zip'");
    Visitor.Reply missing = rig.operator().post("/v1/jobs", "{\"kind\":\"export\"}");
    assertThat(missing.code()).isEqualTo("missing_property");
    assertThat(missing.json().path("detail").asString()).contains("'profile'");
    Visitor.Reply upload =
        rig.operator()
            .post(
                "/v1/jobs",
                "{\"kind\":\"import\",\"profile\":\"one\",\"resource\":\"block-senders\","
                    + "\"upload\":\"nosuch\"}");
    assertThat(upload.status()).isEqualTo(422);
    assertThat(upload.code()).isEqualTo("usage");
    Visitor.Reply same =
        rig.operator().post("/v1/jobs", "{\"kind\":\"migrate\",\"from\":\"one\",\"to\":\"one\"}");
    assertThat(same.status()).isEqualTo(422);
    assertThat(rig.operator().post("/v1/jobs", "{\"kind\":\"export\",\"profile\":").code())
        .isEqualTo("bad_json");
    assertThat(rig.operator().post("/v1/jobs", "null").code()).isEqualTo("bad_json");
    String deep = "{\"kind\":\"diff\",\"before\":" + "[".repeat(500);
    assertThat(rig.operator().post("/v1/jobs", deep).status()).isEqualTo(400);
    assertThat(rig.operator().post("/v1/jobs", "text/plain", "{}").status()).isEqualTo(415);
    assertThat(
            rig.operator()
                .post("/v1/jobs", "{\"kind\":\"export\",\"profile\":\"one\",\"resources\":[null]}")
                .code())
        .isEqualTo("wrong_type");
  }
}
