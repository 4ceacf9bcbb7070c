package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Several who want the same at the same time. */
final class ServiceTogetherTest {
  private static final int CALLERS = 4;
  private static final int ROUNDS = 12;

  @RegisterExtension private final ServiceRig rig = new ServiceRig();
  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

  @AfterEach
  void stop() {
    callers.shutdownNow();
  }

  @Test
  void aKeyIsRemovedByOneOfThem() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String path =
          rig.operator()
              .post("/v1/keys", "{\"name\":\"key" + round + "\",\"role\":\"viewer\"}")
              .header("Location");
      assertThat(together(i -> rig.operator().delete(path).status()))
          .containsExactlyInAnyOrder(204, 404, 404, 404);
    }
  }

  @Test
  void aScheduleIsRemovedByOneOfThem() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String path =
          rig.operator().post("/v1/schedules", schedule("r" + round, 0, 0)).header("Location");
      assertThat(together(i -> rig.operator().delete(path).status()))
          .containsExactlyInAnyOrder(204, 404, 404, 404);
    }
  }

  @Test
  void aScheduleIsPlannedAsItStays() throws Exception {
    String path = rig.operator().post("/v1/schedules", schedule("s", 0, 0)).header("Location");
    for (int round = 1; round < ROUNDS; round++) {
      int minute = round;
      assertThat(together(i -> rig.operator().put(path, schedule("s", minute, 5 * i + 1)).status()))
          .containsOnly(200);
      JsonNode found = rig.viewer().get(path).json();
      int hour = Instant.parse(found.path("next_at").asString()).atOffset(ZoneOffset.UTC).getHour();
      assertThat(found.path("cron").asString()).isEqualTo(minute + " " + hour + " * * *");
    }
  }

  private <T> List<T> together(IntFunction<T> call) throws Exception {
    List<Callable<T>> calls = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      int number = i;
      calls.add(() -> call.apply(number));
    }
    List<T> answers = new ArrayList<>();
    for (Future<T> answer : callers.invokeAll(calls)) {
      answers.add(answer.get());
    }
    return answers;
  }

  private static String schedule(String name, int minute, int hour) {
    return "{\"name\":\"%s\",\"cron\":\"%d %d * * *\",\"zone\":\"UTC\",\"job\":{\"kind\":\"export\",\"profile\":\"one\"}}"
        .formatted(name, minute, hour);
  }
}
