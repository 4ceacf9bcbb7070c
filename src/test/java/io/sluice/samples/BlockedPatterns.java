package io.sluice.samples;

import static io.sluice.samples.Campaign.one;

import java.net.IDN;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Senders that a block list may hold, no two alike, and none of them anybody's: all are names and
 * addresses that are reserved for examples (RFC 2606, RFC 6761, RFC 5737, RFC 3849).
 */
final class BlockedPatterns {
  private static final List<String> ENDINGS =
      List.of(
          ".example",
          ".example",
          ".example.com",
          ".example.net",
          ".example.org",
          ".test",
          ".invalid");
  private static final List<String> HOSTS = List.of("mx1", "mail2", "out", "track", "cdn", "www");
  private static final List<String> FREE_MAIL =
      List.of(
          "freemail.example.org",
          "inbox.example.com",
          "postbox.example.net",
          "quickmail.example",
          "mailme.test");
  private static final List<String> FIRST_NAMES =
      List.of(
          "ada", "bruno", "chidi", "dana", "elif", "farid", "greta", "hugo", "ines", "jonas",
          "kenji", "lucia", "marek", "nadia", "omar", "priya", "quentin", "rosa", "sven", "tamar");
  private static final List<String> LAST_NAMES =
      List.of(
          "abbott",
          "bianchi",
          "carter",
          "dubois",
          "eriksen",
          "fischer",
          "garcia",
          "haddad",
          "ivanov",
          "jensen",
          "kowalski",
          "lopez",
          "moreau",
          "nakamura",
          "osei",
          "patel",
          "rossi",
          "schmidt",
          "tanaka",
          "weber");
  private static final List<String> FOREIGN =
      List.of(
          "bestätigung",
          "zahlung-fällig",
          "münchen-paket",
          "sécurité-compte",
          "société-facture",
          "facturación",
          "señal-envío",
          "überweisung",
          "güvenlik-doğrulama",
          "płatność",
          "счёт-оплата",
          "доставка",
          "επαλήθευση",
          "支払い確認",
          "配送通知",
          "결제-확인");
  private static final List<String> V4_NETWORKS = List.of("192.0.2.", "198.51.100.", "203.0.113.");

  private final Random random;
  private final Set<String> taken = new HashSet<>();

  BlockedPatterns(Random random) {
    this.random = random;
  }

  String domain(Campaign campaign) {
    return fresh(() -> (chance(20) ? one(HOSTS, random) + '.' : "") + name(campaign));
  }

  /** A name of other letters than ASCII's, spelled with them or in the form that mail carries. */
  String foreignDomain() {
    String name = fresh(() -> one(FOREIGN, random) + (chance(50) ? "-" + number() : "") + ending());
    return chance(50) ? name : IDN.toASCII(name);
  }

  String email(Campaign campaign) {
    return fresh(
        () ->
            switch (random.nextInt(10)) {
              case 0 -> "bounce+" + Integer.toHexString(random.nextInt()) + '@' + name(campaign);
              case 1, 2, 3, 4 -> campaign.word(random) + '@' + name(campaign);
              case 5 -> "No-Reply@" + name(campaign);
              default -> person() + '@' + one(FREE_MAIL, random);
            });
  }

  String ipv4() {
    return fresh(() -> one(V4_NETWORKS, random) + (10 + random.nextInt(245)));
  }

  String ipv4Block() {
    return fresh(
        () -> {
          int prefix = 26 + random.nextInt(5);
          int size = 1 << (32 - prefix);
          return one(V4_NETWORKS, random) + size * random.nextInt(256 / size) + '/' + prefix;
        });
  }

  String ipv6() {
    return fresh(
        () ->
            switch (random.nextInt(4)) {
              case 0 -> "2001:db8:" + site() + "::" + group();
              case 1 -> "2001:db8:" + site() + ':' + group() + "::25";
              case 2 -> ("2001:0DB8:" + site() + "::" + group()).toUpperCase(Locale.ROOT);
              default ->
                  String.join(":", "2001:db8", site(), group(), group(), group(), group(), group());
            });
  }

  String ipv6Block() {
    return fresh(
        () ->
            switch (random.nextInt(3)) {
              case 0 -> "2001:db8:" + site() + "::/48";
              case 1 ->
                  "2001:db8:"
                      + site()
                      + ':'
                      + Integer.toHexString((1 + random.nextInt(255)) << 8)
                      + "::/56";
              default -> "2001:db8:" + site() + ':' + group() + "::/64";
            });
  }

  /** The supplier's first text that was not given out before, in any case. */
  private String fresh(Supplier<String> supplier) {
    String text = supplier.get();
    while (!taken.add(text.toLowerCase(Locale.ROOT))) {
      text = supplier.get();
    }
    return text;
  }

  private String name(Campaign campaign) {
    String first = campaign.word(random);
    String second = campaign.word(random);
    String words = first.equals(second) ? first : first + '-' + second;
    return words + (chance(70) ? (chance(50) ? "-" : "") + number() : "") + ending();
  }

  private String person() {
    String separator = one(List.of(".", "_", ""), random);
    return one(FIRST_NAMES, random)
        + separator
        + one(LAST_NAMES, random)
        + (chance(60) ? String.valueOf(number()) : "");
  }

  private String ending() {
    return one(ENDINGS, random);
  }

  private int number() {
    return 2 + random.nextInt(chance(50) ? 98 : 4998);
  }

  private String site() {
    return Integer.toHexString(0x1000 + random.nextInt(0xF000));
  }

  private String group() {
    return Integer.toHexString(1 + random.nextInt(0xFFFF));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
