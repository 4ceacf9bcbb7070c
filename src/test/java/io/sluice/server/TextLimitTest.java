package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.disk.PrivateFiles;
import io.sluice.job.TextLimit;
import io.sluice.job.store.Database;
import io.sluice.job.store.DatabaseSettings;
import io.sluice.server.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The lengths of texts are the same in the database, in the description and in the checks. */
final class TextLimitTest {
  /** What keeps such texts. Those of plain ASCII take one place a character, others up to two. */
  private static final Map<TextLimit, List<String>> COLUMNS =
      Map.of(
          TextLimit.KEY_NAME, List.of("api_key.name", "api_key_removed.name"),
          TextLimit.SCHEDULE_NAME, List.of("schedule.name"),
          TextLimit.CRON, List.of("schedule.cron"),
          TextLimit.ZONE, List.of("schedule.zone"),
          TextLimit.FILE_NAME, List.of("upload.name"),
          TextLimit.PROFILE_NAME, List.of("job.profile"),
          TextLimit.IDEMPOTENCY_KEY, List.of("request_made.request"));

  private static final Map<TextLimit, List<String>> DESCRIBED =
      Map.of(
          TextLimit.KEY_NAME, List.of("/components/schemas/ApiKeySpec/properties/name"),
          TextLimit.SCHEDULE_NAME, List.of("/components/schemas/ScheduleSpec/properties/name"),
          TextLimit.CRON,
              List.of(
                  "/components/schemas/ScheduleSpec/properties/cron",
                  "/paths/~1v1~1schedules~1next/get/parameters?cron"),
          TextLimit.ZONE,
              List.of(
                  "/components/schemas/ScheduleSpec/properties/zone",
                  "/paths/~1v1~1schedules~1next/get/parameters?zone"),
          TextLimit.FILE_NAME,
              List.of(
                  "/paths/~1v1~1uploads/post/parameters?name",
                  "/paths/~1v1~1imports/post/parameters?name"),
          TextLimit.PROFILE_NAME,
              List.of(
                  "/paths/~1v1~1imports/post/parameters?profile",
                  "/components/schemas/ImportSpec/properties/profile",
                  "/components/schemas/ExportSpec/properties/profile",
                  "/components/schemas/RestoreSpec/properties/profile",
                  "/components/schemas/MigrateSpec/properties/from",
                  "/components/schemas/MigrateSpec/properties/to"),
          TextLimit.IDEMPOTENCY_KEY, List.of("/components/parameters/IdempotencyKey/schema"));

  @RegisterExtension private final ServiceRig rig = new ServiceRig();

  @ParameterizedTest
  @EnumSource
  void theDescriptionSaysWhatIsTaken(TextLimit limit) throws IOException {
    for (String place : Objects.requireNonNull(DESCRIBED.get(limit))) {
      String[] parts = place.split("\\?", -1);
      JsonNode found = openApi().at(parts[0]);
      JsonNode schema = parts.length == 1 ? found : parameter(found, parts[1]);
      assertThat(schema.path("maxLength").intValue(-1)).describedAs(place).isEqualTo(limit.most());
    }
  }

  @Test
  void theDatabaseKeepsTheLongest() throws IOException, SQLException {
    Path directory = rig.directory.resolve("other");
    PrivateFiles.createDirectories(directory);
    DatabaseSettings settings = DatabaseSettings.embedded(directory);
    Database.open(settings).close();
    List<TextLimit> ascii =
        List.of(TextLimit.KEY_NAME, TextLimit.CRON, TextLimit.ZONE, TextLimit.IDEMPOTENCY_KEY);
    try (Connection connection =
        DriverManager.getConnection(settings.url(), settings.user(), settings.password())) {
      for (TextLimit limit : TextLimit.values()) {
        for (String column : Objects.requireNonNull(COLUMNS.get(limit))) {
          assertThat(places(connection, column))
              .describedAs(column)
              .isGreaterThanOrEqualTo(limit.most() * (ascii.contains(limit) ? 1 : 2));
        }
      }
    }
  }

  @Test
  void whatIsLongerIsRefusedAndTheLongestIsKept() throws IOException {
    Visitor visitor = rig.operator();
    String wide = "\uD83D\uDE00";
    String longest = wide.repeat(TextLimit.FILE_NAME.most() - 4) + ".csv";
    assertThat(upload(visitor, longest).status()).isEqualTo(201);
    assertThat(upload(visitor, "x" + longest).status()).isEqualTo(400);
    String named = wide.repeat(TextLimit.SCHEDULE_NAME.most());
    assertThat(schedule(visitor, named).status()).isEqualTo(201);
    assertThat(schedule(visitor, named + "x").status()).isEqualTo(422);
    String key = "k".repeat(TextLimit.KEY_NAME.most());
    assertThat(key(visitor, key).status()).isEqualTo(201);
    assertThat(key(visitor, key + "k").status()).isEqualTo(422);
    String profile = "p".repeat(TextLimit.PROFILE_NAME.most());
    assertThat(export(visitor, profile).status()).isEqualTo(422);
    assertThat(export(visitor, profile + "p").status()).isEqualTo(400);
    String once = "i".repeat(TextLimit.IDEMPOTENCY_KEY.most());
    assertThat(upload(visitor.with("Idempotency-Key", once), "a.csv").status()).isEqualTo(201);
    assertThat(upload(visitor.with("Idempotency-Key", once + "i"), "a.csv").status())
        .isEqualTo(400);
  }

  private static Visitor.Reply upload(Visitor visitor, String name) {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
    return visitor.post("/v1/uploads?name=" + encoded, "text/csv", "pattern\na.example\n");
  }

  private static Visitor.Reply schedule(Visitor visitor, String name) {
    String job = "{\"kind\":\"export\",\"profile\":\"one\"}";
    String rest = ",\"cron\":\"0 2 * * *\",\"zone\":\"UTC\",\"job\":" + job + "}";
    return visitor.post("/v1/schedules", "{\"name\":\"" + name + "\"" + rest);
  }

  private static Visitor.Reply key(Visitor visitor, String name) {
    return visitor.post("/v1/keys", "{\"name\":\"" + name + "\",\"role\":\"viewer\"}");
  }

  private static Visitor.Reply export(Visitor visitor, String profile) {
    return visitor.post("/v1/jobs", "{\"kind\":\"export\",\"profile\":\"" + profile + "\"}");
  }

  private static int places(Connection connection, String column) throws SQLException {
    String[] parts = column.toUpperCase(Locale.ROOT).split("\\.", -1);
    try (ResultSet found = connection.getMetaData().getColumns(null, null, parts[0], parts[1])) {
      assertThat(found.next()).describedAs(column).isTrue();
      return found.getInt("COLUMN_SIZE");
    }
  }

  private static JsonNode parameter(JsonNode parameters, String name) {
    for (JsonNode parameter : parameters) {
      if (parameter.path("name").asString("").equals(name)) {
        return parameter.path("schema");
      }
    }
    throw new AssertionError("there is no parameter " + name);
  }

  private static JsonNode openApi() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            TextLimitTest.class.getResourceAsStream("/io/sluice/server/openapi.json"))) {
      return Json.MAPPER.readTree(in.readAllBytes());
    }
  }
}
