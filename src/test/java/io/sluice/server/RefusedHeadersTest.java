package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that would change what a request means are refused where they are not supported. */
final class RefusedHeadersTest {
  private static final String SCHEDULE =
      "{\"name\":\"%s\",\"cron\":\"0 2 * * *\",\"zone\":\"UTC\",\"job\":"
          + "{\"kind\":\"export\",\"profile\":\"one\"}}";

  private static final String EXPORT = "{\"kind\":\"export\",\"profile\":\"one\"}";

  @RegisterExtension private final ServiceRig rig = new ServiceRig();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "If-Match|\"abc\"",
        "If-Match|*",
        "If-None-Match|*",
        "If-Modified-Since|Mon, 01 Jan 2024 00:00:00 GMT",
        "If-Unmodified-Since|Mon, 01 Jan 2024 00:00:00 GMT"
      })
  void aChangeUnderAConditionIsNotMadeWithoutIt(String name, String value) {
    String path =
        rig.operator().post("/v1/schedules", SCHEDULE.formatted("before")).header("Location");
    Visitor careful = rig.operator().with(name, value);

    Visitor.Reply changed = careful.put(path, SCHEDULE.formatted("after"));
    assertThat(changed.status()).describedAs(changed.text()).isEqualTo(400);
    assertThat(changed.code()).isEqualTo("unsupported_header");
    assertThat(changed.text()).contains(name);
    assertThat(careful.delete(path).code()).isEqualTo("unsupported_header");
    assertThat(careful.get(path).json().path("name").asString()).isEqualTo("before");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "Idempotency-Key", "Last-Event-ID"})
  void aHeaderOfWhichOneWouldBePassedOverIsRefused(String name) throws IOException {
    String answer =
        RawCall.answer(
            rig.service.port(),
            "POST /v1/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                + rig.operator
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + EXPORT.length()
                + "\r\n"
                + name
                + ": 1\r\n"
                + name
                + ": 2\r\n\r\n"
                + EXPORT);
    assertThat(answer).startsWith("HTTP/1.1 400");
    assertThat(rig.operator().get("/v1/jobs").json().path("items")).isEmpty();
  }
}
