package io.sluice.catalog.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an indicator as people pass it on. */
final class RewritingTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '~',
      value = {
        "evil[.]example => DEFANGED DOMAIN evil.example",
        "evil(.)example => DEFANGED DOMAIN evil.example",
        "evil{.}example => DEFANGED DOMAIN evil.example",
        "evil[dot]example => DEFANGED DOMAIN evil.example",
        "evil (DOT) example => DEFANGED DOMAIN evil.example",
        "mail [.] evil [.] example => DEFANGED DOMAIN mail.evil.example",
        "evil\\.example => DEFANGED DOMAIN evil.example",
        "198[.]51[.]100[.]7 => DEFANGED IP 198.51.100.7",
        "198.51.100[.]0/24 => DEFANGED IP 198.51.100.0/24",
        "2001[:]db8[:][:]1 => DEFANGED IP 2001:db8::1",
        "phish[@]evil.example => DEFANGED EMAIL phish@evil.example",
        "phish@evil[.]example => DEFANGED EMAIL phish@evil.example",
        "user(at)evil.example => DEFANGED EMAIL user@evil.example",
        "user[at]evil[.]example => DEFANGED EMAIL user@evil.example",
        "user [at] evil [dot] example => DEFANGED EMAIL user@evil.example",
        "hxxp://bad.example/login => DEFANGED URL DOMAIN bad.example",
        "hXXps[:]//bad[.]example => DEFANGED URL DOMAIN bad.example",
        "http[:]//bad.example => DEFANGED URL DOMAIN bad.example",
        "hxxps[://]bad.example/x => DEFANGED URL DOMAIN bad.example",
        "h**p://bad.example/ => DEFANGED URL DOMAIN bad.example",
        "fxp://bad.example/a => DEFANGED URL DOMAIN bad.example",
      })
  void defangedTextIsRefanged(String text, String result) {
    assertThat(shown(text)).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '~',
      value = {
        "https://evil7.example/path?x=1 => URL DOMAIN evil7.example",
        "https://evil7.example => URL DOMAIN evil7.example",
        "http://198.51.100.7/login => URL IP 198.51.100.7",
        "https://evil7.example/a;jsessionid=1,2 => URL DOMAIN evil7.example",
        "mailto://a@evil.example => MAILTO EMAIL a@evil.example",
        "HTTPS://Evil7.Example:8443/ => URL DOMAIN Evil7.Example",
        "https://user@evil.example/ => URL DOMAIN evil.example",
        "https://good.example@evil.example/ => URL DOMAIN evil.example",
        "https://user:pass%40word@evil.example#good.example => URL DOMAIN evil.example",
        "https://evil.example?u=a@good.example => URL DOMAIN evil.example",
        "ftp://evil.example/pub => URL DOMAIN evil.example",
        "//evil.example/x => URL DOMAIN evil.example",
        "<https://evil.example/x> => ENCLOSED URL DOMAIN evil.example",
        "http://evil.example./x => URL TRAILING_DOT DOMAIN evil.example",
        "http://bücher.example/x => URL DOMAIN bücher.example",
        "http://198.51.100.7:8080/x => URL IP 198.51.100.7",
        "http://[2001:db8::1]:8080/x => URL IP 2001:db8::1",
        "[2001:db8::1]:25 => URL IP 2001:db8::1",
        "198.51.100.7:25 => URL IP 198.51.100.7",
        "198.51.100.7/x => URL IP 198.51.100.7",
        "evil8.example/path => URL DOMAIN evil8.example",
        "evil9.example:8080 => URL DOMAIN evil9.example",
        "evil9.example:8080/a#b => URL DOMAIN evil9.example",
        "mailto:crook@evil.example => MAILTO EMAIL crook@evil.example",
        "MAILTO:crook@evil.example?subject=x => MAILTO EMAIL crook@evil.example",
        "mailto:crook%2Btag@evil.example => MAILTO EMAIL crook+tag@evil.example",
        "mailto:a+b@evil.example => MAILTO EMAIL a+b@evil.example",
        "mailto:a@evil.example,b@evil.example => MAILTO EMAIL a@evil.example EMAIL b@evil.example",
      })
  void linksAreReducedToTheirHostOrAddress(String text, String result) {
    assertThat(shown(text)).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '~',
      value = {
        "%@spam.example => ANY_ADDRESS DOMAIN spam.example",
        "198.51.100.0/024 => LEADING_ZEROS IP 198.51.100.0/24",
        "2001:db8::/032 => LEADING_ZEROS IP 2001:db8::/32",
        "crook\uFF20\uFF45vil.example => COMPATIBILITY EMAIL crook@evil.example",
        "https://\uFF45vil\u3002example/x => COMPATIBILITY URL DOMAIN evil.example",
        "\uFF45vil.example # \uFF58 => COMPATIBILITY COMMENT DOMAIN evil.example # \uFF58",
        "*@spam.example => ANY_ADDRESS DOMAIN spam.example",
        "@spam.example => ANY_ADDRESS DOMAIN spam.example",
        "*@*.spam.example => SUBDOMAINS DOMAIN spam.example",
        "@.spam.example => SUBDOMAINS DOMAIN spam.example",
        "*.spam.example => SUBDOMAINS DOMAIN spam.example",
        ".spam.example => SUBDOMAINS DOMAIN spam.example",
        ".spam.example. => SUBDOMAINS TRAILING_DOT DOMAIN spam.example",
        "spam.example. => TRAILING_DOT DOMAIN spam.example",
        "crook@spam.example. => TRAILING_DOT EMAIL crook@spam.example",
        "<crook@evil.example> => ENCLOSED EMAIL crook@evil.example",
        "\"Crook\" <crook@evil.example> => DISPLAY_NAME EMAIL crook@evil.example",
        "Crook Person <crook@evil.example> => DISPLAY_NAME EMAIL crook@evil.example",
        "\"Crook, Inc. #1\" <crook@evil.example> => DISPLAY_NAME EMAIL crook@evil.example",
        "Crook <crook[@]evil[.]example> => DEFANGED DISPLAY_NAME EMAIL crook@evil.example",
        "\"good@good.example\" <crook@evil.example> => DISPLAY_NAME EMAIL crook@evil.example",
        "crook@evil.example, => ENCLOSED EMAIL crook@evil.example",
        "crook@evil.example; => ENCLOSED EMAIL crook@evil.example",
        "'evil.example' => ENCLOSED DOMAIN evil.example",
        "“evil.example” => ENCLOSED DOMAIN evil.example",
        "`evil.example`, => ENCLOSED DOMAIN evil.example",
        "[2001:db8::1] => ENCLOSED IP 2001:db8::1",
        "evil\u200B.example => UNSEEN DOMAIN evil.example",
        "ev\u00ADil.example => UNSEEN DOMAIN evil.example",
        "\uFEFFcrook@evil.example => UNSEEN EMAIL crook@evil.example",
        "evil.example\u00A0 => UNSEEN DOMAIN evil.example",
      })
  void whatStandsAroundAPatternIsTakenOff(String text, String result) {
    assertThat(shown(text)).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '~',
      value = {
        "crook@evil.example # wave of May => COMMENT EMAIL crook@evil.example # wave of May",
        "evil3.example\t# tab comment => COMMENT DOMAIN evil3.example # tab comment",
        "evil3.example # => COMMENT DOMAIN evil3.example",
        "0.0.0.0 evil4.example => HOSTS DOMAIN evil4.example",
        "127.0.0.1 evil5.example # comment => COMMENT HOSTS DOMAIN evil5.example # comment",
        "0.0.0.0\ta.example b.example A.EXAMPLE => HOSTS DOMAIN a.example DOMAIN b.example",
        "::1 evil.example => HOSTS DOMAIN evil.example",
        ":: localhost evil.example => HOSTS DOMAIN evil.example",
        "||evil6.example^ => ADBLOCK DOMAIN evil6.example",
        "||evil6.example^$third-party,important => ADBLOCK DOMAIN evil6.example",
        "||198.51.100.7^ => ADBLOCK IP 198.51.100.7",
        "||*.evil6.example^ => SUBDOMAINS ADBLOCK DOMAIN evil6.example",
        "||evil6.example/path^ => URL ADBLOCK DOMAIN evil6.example",
        "|https://evil6.example/| => URL ADBLOCK DOMAIN evil6.example",
        "address=/evil.example/0.0.0.0 => NAME_SERVER DOMAIN evil.example",
        "address=/a.example/b.example/# => NAME_SERVER DOMAIN a.example DOMAIN b.example",
      })
  void linesOfListsAreUnderstood(String text, String result) {
    assertThat(shown(text)).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '~',
      value = {
        "198.51.100.7-198.51.100.9 => RANGE IP 198.51.100.7 IP 198.51.100.8/31",
        "198.51.100.7 - 198.51.100.9 => RANGE IP 198.51.100.7 IP 198.51.100.8/31",
        "198.51.100.7 - 9 => RANGE IP 198.51.100.7 IP 198.51.100.8/31",
        "198.51.100.7-9 => RANGE IP 198.51.100.7 IP 198.51.100.8/31",
        "198.51.100.0–198.51.100.255 => RANGE IP 198.51.100.0/24",
        "198.51.100.0 – 198.51.100.255 => RANGE IP 198.51.100.0/24",
        "198.51.100.0 to 198.51.100.255 => RANGE IP 198.51.100.0/24",
        "198.51.100.7-198.51.100.7 => RANGE IP 198.51.100.7",
        "198.51.100.* => RANGE IP 198.51.100.0/24",
        "198.51.*.* => RANGE IP 198.51.0.0/16",
        "198.51.100.0/255.255.255.0 => RANGE IP 198.51.100.0/24",
        "198.51.100.0 255.255.255.0 => RANGE IP 198.51.100.0/24",
        "2001:db8::1-2001:db8::4 => RANGE IP 2001:db8::1 IP 2001:db8::2/127 IP 2001:db8::4",
      })
  void rangesBecomeTheFewestBlocks(String text, String result) {
    assertThat(shown(text)).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '~',
      value = {
        "@@||good.example^ => ADBLOCK an exception",
        "@@||good.example^$document => ADBLOCK an exception",
        "//evil.example => URL it may be commented out",
        "||evil.example^$domain=shop.example => ADBLOCK its option 'domain=shop.example'",
        "||evil.example^$badfilter => ADBLOCK its option 'badfilter'",
        "evil.example##.banner => ADBLOCK only rules that name a host",
        "local-zone: \"evil.example\" redirect => NAME_SERVER only dnsmasq",
        "evil.example CNAME . => NAME_SERVER only dnsmasq",
        "address=/evil.example/198.51.100.9 => NAME_SERVER only dnsmasq",
        "198.51.100.7 mail.example => HOSTS it leads names to 198.51.100.7",
        "0.0.0.0 evil_host => HOSTS 'evil_host' is not the name of a host",
        "0.0.0.0 198.51.100.7 => HOSTS '198.51.100.7' is not the name of a host",
        "198.51.100.9-198.51.100.7 => RANGE it cannot be written as CIDR blocks",
        "198.51.100.7-2001:db8::1 => RANGE it cannot be written as CIDR blocks",
        "198.51.100.7 255.255.255.0 => RANGE it cannot be written as CIDR blocks",
        "198.51.100.7-999 => RANGE it cannot be written as CIDR blocks",
        "198.*.100.* => WILDCARD no plain pattern",
        "198.51.* => RANGE it cannot be written as CIDR blocks",
        "10.0.0.1-10.0.0.2 => RANGE what remains of it, 10.0.0.1, is no pattern: a private address",
        "10[.]0[.]0[.]1 => DEFANGED what remains of it, 10.0.0.1, is no pattern: a private address",
        "0.0.0.0-255.255.255.255 => RANGE what remains of it, 0.0.0.0/0, is no pattern: the block of every address",
        "198.51.100.007 => LEADING_ZEROS some programs read such numbers as octal",
        "2001:db8::1%eth0 => ZONE a zone means something on one machine alone",
        "evil dot example => DEFANGED 'dot' and 'at' may be words",
        "user at evil dot example => DEFANGED 'dot' and 'at' may be words",
        "ev*il.example => WILDCARD no plain pattern",
        "*evil.example => WILDCARD no plain pattern",
        "phish*@evil.example => WILDCARD no plain pattern",
        "^.*@evil\\.example$ => WILDCARD it reads like a regular expression",
        "https:///path => URL which host it means is not clear",
        "https://good.example\\@evil.example/ => URL which host it means is not clear",
        "https://evil%2eexample/ => URL which host it means is not clear",
        "http://3627734734/ => URL what remains of it, '3627734734', is not a pattern",
        "http://localhost/ => URL what remains of it, 'localhost', is not a pattern",
        "mailto:a@evil.example?cc=b@evil.example => MAILTO which addresses it means is not clear",
        "mailto:?to=a@evil.example => MAILTO which addresses it means is not clear",
        "mailto:a%zz@evil.example => MAILTO which addresses it means is not clear",
        "mailto:crook => MAILTO 'crook' is not an e-mail address",
        "Evil <https://evil.example/> => DISPLAY_NAME 'https://evil.example/' is not an e-mail",
        "a@evil.example;b@evil.example => SEVERAL write each in a row of its own",
        "8.8.4.0/24, 8.8.5.0/24 => SEVERAL write each in a row of its own",
        "8.8.4.0/24;evil.example => SEVERAL write each in a row of its own",
        "http://a.example/,http://b.example/ => SEVERAL write each in a row of its own",
        "http://a.example/ http://b.example/ => SEVERAL write each in a row of its own",
        "a.example/x, b.example/y => SEVERAL write each in a row of its own",
        "a.example/x b.example => SEVERAL write each in a row of its own",
        "9.9.8.0/24-9.9.9.0/24 => URL which host it means is not clear",
        "9.9.8.0/24:25 => URL which host it means is not clear",
        "9.17.0.0/ 24 => URL which host it means is not clear",
        "9.19.0.0/16,10 => URL which host it means is not clear",
        "9.31.0.0/+24 => URL which host it means is not clear",
        "http://9.9.7.0/24 => URL which host it means is not clear",
        "a.example b.example => SEVERAL write each in a row of its own",
        "<a@evil.example>, <b@evil.example> => SEVERAL write each in a row of its own",
        "evil[.]example/ # x # y [.] => COMMENT",
        "نامه\u200Cای.example => UNSEEN without its joiners",
      })
  void whatIsNotClearIsRefusedWithTheReason(String text, String start) {
    if (start.equals("COMMENT")) {
      assertThat(shown(text)).isEqualTo("COMMENT DEFANGED URL DOMAIN evil.example # x # y [.]");
      return;
    }
    Rewriting rewriting = Rewriting.of(text);
    assertThat(rewriting).isInstanceOf(Rewriting.Refused.class);
    Rewriting.Refused refused = (Rewriting.Refused) rewriting;
    assertThat(refused.forms()).contains(Form.valueOf(start.substring(0, start.indexOf(' '))));
    assertThat(refused.reason()).startsWith(start.substring(start.indexOf(' ') + 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "! comment",
        ";comment",
        "// comment",
        "# comment",
        "[Adblock Plus 2.0]",
        "127.0.0.1 localhost",
        "::1 ip6-localhost ip6-loopback",
        "fe80::1%lo0 localhost",
        "255.255.255.255\tbroadcasthost"
      })
  void linesWithoutIndicatorAreRemarks(String text) {
    assertThat(Rewriting.of(text)).isInstanceOf(Rewriting.Remark.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "SPAM.EXAMPLE",
        "bücher.example",
        "xn--bcher-kva.example",
        "_dmarc.evil10.example",
        "crook@münchen.example",
        "crook+tag@evil.example",
        "198.51.100.7",
        "198.51.100.0/24",
        "198.51.100.7/24",
        "198.51.100.7/33",
        "2001:db8::/32",
        "::ffff:198.51.100.7",
        "192.0.2.1-3.example",
        "localhost",
        "no pattern at all",
        "evil[.example",
        ""
      })
  void everythingElseIsLeftAsItIs(String text) {
    assertThat(Rewriting.of(text)).isEqualTo(Rewriting.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "198.51.100.7/24, 198.51.100.0/24",
    "2001:db8::1/64, 2001:db8::/64",
    "198.51.100.0/24,",
    "198.51.100.7/32,",
    "198.51.100.7,",
    "evil.example/24,"
  })
  void hostBitsAreNoticed(String text, String block) {
    assertThat(IpBlock.around(text)).isEqualTo(block);
  }

  @Property(tries = 3000)
  void whatComesOutIsSoundAndStaysAsItIs(@ForAll("passedOn") String text) {
    if (Rewriting.of(text) instanceof Rewriting.Becomes becomes) {
      assertThat(becomes.indicators()).isNotEmpty();
      for (Indicator each : becomes.indicators()) {
        assertThat(each.fault()).describedAs(text).isNull();
        assertThat(Rewriting.of(each.text())).describedAs(text).isEqualTo(Rewriting.NONE);
      }
    }
  }

  @Property(tries = 2000)
  void noTextIsTooOdd(@ForAll String text) {
    assertThat(Rewriting.of(text)).isNotNull();
  }

  @Provide
  Arbitrary<String> passedOn() {
    Arbitrary<String> piece =
        Arbitraries.of(
            "evil",
            "example",
            ".",
            "[.]",
            "@",
            "[at]",
            "*",
            "||",
            "^",
            "hxxp://",
            "https:",
            "//",
            "/",
            ":",
            "25",
            "198.51.100.7",
            "9",
            "-",
            "0.0.0.0",
            " ",
            "#",
            "\"",
            "<",
            ">",
            "mailto:",
            ",",
            "%",
            "2001:db8::1",
            "\u200B",
            "]",
            "[",
            "$",
            "=",
            "\\.",
            "ü");
    return Combinators.combine(
            piece.list().ofMinSize(1).ofMaxSize(8), Arbitraries.of("", ".example"))
        .as((pieces, end) -> String.join("", pieces) + end);
  }

  private static String shown(String text) {
    Rewriting rewriting = Rewriting.of(text);
    if (rewriting instanceof Rewriting.Becomes becomes) {
      String comment = becomes.comment() == null ? "" : " # " + becomes.comment();
      return becomes.forms().stream()
              .map(Form::name)
              .sorted(byName(text))
              .collect(Collectors.joining(" "))
          + " "
          + becomes.indicators().stream()
              .map(each -> each.type() + " " + each.text())
              .collect(Collectors.joining(" "))
          + comment;
    }
    return rewriting.toString();
  }

  /** In the order of the enum, which they come in. */
  private static java.util.Comparator<String> byName(String ignored) {
    return java.util.Comparator.comparing(Form::valueOf);
  }
}
