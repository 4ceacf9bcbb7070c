package io.sluice.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** What {@code --max-upload} understands. */
final class SizeConverterTest {
  private final SizeConverter sizes = new SizeConverter();

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "500,500",
    "500b,500",
    "1k,1024",
    "1kb,1024",
    "1KiB,1024",
    "500m,524288000",
    "2G,2147483648",
    "' 2g ',2147483648",
    "3t,3298534883328",
    "8388607t,9223370937343148032"
  })
  void sizesAreInBytes(String text, long bytes) {
    assertThat(sizes.convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0m", "-1", "1.5g", "2 g", "g", "2x", "2gg", "1234567890"})
  void whatIsNoSizeIsRefused(String text) {
    assertThatThrownBy(() -> sizes.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("is not a size");
  }

  @ParameterizedTest
  @ValueSource(strings = {"8388608t", "999999999t"})
  void whatIsMoreThanANumberCanTellIsRefused(String text) {
    assertThatThrownBy(() -> sizes.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("more than");
  }
}
