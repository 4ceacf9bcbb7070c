package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.Eventually;
import io.sluice.sandbox.Sandbox;
import io.sluice.server.RawCall;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.json.JsonMapper;

/** Many at a time at a service with little memory. */
@Tag("slow")
@Isolated
final class ServiceLoadIT {
  private static final int ROWS = 2_400;
  private static final int READERS = 200;
  private static final int UPLOADS = 50;
  private static final long UPLOAD_BYTES = 20L << 20;
  private static final int HEAP_MIB = 256;
  private static final int GROWTH_MIB = 32;

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();

  @AfterEach
  void stop() {
    threads.shutdownNow();
    sandbox.close();
  }

  @Test
  void readersOfEventsAndLargeUploadsDoNotHarmEachOther() throws Exception {
    for (int i = 0; i < ROWS; i += 15) {
      sandbox.faults().reject("host" + i + ".example", 1234, "no ".repeat(700));
    }
    try (ServiceProcess service = service()) {
      upload(service, 0).thenAccept(Upload::assertWhole).get(1, TimeUnit.MINUTES);
      String rows = service.jobs().upload("rows.csv", ServiceProcess.senders(0, ROWS));
      String job = service.jobs().imported("one", rows, "{\"strategy\":\"rows\"}");
      try (RawCall stuck = stuck(service, job)) {
        List<EventReader> readers = Stream.generate(EventReader::new).limit(READERS).toList();
        List<CompletableFuture<HttpResponse<Void>>> ends =
            readers.stream().map(one -> one.follow(job, service.operator(), client)).toList();
        Eventually.is(() -> readers, all -> all.stream().allMatch(EventReader::hasBegun));
        ServiceMemory before = ServiceMemory.of(service);

        List<CompletableFuture<Upload>> uploads =
            IntStream.rangeClosed(1, UPLOADS).mapToObj(i -> upload(service, i)).toList();
        for (CompletableFuture<Upload> upload : uploads) {
          upload.get(2, TimeUnit.MINUTES).assertWhole();
        }
        for (CompletableFuture<HttpResponse<Void>> end : ends) {
          end.get(2, TimeUnit.MINUTES);
        }
        readers.forEach(EventReader::assertToldAll);
        assertThat(readers.stream().map(EventReader::ids).distinct()).hasSize(1);

        ServiceMemory after = ServiceMemory.of(service);
        assertThat(after.heap())
            .describedAs("%s, then %s", before, after)
            .isLessThan(before.heap() + GROWTH_MIB);
        assertThat(after.peak()).describedAs("%s, then %s", before, after).isLessThan(2 * HEAP_MIB);
        assertThat(stuck.head()).startsWith("HTTP/1.1 200");
      }
      assertThat(service.jobs().job(job).at("/summary/counts/created").intValue())
          .isEqualTo(ROWS - ROWS / 15);
      assertThat(service.terminate()).isEqualTo(130);
    }
  }

  private record Upload(LargeFile sent, HttpResponse<String> answer) {
    void assertWhole() {
      assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(201);
      assertThat(JsonMapper.shared().readTree(answer.body()).path("sha256").asString())
          .isEqualTo(sent.sha256());
    }
  }

  private CompletableFuture<Upload> upload(ServiceProcess service, int number) {
    LargeFile file = new LargeFile(number, UPLOAD_BYTES);
    return client
        .sendAsync(
            service
                .operator()
                .request("/v1/uploads?name=large-" + number)
                .POST(
                    BodyPublishers.fromPublisher(
                        BodyPublishers.ofInputStream(() -> file), UPLOAD_BYTES))
                .build(),
            BodyHandlers.ofString())
        .thenApply(answer -> new Upload(file, answer));
  }

  /** Somebody who asks for the events, and then reads none of them. */
  private static RawCall stuck(ServiceProcess service, String job) throws Exception {
    return RawCall.hardlyReading(service.port())
        .send(
            "GET /v1/jobs/%s/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(job, service.key()));
  }

  private ServiceProcess service() throws Exception {
    String profile =
        TwoAccounts.profile("one", sandbox.account().id(), sandbox).replace("100000/1s", "60/1s");
    Files.write(directory.resolve(TwoAccounts.CONFIG), List.of("profiles:", profile));
    SluiceProcess sluice =
        new SluiceProcess(directory)
            .with("TOKEN_ONE", sandbox.token())
            .jvm("-Xmx" + HEAP_MIB + "m");
    return ServiceProcess.start(sluice, "--data-dir", "data", "--config", TwoAccounts.CONFIG);
  }
}
