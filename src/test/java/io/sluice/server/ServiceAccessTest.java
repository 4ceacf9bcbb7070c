package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.netty.handler.codec.http.HttpMethod;
import io.sluice.job.keys.ApiKeys;
import io.sluice.job.keys.Role;
import io.sluice.server.http.Access;
import io.sluice.server.http.Route;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may do what. */
final class ServiceAccessTest {
  @RegisterExtension private final ServiceRig rig = new ServiceRig();

  @Test
  void everyRouteAsksForTheRightKey() {
    for (Route route : rig.routes()) {
      String path = route.path().text().replaceAll("\\{[^}]*}", "x");
      String method = route.method().name();
      int stranger = status(rig.stranger(), method, path);
      int wrong = status(rig.stranger().with("Authorization", "Bearer slk_no"), method, path);
      int viewer = status(rig.viewer(), method, path);
      String what = method + " " + path;
      if (route.access() == Access.OPEN) {
        assertThat(List.of(stranger, viewer)).describedAs(what).doesNotContain(403);
      } else {
        assertThat(stranger).describedAs(what).isEqualTo(401);
        // Whoever tries too often is put off.
        assertThat(wrong).describedAs(what).isIn(401, 429);
        boolean mayNot = route.access() != Access.VIEWER;
        assertThat(viewer == 403).describedAs(what).isEqualTo(mayNot);
        int operator = status(rig.operator(), method, path);
        assertThat(operator == 403).describedAs(what).isEqualTo(route.access() == Access.APPROVER);
        assertThat(operator).describedAs(what).isNotEqualTo(401);
        assertThat(status(rig.approver(), method, path)).describedAs(what).isNotIn(401, 403);
      }
      boolean changes = !route.method().equals(HttpMethod.GET);
      boolean harmless =
          path.startsWith("/v1/sessions")
              || path.equals("/v1/previews")
              || path.equals("/v1/insights/history");
      boolean secret = path.startsWith("/v1/keys") || path.startsWith("/v1/audit");
      assertThat((changes && !harmless) || secret)
          .describedAs(what)
          .isEqualTo(route.access() == Access.OPERATOR || route.access() == Access.APPROVER);
    }
  }

  private static int status(Visitor visitor, String method, String path) {
    return method.equals("POST")
        ? visitor.post(path, "{}").status()
        : visitor.send(method, path, HttpRequest.BodyPublishers.noBody()).status();
  }

  @Test
  void aProblemTellsWhatIsWrongInOneForm() {
    Visitor.Reply reply = rig.stranger().with("X-Request-Id", "my-1").get("/v1/jobs");
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
    assertThat(reply.header("X-Request-Id")).isEqualTo("my-1");
    assertThat(reply.json().path("type").asString()).isEqualTo("about:blank");
    assertThat(reply.json().path("title").asString()).isEqualTo("Unauthorized");
    assertThat(reply.json().path("status").intValue()).isEqualTo(401);
    assertThat(reply.json().path("code").asString()).isEqualTo("not_authenticated");
    assertThat(reply.json().path("detail").asString()).isNotBlank();
    assertThat(reply.json().path("request_id").asString()).isEqualTo("my-1");
    Visitor.Reply odd = rig.stranger().with("X-Request-Id", "a b").get("/v1/jobs");
    assertThat(odd.header("X-Request-Id")).isNotEqualTo("a b").isNotEmpty();
  }

  @Test
  void everyAnswerSaysWhatTimeItIsHere() {
    for (String path : List.of("/", "/v1/jobs", "/nosuch")) {
      String date = rig.stranger().get(path).header("Date");
      assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
          .describedAs(path)
          .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    }
  }

  @Test
  void everyAnswerGuardsTheBrowser() {
    for (String path : List.of("/", "/v1/jobs", "/healthz", "/nosuch", "/assets/none.js")) {
      Visitor.Reply reply = rig.operator().get(path);
      assertThat(reply.header("Content-Security-Policy"))
          .describedAs(path)
          .contains("default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
          .doesNotContain("unsafe", "*");
      assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(reply.header("Cache-Control"))
          .isEqualTo(path.startsWith("/v1") ? "no-store" : "no-cache");
    }
  }

  @Test
  void aKeyIsExchangedForASessionThatNeedsItsToken() {
    Visitor.Reply wrong = rig.stranger().post("/v1/sessions", "{\"key\":\"slk_wrong\"}");
    assertThat(wrong.status()).isEqualTo(401);
    Visitor.Reply begun = rig.stranger().post("/v1/sessions", "{\"key\":\"" + rig.operator + "\"}");
    assertThat(begun.status()).isEqualTo(204);
    String cookie = begun.header("Set-Cookie");
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/").doesNotContain("Secure");

    Visitor console = rig.stranger().with("Cookie", cookie.substring(0, cookie.indexOf(';')));
    var current = console.get("/v1/sessions/current").json();
    assertThat(current.path("role").asString()).isEqualTo("operator");
    String csrf = current.path("csrf").asString();
    String body = "{\"kind\":\"export\",\"profile\":\"one\"}";
    assertThat(console.post("/v1/jobs", body).code()).isEqualTo("csrf");
    assertThat(console.with("X-CSRF-Token", csrf + "x").post("/v1/jobs", body).code())
        .isEqualTo("csrf");
    Visitor.Reply made = console.with("X-CSRF-Token", csrf).post("/v1/jobs", body);
    assertThat(made.status()).isEqualTo(202);
    assertThat(made.json().path("made_by").asString()).startsWith("op-");

    assertThat(console.delete("/v1/sessions/current").code()).isEqualTo("csrf");
    Visitor.Reply ended = console.with("X-CSRF-Token", csrf).delete("/v1/sessions/current");
    assertThat(ended.status()).isEqualTo(204);
    assertThat(ended.header("Set-Cookie")).contains("Max-Age=0");
    assertThat(console.get("/v1/sessions/current").status()).isEqualTo(401);
    rig.awaitEnd(made.json().path("id").asString());
  }

  @Test
  void twoCookiesOfOneNameAreNoSession() {
    Visitor.Reply begun = rig.stranger().post("/v1/sessions", "{\"key\":\"" + rig.operator + "\"}");
    String cookie = begun.header("Set-Cookie");
    String own = cookie.substring(0, cookie.indexOf(';'));
    Visitor tossed = rig.stranger().with("Cookie", own + "; sluice_session=other");
    assertThat(tossed.get("/v1/jobs").status()).isEqualTo(401);
  }

  @Test
  void aKeyThatIsTakenAwayOpensNothingNorDoItsSessions() {
    String key = rig.keys.make("guest", Role.VIEWER, Instant.now());
    Visitor.Reply begun = rig.stranger().post("/v1/sessions", "{\"key\":\"" + key + "\"}");
    String cookie = begun.header("Set-Cookie");
    Visitor console = rig.stranger().with("Cookie", cookie.substring(0, cookie.indexOf(';')));
    Visitor machine = rig.stranger().with("Authorization", "Bearer " + key);
    assertThat(List.of(console.get("/v1/jobs").status(), machine.get("/v1/jobs").status()))
        .containsOnly(200);
    assertThat(rig.keys.remove("guest")).isTrue();
    assertThat(List.of(console.get("/v1/jobs").status(), machine.get("/v1/jobs").status()))
        .containsOnly(401);
  }

  @Test
  void aSessionDoesNotComeBackWithAKeyOfTheSameName() {
    String first = rig.keys.make("guest", Role.OPERATOR, Instant.now());
    Visitor console = console(first);
    rig.keys.remove("guest");
    String second = rig.keys.make("guest", Role.VIEWER, Instant.now());

    assertThat(console.get("/v1/jobs").status()).isEqualTo(401);
    assertThat(console(second).get("/v1/sessions/current").json().path("role").asString())
        .isEqualTo("viewer");
  }

  private Visitor console(String key) {
    String cookie =
        rig.stranger().post("/v1/sessions", "{\"key\":\"" + key + "\"}").header("Set-Cookie");
    return rig.stranger().with("Cookie", cookie.substring(0, cookie.indexOf(';')));
  }

  @Test
  void aSessionOutlivesItsProcessAndNotItsEnd() throws IOException {
    Visitor before = console(rig.operator);
    String csrf = before.get("/v1/sessions/current").json().path("csrf").asString();
    String key = rig.operator;
    rig.restart(Duration.ofSeconds(30));

    Visitor after = before.at(rig.service.port());
    assertThat(key).isNotEqualTo(rig.operator);
    assertThat(after.get("/v1/sessions/current").json().path("csrf").asString()).isEqualTo(csrf);
    assertThat(after.with("X-CSRF-Token", csrf).delete("/v1/sessions/current").status())
        .isEqualTo(204);
    assertThat(after.get("/v1/sessions/current").status()).isEqualTo(401);
  }

  @Test
  void foreignNamesAreRefused() throws IOException {
    for (String host :
        List.of("evil.example", "127.0.0.1.evil.example", "localhost@evil", "", "localhost, x")) {
      assertThat(head("GET", "/healthz", "Host: " + host)).describedAs(host).contains(" 421 ");
    }
    for (String host :
        List.of("localhost", "LOCALHOST:1", "127.0.0.1:9", "[::1]:8080", "sluice.example")) {
      assertThat(head("GET", "/healthz", "Host: " + host)).describedAs(host).contains(" 200 ");
    }
    assertThat(head("GET", "/healthz", "Host: localhost\r\nHost: evil.example"))
        .doesNotContain(" 200 ");
    assertThat(head("GET", "/healthz", "X: y")).doesNotContain(" 200 ");
  }

  @Test
  void foreignPagesMayChangeNothing() throws IOException {
    String own = "Host: localhost:7\r\nAuthorization: Bearer " + rig.operator + "\r\n";
    String type = "Content-Type: application/json\r\nContent-Length: 2\r\n";
    for (String from :
        List.of(
            "Origin: http://evil.example",
            "Origin: null",
            "Origin: http://localhost:8",
            "Origin: http://localhost:7.evil.example",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site")) {
      assertThat(head("POST", "/v1/jobs", own + type + from)).describedAs(from).contains(" 403 ");
    }
    for (String from :
        List.of(
            "Origin: http://localhost:7",
            "Origin: https://localhost:7",
            "Sec-Fetch-Site: same-origin",
            "Sec-Fetch-Site: none",
            "X: y")) {
      assertThat(head("POST", "/v1/jobs", own + type + from)).describedAs(from).contains(" 400 ");
    }
    assertThat(head("GET", "/v1/jobs", own + "Origin: http://evil.example")).contains(" 200 ");
  }

  private String head(String method, String path, String headers) throws IOException {
    String body = method.equals("POST") ? "{}" : "";
    return RawCall.answer(
        rig.service.port(), method + " " + path + " HTTP/1.1\r\n" + headers + "\r\n\r\n" + body);
  }

  @Test
  void theKeyThatEndsWithTheProcessOpensTheService() throws IOException {
    String key = ApiKeys.random();
    rig.restart(ServiceRig.settings(false, key), Duration.ofSeconds(30));
    Visitor local = rig.stranger().with("Authorization", "bearer " + key);
    var current = local.get("/v1/sessions/current").json();
    assertThat(current.path("name").asString()).isEqualTo("local");
    assertThat(current.path("role").asString()).isEqualTo("operator");
    assertThat(rig.stranger().get("/v1/jobs").status()).isEqualTo(401);
  }

  @Test
  void withoutAccessControlEverybodyOperates() throws IOException {
    rig.restart(ServiceRig.settings(true, null), Duration.ofSeconds(30));
    var current = rig.stranger().get("/v1/sessions/current").json();
    assertThat(current.path("role").asString()).isEqualTo("operator");
    assertThat(current.path("csrf").isNull()).isTrue();
    Visitor foreign = rig.stranger().with("Origin", "http://evil.example");
    assertThat(foreign.post("/v1/jobs", "{}").status()).isEqualTo(403);
  }
}
