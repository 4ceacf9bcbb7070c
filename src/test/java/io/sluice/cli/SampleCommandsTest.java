package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.sluice.config.Environment;
import io.sluice.config.ProfileFile;
import io.sluice.config.ProfileOutline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The samples can be read, and every command line of theirs and of the README is one. */
final class SampleCommandsTest {
  private static final Path SAMPLES = Path.of("samples");
  private static final Pattern LINE =
      Pattern.compile(
          "(?:^|[ =/])sluice(?:\\.jar)? ((?:"
              + String.join("|", Commands.parserOf().getSubcommands().keySet())
              + ")(?: [^|&;>#\n]*)?)",
          Pattern.MULTILINE);
  private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final String BARE = ".*(?<!\\\\)%.*";
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  @Test
  void everyYamlFileIsOne() throws IOException {
    List<Path> files = yaml();
    assertThat(files).hasSizeGreaterThan(5);
    for (Path file : files) {
      assertThat(documents(file)).describedAs(file.toString()).isNotEmpty();
    }
  }

  @Test
  void everyCommandInAListOfWordsIsOne() throws IOException {
    List<String> commands = new ArrayList<>();
    for (Path file : yaml()) {
      for (JsonNode document : documents(file)) {
        for (String key : List.of("command", "args")) {
          for (JsonNode words : document.findValues(key)) {
            List<String> line = new ArrayList<>();
            words.forEach(word -> line.add(word.asString()));
            requireCommand(file, line);
            commands.add(line.get(0));
          }
        }
      }
    }
    assertThat(commands).containsExactlyInAnyOrder("serve", "serve", "export");
  }

  @Test
  void everyCommandLineIsOne() throws IOException {
    for (String file :
        List.of(
            "samples/cron/sluice-backup",
            "samples/cron/sluice-copy",
            "samples/systemd/sluice-backup.service",
            "samples/systemd/sluice.service",
            "samples/cron/sluice-lint",
            "samples/feeds/sluice-feeds",
            "samples/github/backup.yml",
            "samples/github/lint.yml",
            "config/sluice.yaml")) {
      assertThat(checked(Path.of(file), Files.readString(Path.of(file))))
          .describedAs(file)
          .isNotEmpty();
    }
    Path readme = Path.of("README.md");
    Matcher blocks = SHELL.matcher(Files.readString(readme));
    List<String> lines = new ArrayList<>();
    while (blocks.find()) {
      lines.addAll(checked(readme, blocks.group(1)));
    }
    assertThat(lines).hasSizeGreaterThan(20);
  }

  /** Cron ends a command at a percent sign, and gives it the rest as its input: crontab(5). */
  @Test
  void noCrontabHasAPercentSignThatCronTakesForTheEndOfALine() throws IOException {
    for (String file : List.of("cron/sluice-backup", "cron/sluice-copy", "cron/sluice-lint")) {
      assertThat(jobs(file)).isNotEmpty().allSatisfy(job -> assertThat(job).doesNotMatch(BARE));
    }
    assertThat(jobs("feeds/sluice-feeds"))
        .allSatisfy(job -> assertThat(job).doesNotMatch(BARE))
        .anySatisfy(job -> assertThat(job).contains("--max-deletes 20\\% --yes"));
  }

  @Test
  void theReadmeInstallsWhereTheSamplesExpectIt() throws IOException {
    String place = "/opt/sluice";
    for (String file :
        List.of("cron/sluice-backup", "feeds/sluice-feeds", "systemd/sluice.service")) {
      assertThat(Files.readString(SAMPLES.resolve(file))).contains(place + "/bin/sluice ");
    }
    assertThat(Files.readString(Path.of("README.md")))
        .contains("ln -sfn sluice-0.1.0 " + place)
        .contains("ln -sf " + place + "/bin/sluice");
  }

  @Test
  void theProfilesThatCommandsNameAreThere() throws IOException {
    assertThat(profiles(Path.of("config/sluice.yaml")))
        .extracting(ProfileOutline::name)
        .contains("prod", "old", "new", "old-copy", "new-copy");
    ProfileOutline cron = profiles(SAMPLES.resolve("cron/config.yaml")).get(0);
    assertThat(cron.name()).isEqualTo("prod");
    assertThat(cron.credential()).isEqualTo("token file:/etc/sluice/token");
  }

  @Test
  void theFeedsOfTheServiceCanBeRead() {
    ProfileFile service =
        ProfileFile.read(
            SAMPLES.resolve("feeds/config.yaml"),
            new Environment(Map.of("PHISHING_FEED_HEADER", "Authorization: Bearer x")));

    assertThat(service.feedNames()).containsExactly("hosts", "phishing");
    assertThat(service.feed("phishing", false).header()).isEqualTo("Authorization: Bearer x");
  }

  @Test
  void theFirstCommandShowsWhatItDoes() throws IOException {
    String script = Files.readString(SAMPLES.resolve("quickstart.sh"));
    assertThat(script)
        .contains("mvn -B -Pquick -Dmaven.test.skip=true package")
        .contains("1 of 2: ", "2 of 2: ")
        .doesNotContain(" -q ");
  }

  private static List<String> jobs(String file) throws IOException {
    return Files.readAllLines(SAMPLES.resolve(file)).stream()
        .filter(line -> line.matches("[0-9*].*"))
        .toList();
  }

  private static List<ProfileOutline> profiles(Path file) {
    return ProfileFile.read(file, new Environment(Map.of())).outlines();
  }

  private static List<String> checked(Path file, String text) {
    List<String> found = new ArrayList<>();
    Matcher lines = LINE.matcher(text.replace("\\\n", " "));
    while (lines.find()) {
      List<String> words = new ArrayList<>();
      Matcher word = WORD.matcher(lines.group(1));
      while (word.find()) {
        String quoted = word.group(1) == null ? word.group(2) : word.group(1);
        words.add(quoted == null ? word.group(3) : quoted);
      }
      requireCommand(file, words);
      found.add(lines.group());
    }
    return found;
  }

  private static void requireCommand(Path file, List<String> words) {
    String[] line = words.toArray(new String[0]);
    assertThatCode(
            () -> {
              CommandLine parser = Commands.parserOf(line);
              parser.setCaseInsensitiveEnumValuesAllowed(true);
              parser.setUnmatchedOptionsAllowedAsOptionParameters(false);
              assertThat(parser.parseArgs(line).hasSubcommand()).isTrue();
            })
        .describedAs(file + ": " + String.join(" ", words))
        .doesNotThrowAnyException();
  }

  private static List<JsonNode> documents(Path file) throws IOException {
    YAMLMapper mapper = YAMLMapper.builder().build();
    try (var documents = mapper.readerFor(JsonNode.class).readValues(file.toFile())) {
      List<JsonNode> all = new ArrayList<>();
      documents.forEachRemaining(document -> all.add((JsonNode) document));
      return all;
    }
  }

  private static List<Path> yaml() throws IOException {
    List<Path> yaml = new ArrayList<>();
    for (Path root : List.of(SAMPLES, Path.of("config"))) {
      try (Stream<Path> files = Files.walk(root)) {
        yaml.addAll(files.filter(file -> file.toString().matches(".*\\.ya?ml")).toList());
      }
    }
    return yaml;
  }
}
