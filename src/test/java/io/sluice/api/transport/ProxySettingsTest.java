package io.sluice.api.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which calls go through the proxy, by the custom of its two variables. */
final class ProxySettingsTest {
  private static final URI API = URI.create("https://api.example.com/client/v4");

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  "})
  void emptyCountsAsUnset(@org.jspecify.annotations.Nullable String value) {
    assertThat(ProxySettings.of(value, null)).isEqualTo(ProxySettings.NONE);
    assertThat(ProxySettings.NONE.proxyFor(API)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://proxy.example:3128",
        "proxy.example:3128",
        " http://proxy.example:3128 ",
        "HTTP://proxy.example:3128",
        "http://user:pw@proxy.example:3128/"
      })
  void anAddressIsReadAsPeopleWriteIt(String address) {
    URI proxy = ProxySettings.of(address, null).proxyFor(API);
    assertThat(proxy).isNotNull();
    assertThat(proxy.getHost()).isEqualTo("proxy.example");
    assertThat(proxy.getPort()).isEqualTo(3128);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://proxy.example",
        "socks5://u:s3cret@proxy.example:1080",
        "http://",
        "http://u:s3cret@",
        "http://u:s3cret pw@proxy.example",
        "://s3cret"
      })
  void whatCannotBeAProxyIsRefusedWithoutRepeatingIt(String address) {
    assertThatThrownBy(() -> ProxySettings.of(address, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HTTPS_PROXY")
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
  }

  @Test
  void whereNothingGoesThroughAProxyItMayBeAny() {
    assertThat(ProxySettings.of("socks5://proxy.example:1080", "a.example, *"))
        .isEqualTo(ProxySettings.NONE);
    assertThatThrownBy(() -> ProxySettings.of("socks5://proxy.example:1080", "a.example"))
        .hasMessageContaining("NO_PROXY='*' to go without one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "api.example.com|true",
        "API.Example.COM|true",
        "example.com|true",
        ".example.com|true",
        "*.example.com|true",
        "*|true",
        "other.example, .example.com|true",
        " , ,api.example.com,|true",
        "ple.com|false",
        "www.api.example.com|false",
        "other.example|false",
        "api.example.com:443|true",
        "api.example.com:8443|false",
        "example.com:443 other.example|true",
        "other.example api.example.com|true",
        "api.example.com.|true",
        ".example.com.|true",
        "example.com.:443|true",
        "api.example.co.|false",
        "api.*.com|true",
        "*.exa*|true",
        "a.p.*|false",
        "10.0.0.0/8|false",
        ",|false"
      })
  void noProxyNamesHostsAndEndings(String exceptions, boolean direct) {
    ProxySettings proxy = ProxySettings.of("http://proxy.example:3128", exceptions);
    assertThat(proxy.proxyFor(API) == null).isEqualTo(direct);
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3,10.1.2.3,true",
    "10.1.2.3,10.0.0.0/8,true",
    "11.1.2.3,10.0.0.0/8,false",
    "10.1.2.3,10.1.2.0/30,true",
    "10.1.2.4,10.1.2.0/30,false",
    "10.1.2.3,0.0.0.0/0,true",
    "10.1.2.3,10.1.2.3:443,true",
    "10.1.2.3,10.1.2.3:444,false",
    "10.1.2.3,2.3,false",
    "[2001:db8::1],2001:db8::1,true",
    "[2001:db8::1],[2001:0db8:0::1],true",
    "[2001:db8::1],[2001:db8::1]:443,true",
    "[2001:db8::1],2001:db8::/32,true",
    "[2001:db9::1],2001:db8::/32,false",
    "[2001:db8::1],10.0.0.0/8,false"
  })
  void noProxyNamesAddressesAndBlocks(String host, String exception, boolean direct) {
    ProxySettings proxy = ProxySettings.of("http://proxy.example:3128", exception);
    URI target = URI.create("https://" + host + "/client/v4");
    assertThat(proxy.proxyFor(target) == null).isEqualTo(direct);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "10.0.0.0/x",
        "http://api.example.com",
        "a/b",
        "a;b",
        "a|b",
        "'a'",
        "\"a\""
      })
  void anExceptionThatNamesNoHostIsRefused(String exception) {
    assertThatThrownBy(
            () -> ProxySettings.of("https_proxy", "http://proxy.example", "no_proxy", exception))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no_proxy: '" + exception + "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://bob:p%40ss%3Aw+rd@proxy.example|bob|p@ss:w+rd",
        "bob:pw@proxy.example:3128|bob|pw",
        "http://bob@proxy.example|bob|''",
        "http://bob:@proxy.example|bob|''",
        "http://corp%5Cbob:pw@proxy.example|corp\\bob|pw",
        "http://proxy.example||''"
      })
  void userAndPasswordAreDecoded(
      String address, @org.jspecify.annotations.Nullable String user, String password) {
    ProxySettings proxy = ProxySettings.of(address, null);
    assertThat(proxy.user()).isEqualTo(user);
    assertThat(proxy.password()).isEqualTo(password);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://bob:s3c#ret@proxy.example:3128|percent-encoded",
        "http://bob:12/s3cret@proxy.example:3128|percent-encoded",
        "http://bob:12?s3cret@proxy.example:3128|percent-encoded",
        "http://b%3Ab:s3cret@proxy.example|':'",
        "http://proxy.example:0|1 to 65535",
        "http://proxy.example:70000|1 to 65535",
        "proxy.example:port|percent-encoded",
        "proxy.example:|percent-encoded",
        "socks5://u:s3cret@proxy.example|by socks5:",
        "https://u:s3cret@proxy.example|by https:",
        "http://proxy.example:3128/s3cret|nothing after the port",
        "http://u:s3cret@squid_proxy:3128|with '_'",
        "squid_proxy.corp|with '_'",
        "http://corp\\\\bob:s3cret@proxy.example|%5C",
        "http://bob:s3c%E9@proxy.example|not UTF-8"
      })
  void whatIsWrongWithAnAddressIsSaid(String address, String said) {
    assertThatThrownBy(() -> ProxySettings.of(address, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said)
        .hasMessageNotContaining("s3c")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://localhost/x",
        "https://127.0.0.1:8443/x",
        "https://[::1]/x",
        "http://api.example.com/x"
      })
  void loopbackAndPlainHttpGoDirectly(String target) {
    assertThat(ProxySettings.of("http://proxy.example", null).proxyFor(URI.create(target)))
        .isNull();
  }

  @Test
  void aSchemeInCapitalsIsTheSame() {
    ProxySettings proxy = ProxySettings.of("http://proxy.example", null);
    assertThat(proxy.proxyFor(URI.create("HTTPS://api.example.com/x"))).isNotNull();
  }

  @Test
  void itsTextHoldsNoPassword() {
    assertThat(ProxySettings.of("http://user:s3cret@proxy.example:3128", null).toString())
        .isEqualTo("proxy proxy.example:3128");
    assertThat(ProxySettings.of("http://user:s3cret@proxy.example", null).toString())
        .isEqualTo("proxy proxy.example:3128");
    assertThat(ProxySettings.NONE.toString()).isEqualTo("no proxy");
  }

  @Test
  void theOptionsThatHoldItTellNoPasswordEither() {
    TransportOptions options =
        TransportOptions.defaults("1")
            .withNetwork(null, false, ProxySettings.of("http://u:s3cret@proxy.example", null));
    assertThat(options.toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost,true",
    "LOCALHOST,true",
    "127.0.0.1,true",
    "127.1.2.3,true",
    "::1,true",
    "[::1],true",
    "localhost.example.com,false",
    "127.0.0.1.example.com,false",
    "127.example.com,false",
    "10.0.0.1,false",
    "0.0.0.0,false",
    "[::],false",
    "mylocalhost,false"
  })
  void onlyThisMachineIsLoopback(String host, boolean loopback) {
    assertThat(Loopback.is(host)).isEqualTo(loopback);
  }
}
