package io.sluice.samples;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;

/**
 * A wave of unwanted mail, after which a security team blocks several senders at once.
 *
 * @param ticket where the team wrote it down
 * @param day when the senders were blocked
 * @param analyst who blocked them
 * @param theme what the mail pretends to be
 */
record Campaign(String ticket, LocalDate day, String analyst, Theme theme) {
  private static final List<String> ANALYSTS =
      List.of("Zoë Brönn", "J. Okafor", "M. Lindqvist", "P. Núñez", "佐藤 恵", "S. Petrov", "A. Rao");
  private static final List<Theme> THEMES =
      List.of(
          Theme.of("invoice fraud", "Overdue invoice", "invoice billing payment remittance ledger"),
          Theme.of(
              "parcel phish", "Your parcel is on hold", "parcel delivery courier customs post"),
          Theme.of("payroll phish", "Salary adjustment", "payroll salary benefits bonus staff"),
          Theme.of(
              "credential phish", "Verify your account", "login secure verify account sso mfa"),
          Theme.of("voicemail phish", "Missed call (0:47)", "voicemail fax scan message callback"),
          Theme.of("document phish", "Contract for signature", "docs share sign contract files"),
          Theme.of("refund scam", "Your refund, second notice", "refund tax rebate claims office"),
          Theme.of("executive impersonation", "Quick favour", "ceo director board office private"),
          Theme.of("unwanted bulk mail", "Last chance: 70 % off", "news deals offers promo club"),
          Theme.of("wallet scam", "Airdrop: claim today", "wallet coin airdrop token exchange"));

  /**
   * What such mail pretends to be.
   *
   * @param words what its senders' names are made of
   */
  record Theme(String name, String subject, List<String> words) {
    static Theme of(String name, String subject, String words) {
      return new Theme(name, subject, List.of(words.split(" ", -1)));
    }
  }

  /** Any campaign of that ticket and day. */
  static Campaign of(int ticket, LocalDate day, Random random) {
    return new Campaign("SEC-" + ticket, day, one(ANALYSTS, random), one(THEMES, random));
  }

  /** One of the words of the theme. */
  String word(Random random) {
    return one(theme.words(), random);
  }

  static <T> T one(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
