package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.text.Json;
import io.sluice.server.HttpService;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;

/** What a command can be asked for, a job can be asked for too, unless a reason stands here. */
final class OptionsInTheApiTest {
  private static final String SCHEMAS = "/components/schemas/";

  /** Options that no job has, with what does their work there. */
  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("json", "every answer is JSON"),
          Map.entry("quiet", "nothing is printed"),
          Map.entry("v", "the service's log is its operator's business"),
          Map.entry("color", "nothing is printed"),
          Map.entry("config", "an option of serve"),
          Map.entry("yes", "whoever sends the request has decided"),
          Map.entry("help", "the description of the service"),
          Map.entry("version", "the description of the service"),
          Map.entry("account", "the profile says it"),
          Map.entry("base_url", "the profile says it"),
          Map.entry("token_file", "the profile says it; no secret is sent to the service"),
          Map.entry("concurrency", "the profile says it"),
          Map.entry("rate", "the profile says it"),
          Map.entry("reserve", "the profile says it"),
          Map.entry("max_outage", "an option of serve"),
          Map.entry("ca_file", "an option of serve"),
          Map.entry("allow_http", "an option of serve"),
          Map.entry("results", "each job has a directory of its own"),
          Map.entry("notify", "targets of the configuration hear of jobs"),
          Map.entry("save_plan", "a job that needs an approval keeps its plan"),
          Map.entry("resume", "POST /v1/jobs/{id}/resume"),
          Map.entry("out", "the files of a snapshot are sent one by one"),
          Map.entry("save", "each job keeps its source's listing until it is removed"),
          Map.entry("detailed_exitcode", "the job's result says it"));

  /** Snapshots of jobs have one place; a migration's target is a profile. */
  private static final Map<String, Set<String>> OF_ONE_COMMAND =
      Map.of("export", Set.of("to"), "diff", Set.of("profile"), "migrate", Set.of("profile"));

  /** Options that a job calls otherwise. */
  private static final Map<String, String> NAMES =
      Map.of(
          "map",
          "mapping",
          "set",
          "fixed",
          "no_safety_snapshot",
          "safety_snapshot",
          "no_header",
          "header");

  /** Properties that stand for a command, its arguments or a group of its options. */
  private static final Set<String> ARGUMENTS =
      Set.of("kind", "upload", "snapshot", "before", "after", "reading", "options");

  @ParameterizedTest
  @CsvSource({
    "export, ExportSpec, resources",
    "import, ImportSpec, resource",
    "restore, RestoreSpec, resources",
    "migrate, MigrateSpec, resources",
    "diff, DiffSpec, resources"
  })
  void aJobTakesWhatItsCommandTakes(String command, String schema, String resource)
      throws IOException {
    Set<String> wanted = options(command, resource);
    Set<String> properties = properties(openApi(), schema);

    assertThat(properties).containsAll(wanted);
    properties.removeAll(ARGUMENTS);
    assertThat(wanted).containsAll(properties);
  }

  @Test
  void aPreviewTakesWhatValidateTakes() throws IOException {
    Set<String> properties = new TreeSet<>();
    add(
        openApi(),
        openApi().at("/paths/~1v1~1previews/post/requestBody/content/application~1json/schema"),
        properties);

    assertThat(properties).containsAll(options("validate", "resource"));
  }

  @Test
  void theShortFormOfAnImportTakesWhatTheLongOneTakes() throws IOException {
    Set<String> taken = new TreeSet<>();
    openApi()
        .at("/paths/~1v1~1imports/post/parameters")
        .forEach(parameter -> taken.add(parameter.path("name").asString("")));
    Map<String, String> names = Map.of("mapping", "map", "fixed", "set");
    Set<String> wanted = properties(openApi(), "ImportSpec");
    wanted.removeAll(ARGUMENTS);

    assertThat(taken)
        .containsAll(wanted.stream().map(name -> names.getOrDefault(name, name)).toList());
  }

  @Test
  void noReasonIsLeftOver() {
    Map<String, Boolean> used = new TreeMap<>();
    for (String command : List.of("export", "import", "restore", "migrate", "diff", "validate")) {
      spec(command).options().forEach(option -> used.put(name(option), true));
    }
    assertThat(used.keySet()).containsAll(REASONS.keySet());
  }

  /** The options of a command that a job must have, as it calls them. */
  private static Set<String> options(String command, String resource) {
    Set<String> options = new TreeSet<>();
    for (OptionSpec option : spec(command).options()) {
      String name = name(option);
      boolean own = OF_ONE_COMMAND.getOrDefault(command, Set.of()).contains(name);
      if (!own && !REASONS.containsKey(name)) {
        options.add(name.equals("resource") ? resource : NAMES.getOrDefault(name, name));
      }
    }
    return options;
  }

  private static CommandSpec spec(String command) {
    return Objects.requireNonNull(Commands.parserOf(command).getSubcommands().get(command))
        .getCommandSpec();
  }

  private static String name(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "").replace('-', '_');
  }

  private static Set<String> properties(JsonNode openApi, String schema) {
    Set<String> properties = new TreeSet<>();
    add(openApi, openApi.at(SCHEMAS + schema), properties);
    return properties;
  }

  /** The properties of a schema, and of the groups among them. */
  private static void add(JsonNode openApi, JsonNode schema, Set<String> properties) {
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              properties.add(property.getKey());
              for (String group : List.of("Reading", "ImportOptions")) {
                if (property.getValue().toString().contains(SCHEMAS + group + "\"")) {
                  add(openApi, openApi.at(SCHEMAS + group), properties);
                }
              }
            });
  }

  private static JsonNode openApi() throws IOException {
    try (InputStream in = HttpService.class.getResourceAsStream("/io/sluice/server/openapi.json")) {
      return Json.MAPPER.readTree(in);
    }
  }
}
