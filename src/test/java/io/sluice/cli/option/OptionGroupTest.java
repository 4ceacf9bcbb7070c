package io.sluice.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What a group declares is what a command line sets. */
final class OptionGroupTest {
  private static final class Sample extends OptionGroup {
    final Value<Boolean> gzip = flag("-g, --gzip", "Compress.");
    final Value<String> out = text("--out", "FILE", "Where to.").or("-");
    final Value<Path> to = path("--to", "DIR", "Below which directory.");
    final Value<Integer> keep = value("--keep", "N", Integer.class, "How many.");
    final Value<Long> size = value("--size", "SIZE", new SizeConverter(), "How much.").or(7L);
    final Value<List<String>> rates = list("--rate", "Q/W", String.class, "Fast.").or(List.of());
    final Value<List<String>> kinds =
        list("--kind", "K", String.class, "Of what.").commaSeparated().or(List.of());
    final Value<String> adopt = text("--adopt", "NAME", "Whose.").valueWhenOmitted("all");
    final Value<String> source = argument("SOURCE", String.class, "From where.");
    final Value<String> other = optionalArgument("OTHER", String.class, "And from where.");
  }

  private static Sample parsed(String... args) {
    Sample sample = new Sample();
    CommandSpec spec = CommandSpec.create();
    for (OptionSpec option : sample.options()) {
      spec.addOption(option);
    }
    for (PositionalParamSpec argument : sample.arguments()) {
      spec.addPositional(argument);
    }
    new CommandLine(spec).parseArgs(args);
    return sample;
  }

  @Test
  void whatIsNotGivenIsItsDefaultOrNothing() {
    Sample sample = parsed("here");

    assertThat(sample.gzip.get()).isFalse();
    assertThat(sample.out.get()).isEqualTo("-");
    assertThat(sample.out.isGiven()).isFalse();
    assertThat(sample.to.orNull()).isNull();
    assertThat(sample.keep.isGiven()).isFalse();
    assertThat(sample.size.get()).isEqualTo(7);
    assertThat(sample.rates.get()).isEmpty();
    assertThat(sample.adopt.orNull()).isNull();
    assertThat(sample.source.get()).isEqualTo("here");
    assertThat(sample.other.orNull()).isNull();
    assertThat(sample.given()).isEmpty();
  }

  @Test
  void whatIsGivenIsConverted() {
    Sample sample =
        parsed(
            "-g",
            "--out=x",
            "--to",
            "d",
            "--keep",
            "3",
            "--size",
            "1k",
            "--rate",
            "1/1s",
            "--rate",
            "2/2s",
            "--kind",
            "a,b",
            "--kind=c",
            "--adopt",
            "--",
            "here",
            "there");

    assertThat(sample.gzip.get()).isTrue();
    assertThat(sample.out.get()).isEqualTo("x");
    assertThat(sample.to.get()).isEqualTo(Path.of("d"));
    assertThat(sample.keep.get()).isEqualTo(3);
    assertThat(sample.size.get()).isEqualTo(1024);
    assertThat(sample.rates.get()).containsExactly("1/1s", "2/2s");
    assertThat(sample.kinds.get()).containsExactly("a", "b", "c");
    assertThat(sample.adopt.get()).isEqualTo("all");
    assertThat(sample.source.get()).isEqualTo("here");
    assertThat(sample.other.get()).isEqualTo("there");
    assertThat(sample.given())
        .containsExactly(
            "--gzip", "--out", "--to", "--keep", "--size", "--rate", "--kind", "--adopt");
  }

  @Test
  void anArgumentThatIsMissingIsNamed() {
    assertThatThrownBy(() -> parsed("--keep", "3"))
        .isInstanceOf(MissingParameterException.class)
        .hasMessageContaining("SOURCE");
  }

  @Test
  void anOptionOfOneValueTakesNoFurtherWord() {
    Sample sample = parsed("--rate", "1/1s", "here");

    assertThat(sample.rates.get()).containsExactly("1/1s");
    assertThat(sample.source.get()).isEqualTo("here");
  }

  @Test
  void namesAreTheLongOnes() {
    assertThat(new Sample().names())
        .containsExactlyInAnyOrder(
            "--gzip", "--out", "--to", "--keep", "--size", "--rate", "--kind", "--adopt");
  }
}
