package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.Eventually;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service with little memory that does job after job, while one call in twenty goes wrong, holds
 * no more after the last than it did once it was warm. {@code -Dsoak.minutes=N} takes longer.
 */
@Tag("slow")
final class SoakIT {
  private static final Duration LASTS = Duration.ofMinutes(Long.getLong("soak.minutes", 3));
  private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(5);
  private static final int FEWEST_SAMPLES = 12;
  private static final int HELD = 1_500;

  /** What a quiet moment may hold more than another; a thing leaked by each job is far more. */
  private static final int MORE_MIB = 8;

  private static final int MORE_HANDLES = 8;

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox =
      Sandbox.builder().account("one").account("two").account("three").errors(0.05).start();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
    sandbox.close();
  }

  @Test
  void nothingGrows() throws Exception {
    sandbox.accounts().forEach(account -> account.seed(BlockList.RESOURCE, HELD));
    try (ServiceProcess service = service()) {
      Instant end = Instant.now().plus(LASTS);
      List<Future<Integer>> shifts = new ArrayList<>();
      for (SandboxAccount account : sandbox.accounts()) {
        SoakShift shift = new SoakShift(service.jobs(), account);
        shifts.add(threads.submit(() -> shift.until(end)));
      }
      List<SoakSample> samples = samples(service, end, shifts);
      int jobs = 0;
      for (Future<Integer> shift : shifts) {
        jobs += shift.get(2, TimeUnit.MINUTES);
      }
      System.out.println("soak: " + jobs + " jobs, " + samples);

      assertThat(samples).hasSizeGreaterThanOrEqualTo(FEWEST_SAMPLES);
      assertLevel("heap", SoakSample::heap, MORE_MIB, samples);
      assertLevel("files", SoakSample::files, MORE_HANDLES, samples);
      assertLevel("sockets", SoakSample::sockets, MORE_HANDLES, samples);
      assertLevel("threads", SoakSample::threads, MORE_HANDLES, samples);
      assertThat(jobs).describedAs("jobs per handle").isGreaterThan(10 * MORE_HANDLES);
      assertThat(service.terminate()).isEqualTo(130);
    }
  }

  /** Looks at the service until the end; what makes somebody stop before is thrown. */
  private static List<SoakSample> samples(
      ServiceProcess service, Instant end, List<Future<Integer>> shifts) throws Exception {
    List<SoakSample> samples = new ArrayList<>();
    while (Instant.now().isBefore(end)) {
      Instant next = Instant.now().plus(BETWEEN_SAMPLES);
      Eventually.is(Instant::now, now -> now.isAfter(next));
      samples.add(SoakSample.of(service));
      for (Future<Integer> shift : shifts) {
        if (shift.isDone()) {
          shift.get();
        }
      }
    }
    return samples;
  }

  /**
   * The last third holds no more than the second does; the first is to warm up. Jobs under way hold
   * more or less from one moment to the next; what is leaked is there in the quietest moment too.
   */
  private static void assertLevel(
      String what, ToLongFunction<SoakSample> of, long more, List<SoakSample> samples) {
    int third = samples.size() / 3;
    long before = least(of, samples.subList(third, 2 * third));
    long after = least(of, samples.subList(2 * third, samples.size()));
    assertThat(after).describedAs("%s in %s", what, samples).isLessThanOrEqualTo(before + more);
  }

  private static long least(ToLongFunction<SoakSample> of, List<SoakSample> samples) {
    return samples.stream().mapToLong(of).min().orElse(0);
  }

  private ServiceProcess service() throws Exception {
    List<String> profiles = new ArrayList<>(List.of("profiles:"));
    SluiceProcess sluice = new SluiceProcess(directory).jvm("-Xmx256m");
    for (SandboxAccount account : sandbox.accounts()) {
      String name = account.id();
      profiles.add(TwoAccounts.profile(name, name, sandbox));
      sluice.with("TOKEN_" + name.toUpperCase(Locale.ROOT), sandbox.token());
    }
    Files.write(directory.resolve(TwoAccounts.CONFIG), profiles);
    return ServiceProcess.start(sluice, "--data-dir", "data", "--config", TwoAccounts.CONFIG);
  }
}
