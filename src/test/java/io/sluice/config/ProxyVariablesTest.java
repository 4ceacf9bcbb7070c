package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.transport.ProxySettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both spellings of the proxy's variables count; two that contradict are an error. */
final class ProxyVariablesTest {
  @ParameterizedTest
  @CsvSource({"HTTPS_PROXY,NO_PROXY", "https_proxy,no_proxy", "https_proxy,NO_PROXY"})
  void eitherSpellingCounts(String proxy, String direct) {
    ProxySettings settings =
        in(Map.of(proxy, "http://proxy.example:3128", direct, "a.example, b.example"));
    assertThat(settings.url()).hasToString("http://proxy.example:3128");
    assertThat(settings.except()).containsExactly("a.example", "b.example");
    assertThat(settings.variable()).isEqualTo(proxy);
  }

  @Test
  void emptyCountsAsUnset() {
    assertThat(in(Map.of("HTTPS_PROXY", "", "https_proxy", "proxy.example")).variable())
        .isEqualTo("https_proxy");
    assertThat(in(Map.of("HTTPS_PROXY", " ", "https_proxy", ""))).isEqualTo(ProxySettings.NONE);
    assertThat(in(Map.of())).isEqualTo(ProxySettings.NONE);
  }

  @Test
  void bothMayBeSetIfTheyAgree() {
    String same = "http://u:s3cret@proxy.example";
    assertThat(in(Map.of("HTTPS_PROXY", same, "https_proxy", same)).url()).isNotNull();
    assertThatThrownBy(() -> in(Map.of("HTTPS_PROXY", same, "https_proxy", "proxy.example")))
        .isInstanceOf(UsageException.class)
        .hasMessage("HTTPS_PROXY and https_proxy are both set, and differ");
    assertThatThrownBy(() -> in(Map.of("NO_PROXY", "a", "no_proxy", "b")))
        .isInstanceOf(UsageException.class)
        .hasMessage("NO_PROXY and no_proxy are both set, and differ");
  }

  @Test
  void whatCannotBeUsedIsNamedAsItIsSpelled() {
    assertThatThrownBy(() -> in(Map.of("https_proxy", "socks5://u:s3cret@proxy.example")))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("https_proxy names a proxy by socks5:")
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ALL_PROXY", "all_proxy"})
  void theProxyForAllCountsWhereNoOtherIsNamed(String variable) {
    ProxySettings settings = in(Map.of(variable, "proxy.example:3128", "NO_PROXY", "a.example"));
    assertThat(settings.url()).hasToString("http://proxy.example:3128");
    assertThat(settings.variable()).isEqualTo(variable);
    assertThat(settings.except()).containsExactly("a.example");
    Map<String, String> both =
        Map.of(variable, "socks5://other.example", "https_proxy", "p.example");
    assertThat(in(both).variable()).isEqualTo("https_proxy");
    assertThatThrownBy(() -> in(Map.of(variable, "socks5h://u:s3cret@proxy.example")))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(variable + " names a proxy by socks5h:")
        .hasMessageContaining("HTTPS_PROXY=http://proxy.example:3128")
        .hasMessageNotContaining("s3cret");
  }

  private static ProxySettings in(Map<String, String> variables) {
    return ProxyVariables.in(new Environment(variables));
  }
}
