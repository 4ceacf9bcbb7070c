package io.sluice.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.UsageException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --listen} understands. */
final class ListenAddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1:8080|127.0.0.1|8080|true",
        "127.0.0.2:1|127.0.0.2|1|true",
        "localhost:0|localhost|0|true",
        "' [::1]:65535 '|::1|65535|true",
        "[0:0:0:0:0:0:0:1]:80|0:0:0:0:0:0:0:1|80|true",
        "0.0.0.0:8443|0.0.0.0|8443|false",
        "[::]:8443|::|8443|false",
        "192.0.2.7:8443|192.0.2.7|8443|false",
        ":8080|0.0.0.0|8080|false"
      })
  void hostAndPortAreRead(String text, String host, int port, boolean loopback) {
    ListenAddress address = ListenAddress.of(text);

    assertThat(address).isEqualTo(new ListenAddress(host, port));
    assertThat(address.loopback()).isEqualTo(loopback);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "8080",
        "127.0.0.1",
        "127.0.0.1:",
        "127.0.0.1:65536",
        "127.0.0.1:99999",
        "127.0.0.1:123456",
        "127.0.0.1:-1",
        "127.0.0.1:80a",
        "::1:8080",
        "[::1]",
        "[::1:8080",
        "[]:8080",
        "http://127.0.0.1:8080",
        "127.0.0.1:8080/",
        "a b:80",
        "anna@host:80"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> ListenAddress.of(text))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("HOST:PORT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-host.invalid:80", "[1::2::3]:80"})
  void whatIsNoAddressIsRefusedBeforeItIsListenedOn(String text) {
    assertThatThrownBy(() -> ListenAddress.of(text).loopback())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no address");
  }
}
