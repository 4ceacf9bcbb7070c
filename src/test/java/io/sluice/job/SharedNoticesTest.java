package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.Eventually;
import io.sluice.api.transport.TransportOptions;
import io.sluice.config.Environment;
import io.sluice.config.NotifyTarget;
import io.sluice.job.notice.Notice;
import io.sluice.job.notice.NoticePost;
import io.sluice.job.notice.Notices;
import io.sluice.job.store.Database;
import io.sluice.job.store.DatabaseSettings;
import io.sluice.job.store.StoredJson;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two processes on one PostgreSQL send each notice, in order, and once while both live. */
@Tag("slow")
final class SharedNoticesTest {
  private static final Duration LOOKS = Duration.ofSeconds(3);

  private final TestClock clock = new TestClock(Duration.ZERO);
  private final List<String> got = new CopyOnWriteArrayList<>();
  private final CountDownLatch held = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile boolean holds;
  private EmbeddedPostgres postgres;
  private HttpServer receiver;
  private int unused;

  @SuppressWarnings("NullAway.Init") // by start
  SharedNoticesTest() {}

  /** A process of the service, as far as notices go. */
  private final class ServiceProcess implements AutoCloseable {
    private final Database database;
    private final Notices notices;

    ServiceProcess(String url) {
      database = Database.open(new DatabaseSettings(url, "postgres", "postgres"));
      notices =
          new Notices(
              database,
              this::targets,
              List::of,
              new NoticePost(TransportOptions.defaults("test"), clock),
              clock);
      notices.start();
    }

    private List<NotifyTarget> targets() {
      return List.of("ok", "other", "slow", "broken", "dead").stream().map(this::target).toList();
    }

    private NotifyTarget target(String name) {
      int port = name.equals("dead") ? unused : receiver.getAddress().getPort();
      return new NotifyTarget(
          name,
          "http://127.0.0.1:" + port + "/" + name,
          "json",
          null,
          Set.of("failed"),
          false,
          null,
          new Environment(Map.of()));
    }

    Notice only(String target) {
      List<Notice> all = notices.store().latest(null, target, 500);
      assertThat(all).hasSize(1);
      return all.get(0);
    }

    @Override
    public void close() {
      notices.close();
      database.close();
    }
  }

  @BeforeEach
  void start() throws IOException {
    postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      unused = socket.getLocalPort();
    }
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setExecutor(threads);
    receiver.createContext("/", this::receive);
    receiver.start();
  }

  @AfterEach
  void stop() throws IOException {
    held.countDown();
    receiver.stop(0);
    threads.shutdownNow();
    postgres.close();
  }

  private void receive(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestURI().getPath().substring(1);
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    got.add(target + " " + id(body));
    if (target.equals("slow")) {
      LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
    } else if (target.equals("ok") && holds) {
      try {
        held.await();
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
    }
    exchange.sendResponseHeaders(target.equals("broken") ? 500 : 204, -1);
    exchange.close();
  }

  private static String id(String body) {
    return StoredJson.MAPPER.readTree(body).path("id").asString("");
  }

  private String url() {
    return postgres.getJdbcUrl("postgres", "postgres");
  }

  /** Adds notices for a target; what the receiver is to get. */
  private static List<String> add(ServiceProcess process, String target, int count) {
    List<String> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      added.add(target + " " + id(process.notices.test(target, null).thing().body()));
    }
    return added;
  }

  private List<String> gotBy(String target) {
    return got.stream().filter(line -> line.startsWith(target + " ")).toList();
  }

  private void awaitGot(String target, int count) {
    Eventually.is(() -> gotBy(target), some -> some.size() >= count);
  }

  @Test
  void eachTargetGetsEachNoticeOnceInOrderWhateverOthersDo() {
    try (ServiceProcess one = new ServiceProcess(url());
        ServiceProcess two = new ServiceProcess(url())) {
      add(one, "dead", 3);
      add(two, "broken", 3);
      List<String> slow = add(one, "slow", 4);
      List<String> ok = new ArrayList<>(add(one, "ok", 30));
      ok.addAll(add(two, "ok", 30));
      List<String> other = add(two, "other", 30);

      awaitGot("ok", 60);
      awaitGot("other", 30);

      assertThat(gotBy("slow").size()).isLessThan(4);
      awaitGot("slow", 4);
      LockSupport.parkNanos(LOOKS.toNanos());
      assertThat(gotBy("ok")).isEqualTo(ok);
      assertThat(gotBy("other")).isEqualTo(other);
      assertThat(gotBy("slow")).isEqualTo(slow);
      assertThat(gotBy("broken").stream().distinct()).hasSize(1);
      assertThat(two.notices.store().latest(null, "dead", 9))
          .allMatch(notice -> notice.state() == Notice.State.WAITING);
    }
  }

  @Test
  void theOtherProcessSendsWhatAKilledOneHadBegunAndWhatFollows() {
    holds = true;
    List<String> ok;
    ServiceProcess killed = new ServiceProcess(url());
    try (Database kept = killed.database) {
      ok = add(killed, "ok", 3);
      awaitGot("ok", 1);
      killed.notices.close();
      assertThat(kept.answers()).isTrue();
    }
    holds = false;
    try (ServiceProcess survivor = new ServiceProcess(url())) {
      LockSupport.parkNanos(LOOKS.toNanos());
      assertThat(gotBy("ok")).hasSize(1);

      clock.advance(Duration.ofMinutes(1));

      awaitGot("ok", 4);
      assertThat(gotBy("ok")).containsExactly(ok.get(0), ok.get(0), ok.get(1), ok.get(2));
      Eventually.is(survivor.notices.store()::counts, List::isEmpty);
    }
  }

  @Test
  void whatIsNotTakenIsTriedLessAndLessOftenForADayAndThenMarked() {
    try (ServiceProcess one = new ServiceProcess(url());
        ServiceProcess two = new ServiceProcess(url())) {
      add(one, "broken", 1);
      for (int attempt = 1; attempt <= 4; attempt++) {
        int so = attempt;
        Notice tried =
            Eventually.is(
                () -> two.only("broken"),
                now -> now.attempts() == so && now.nextAt().isAfter(clock.instant()));
        assertThat(Duration.between(clock.instant(), tried.nextAt()))
            .isBetween(
                Duration.ofSeconds(1L << attempt).minusSeconds(2),
                Duration.ofSeconds(1L << attempt));
        clock.advance(Duration.ofSeconds(1L << attempt));
      }
      clock.advance(Duration.ofHours(23));
      Eventually.is(() -> gotBy("broken"), some -> some.size() >= 5);
      assertThat(two.only("broken").state()).isEqualTo(Notice.State.WAITING);
      clock.advance(Duration.ofHours(1));

      Notice ended =
          Eventually.is(() -> two.only("broken"), now -> now.state() == Notice.State.FAILED);

      assertThat(ended.lastError()).isEqualTo("it was answered 500");
      Instant at = ended.endedAt();
      assertThat(at).isNotNull();
      assertThat(one.notices.store().counts())
          .extracting(count -> count.target() + " " + count.state() + " " + count.notices())
          .containsExactly("broken FAILED 1");
    }
  }

  @Test
  void sendingGoesOnAfterTheDatabaseWasAway() throws IOException {
    try (DatabaseWire wire = new DatabaseWire(postgres.getPort());
        ServiceProcess cut = new ServiceProcess(wire.url());
        Database direct = Database.open(new DatabaseSettings(url(), "postgres", "postgres"))) {
      add(cut, "ok", 1);
      awaitGot("ok", 1);
      wire.breakBefore("select distinct target from notice");
      Eventually.is(wire::isDown, down -> down);
      LockSupport.parkNanos(LOOKS.toNanos());
      assertThat(direct.answers()).isTrue();

      wire.restore();

      Eventually.is(cut.database::answers, answers -> answers);
      List<String> more = add(cut, "ok", 1);
      awaitGot("ok", 2);
      assertThat(gotBy("ok").get(1)).isEqualTo(more.get(0));
    }
  }
}
