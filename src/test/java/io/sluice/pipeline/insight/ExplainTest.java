package io.sluice.pipeline.insight;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.compare.Side;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which records match, and what is said of them. */
final class ExplainTest {
  @TempDir private Path root = Path.of("");
  private final List<String> warnings = new ArrayList<>();

  @Test
  void aPatternWithoutItsTypeIsComparedAsWhatItReadsLike() throws IOException {
    Explanation found =
        explain(Question.sender("a@x.test"), "{\"id\":\"1\",\"pattern\":\"x.test\"}");

    assertThat(found.matches())
        .extracting(one -> one.name().key())
        .containsExactly("DOMAIN x.test");
  }

  @Test
  void anExpressionThatFindsAPartFirstMayStillMatchTheWhole() throws IOException {
    Explanation found =
        explain(
            Question.sender("a@x.test"),
            "{\"id\":\"1\",\"pattern\":\"a|a@x\\\\.test\",\"pattern_type\":\"EMAIL\",\"is_regex\":true}",
            "{\"id\":\"2\",\"pattern\":\"a|b@x\\\\.test\",\"pattern_type\":\"EMAIL\",\"is_regex\":true}");

    assertThat(found.matches()).extracting(one -> one.part()).containsExactly("a@x.test", "a");
    assertThat(found.matches().get(0).open()).isEmpty();
    assertThat(found.matches().get(1).open()).hasSize(1);
  }

  @Test
  void whetherCaseMattersInAnExpressionIsSaidToBeOpen() throws IOException {
    Explanation found =
        explain(
            Question.sender("a@evil.test"),
            "{\"pattern\":\".*@Evil\\\\.test\",\"pattern_type\":\"EMAIL\",\"is_regex\":true}",
            "{\"pattern\":\".*\\\\D@evil\\\\.test\",\"pattern_type\":\"EMAIL\",\"is_regex\":true}");

    assertThat(found.matches()).hasSize(2);
    assertThat(found.matches().get(0).open())
        .containsExactly(
            "it matches only if upper and lower case do not matter, which is not documented");
    assertThat(found.matches().get(1).open()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"a@bücher.test", "a@xn--bcher-kva.test"})
  void anExpressionFindsAnInternationalDomainInEitherForm(String sender) throws IOException {
    String domain = sender.substring(2);
    for (Question question : List.of(Question.sender(sender), Question.domain(domain))) {
      Explanation found =
          explain(
              question,
              "{\"pattern\":\".*@bücher\\\\.test\",\"pattern_type\":\"EMAIL\",\"is_regex\":true}",
              "{\"pattern\":\"@xn--bcher\",\"pattern_type\":\"EMAIL\",\"is_regex\":true}");

      assertThat(found.matches()).hasSize(2);
    }
  }

  @Test
  void aPersonIsFoundByEachOfSeveralAddresses() throws IOException {
    Path directory =
        SnapshotFiles.begin(root, "2026-11-01")
            .with(
                "impersonation-registry",
                List.of("{\"email\":\"a@x.test, C@x.test\",\"name\":\"Cy\"}"))
            .end();

    Explanation found = explain(Question.sender("c@X.test"), directory);

    assertThat(found.matches()).hasSize(1);
    assertThat(found.matches().get(0).open())
        .containsExactly(
            "it is one of several addresses in the record; how such are kept is not documented");
  }

  @Test
  void expressionsThatAreNotTriedOnABlockAreReported() throws IOException {
    String sender = "{\"pattern\":\"^198\\\\.\",\"pattern_type\":\"IP\",\"is_regex\":true}";

    assertThat(explain(Question.ip("198.51.100.0/24"), sender).matches()).isEmpty();
    assertThat(warnings)
        .anyMatch(text -> text.startsWith("1 regular expression was not tried: they match single"));
  }

  @ParameterizedTest
  @CsvSource({
    "::ffff:198.51.100.7,198.51.100.7",
    "::FFFF:c633:6407,198.51.100.7",
    "::ffff:198.51.100.0/120,198.51.100.0/24",
  })
  void anIpv4AddressWrittenAsIpv6IsRefusedWithTheAddress(String written, String plain) {
    assertThatThrownBy(() -> Question.ip(written))
        .hasMessage("'" + written + "': an IPv4 address written as IPv6: give " + plain);
  }

  @Test
  void aKindThatIsNotKnownIsNamed() throws IOException {
    explain(
        Question.ip("198.51.100.7"),
        SnapshotFiles.begin(root, "2026-11-01")
            .with("block-senders", List.of())
            .with("quarantine-rules", List.of("{\"id\":\"1\"}"))
            .end());
    assertThat(warnings)
        .contains(
            "quarantine-rules is not known to this version of Sluice: not looked at; update Sluice");
  }

  private Explanation explain(Question question, String... senders) throws IOException {
    Path directory =
        SnapshotFiles.begin(root, "2026-11-01").with("block-senders", List.of(senders)).end();
    return explain(question, directory);
  }

  private Explanation explain(Question question, Path directory) throws IOException {
    Source source =
        new Source(
            Side.snapshot("it", Snapshot.open(directory)), List.of(), root, new StopSignal());
    return requireNonNull(Explain.of(source, question, this::note).block());
  }

  private void note(RunEvent event) {
    if (event instanceof RunEvent.Warning warning) {
      warnings.add(warning.text());
    }
  }
}
