package io.sluice.catalog.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be a pattern, and what is said of what may not. */
final class PatternSyntaxTest {
  private static final String LABEL_63 = "a".repeat(63);

  static String[] addresses() {
    return new String[] {
      "a@example.com",
      "first.last+tag@mail.example.co.uk",
      "o'brien@example.com",
      "!#$%&'+/=?^_`{|}~-@example.com",
      "\"odd, name\"@example.com",
      "\"a\\\"b\"@example.com",
      "\"at@inside\"@example.com",
      "jürgen@münchen.example",
      "用户@例子.example",
      "a".repeat(64) + "@example.com",
      "a@" + LABEL_63 + ".example",
      "A@EXAMPLE.COM"
    };
  }

  @ParameterizedTest
  @MethodSource("addresses")
  void addressesAreAccepted(String address) {
    assertThat(PatternSyntax.email(address)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hxxps://a[.]example/x|write http",
        "^hXXp://a|write http",
        "example.net # why|no URL holds a blank"
      })
  void whatNoUrlMatchesIsNoExpressionForUrls(String text, String reason) {
    assertThat(PatternSyntax.matchesNoUrl(text)).contains(reason);
    assertThat(PatternSyntax.matchesNoUrl("^https://a\\.example/[?]x=.*$")).isNull();
    assertThat(PatternSyntax.urlExpression("*.example.net")).contains("write .* in place of *");
  }

  static String[] notAddresses() {
    return new String[] {
      "",
      "@",
      "a",
      "a@",
      "@example.com",
      "a b@example.com",
      " a@example.com",
      "a@example.com ",
      "a..b@example.com",
      ".a@example.com",
      "a.@example.com",
      "a@b@example.com",
      "a@example",
      "a@-example.com",
      "a@example..com",
      "a@192.0.2.1",
      "a@[192.0.2.1]",
      "\"open@example.com",
      "\"\"@example.com",
      "a\u0000b@example.com",
      "a\n@example.com",
      "<a@example.com>",
      "a".repeat(65) + "@example.com"
    };
  }

  @ParameterizedTest
  @MethodSource("notAddresses")
  void whatIsNoAddressIsRefusedWithAReason(String text) {
    assertThat(PatternSyntax.email(text)).startsWith("invalid e-mail address: ");
  }

  static String[] domains() {
    return new String[] {
      "example.com",
      "EXAMPLE.com",
      "a.b",
      "xn--mnchen-3ya.example",
      "münchen.example",
      "Bücher.example",
      "例子.测试",
      "пример.рф",
      "faß.example",
      "1and1.example",
      "3com.com",
      "a-b.example",
      LABEL_63 + ".example",
      ("a".repeat(61) + ".").repeat(4) + "ab.io"
    };
  }

  @ParameterizedTest
  @MethodSource("domains")
  void domainNamesAreAccepted(String name) {
    assertThat(PatternSyntax.domain(name)).isNull();
  }

  static String[] notDomains() {
    return new String[] {
      "",
      ".",
      "example",
      ".example.com",
      "example..com",
      "example.com.",
      "-a.example",
      "a-.example",
      "a b.example",
      "exa_mple.com",
      "*.example.com",
      "http://example.com",
      "example.com/path",
      "a@example.com",
      "192.0.2.1",
      "example.123",
      "[::1]",
      "a\u0000.example",
      LABEL_63 + "a.example",
      "ü".repeat(64) + ".example",
      ("a".repeat(61) + ".").repeat(4) + "abcdef.io"
    };
  }

  @ParameterizedTest
  @MethodSource("notDomains")
  void whatIsNoDomainNameIsRefusedWithAReason(String text) {
    assertThat(PatternSyntax.domain(text)).startsWith("invalid domain: ");
  }

  @Test
  void aNameIsAsLongAs253CharactersButNotLonger() {
    String name = ("a".repeat(61) + ".").repeat(4) + "abc.d";
    assertThat(name).hasSize(253);
    assertThat(PatternSyntax.domain(name)).isNull();
    assertThat(PatternSyntax.domain("a" + name)).contains("253");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "198.51.100.7",
        "198.51.100.7/32",
        "203.0.113.0/24",
        "1.0.0.0/8",
        "2001:db8::1",
        "2001:0DB8:0:0::1",
        "2606:4700::/32",
        "2606:4700::/128"
      })
  void publicAddressesAndBlocksAreAccepted(String ip) {
    assertThat(PatternSyntax.senderIp(ip)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "/",
        "/24",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.*",
        "1.2.3.4-9",
        "01.2.3.4",
        "0x1.2.3.4",
        "8.8.8.8/33",
        "8.8.8.8/-1",
        "8.8.8.8/",
        "8.8.8.8/255.255.255.0",
        " 8.8.8.8",
        "8.8.8.8 ",
        "8.8.8.8,9.9.9.9",
        "2001:db8::g",
        "2001:db8::1::2",
        "2001:db8::/129",
        "2001:db8::1%eth0",
        "example.com"
      })
  void whatIsNoAddressOrBlockIsRefused(String text) {
    assertThat(PatternSyntax.senderIp(text)).startsWith("not an IP address or CIDR block");
    assertThat(PatternSyntax.cidr(text)).startsWith("not an IP address or CIDR block");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0,private",
    "10.255.255.255,private",
    "172.16.0.1,private",
    "172.31.255.255,private",
    "192.168.1.1,private",
    "fc00::1,unique-local",
    "fdff::1,unique-local",
    "127.0.0.1,loopback",
    "127.255.255.254,loopback",
    "::1,loopback",
    "169.254.1.1,link-local",
    "fe80::1,link-local",
    "febf::1,link-local",
    "0.0.0.0,unspecified",
    "::,unspecified",
    "255.255.255.255,broadcast",
    "::ffff:8.8.8.8,IPv4-mapped",
    "::ffff:10.0.0.1,IPv4-mapped",
    "::ffff:808:808,IPv4-mapped"
  })
  void addressesFromWhichNoMailComesAreRefused(String ip, String range) {
    assertThat(PatternSyntax.senderIp(ip)).contains(range);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,private",
    "10.0.0.0/9,private",
    "10.1.2.0/24,private",
    "172.16.0.0/12,private",
    "192.168.0.0/16,private",
    "192.168.1.1/32,private",
    "127.0.0.0/8,loopback",
    "127.0.0.1/32,loopback",
    "::1/128,loopback",
    "169.254.0.0/16,link-local",
    "fe80::/10,link-local",
    "fe80::/64,link-local",
    "fc00::/7,unique-local",
    "fd00::/8,unique-local",
    "0.0.0.0/32,unspecified",
    "::/128,unspecified",
    "255.255.255.255/32,broadcast",
    "::ffff:0:0/96,IPv4-mapped",
    "::ffff:8.8.8.0/120,IPv4-mapped"
  })
  void blocksInsideARefusedRangeAreRefused(String block, String range) {
    assertThat(PatternSyntax.senderIp(block)).contains(range);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.0.0.0/6", "172.0.0.0/8", "192.0.0.0/8", "126.0.0.0/7", "fc00::/6"})
  void blocksThatMerelyContainARefusedRangeAreLeftToTheApi(String block) {
    assertThat(PatternSyntax.senderIp(block)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0/0", "::/0"})
  void theBlockOfEveryAddressIsRefused(String block) {
    assertThat(PatternSyntax.senderIp(block)).contains("every address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/8", "127.0.0.1", "192.168.1.7", "fe80::/10"})
  void restrictionsMayNamePrivateNetworks(String block) {
    assertThat(PatternSyntax.cidr(block)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".*",
        "^[a-z]+\\d{2,3}@example\\.com$",
        "(?i)x",
        "\\Qa.b\\E",
        "\\p{L}+",
        "🦊+"
      })
  void javaExpressionsAreAccepted(String regex) {
    assertThat(PatternSyntax.regex(regex)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "*", "a{2,1}", "\\", "(?<n>", "\\p{Nope}", "a**+", "(?P<n>a)"})
  void whatIsNoJavaExpressionIsRefusedWithThePlace(String regex) {
    assertThat(PatternSyntax.regex(regex)).contains("Java regular expression").contains("position");
  }

  /** Java takes them, and finds other senders than were meant. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "[[:alpha:]]+@evil => write \\p{Alpha}",
        "^[a-z[:digit:]]@ => write \\d",
        "/evil.*shop/i => write (?i)evil.*shop",
        "/evil.*shop/g => write evil.*shop"
      })
  void anExpressionOfAnotherDialectIsNamedWithJavasOwn(String regex, String written) {
    assertThat(PatternSyntax.regex(regex)).isNull();
    assertThat(PatternSyntax.otherDialect(regex)).endsWith(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[:;,]", "/o=corp/cn=.*", "a/b/i", "\\p{Alpha}", "[[a-z]:]"})
  void whatReadsLikeAnotherDialectIsLeftAlone(String regex) {
    assertThat(PatternSyntax.otherDialect(regex)).isNull();
  }

  @Test
  void anExpressionNestedTooDeeplyIsRefused() {
    assertThat(PatternSyntax.regex("(".repeat(200_000) + ")".repeat(200_000)))
        .startsWith("not a regular expression that can be tried: longer than 4096 characters");
  }
}
