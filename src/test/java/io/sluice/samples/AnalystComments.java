package io.sluice.samples;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What analysts write beside the senders that they block: in haste, each in his own manner. */
final class AnalystComments {
  private final Random random;

  AnalystComments(Random random) {
    this.random = random;
  }

  /** What one of them might write; null for nothing. */
  @Nullable String of(Campaign campaign) {
    String ticket = campaign.ticket();
    String theme = campaign.theme().name();
    String subject = campaign.theme().subject();
    String analyst = campaign.analyst();
    String day = campaign.day().toString();
    return switch (random.nextInt(24)) {
      case 0, 1, 2 -> null;
      case 3, 4, 5 -> ticket;
      case 6, 7 -> "phish kit seen " + day;
      case 8 -> ticket + ": " + theme;
      case 9 -> ticket + ": " + theme + ", reported by " + analyst;
      case 10 -> ticket + ": subject \"" + subject + "\"";
      case 11 -> "\"" + subject + "\", " + many() + " recipients, none replied";
      case 12 -> ticket + "; " + few() + " users clicked, passwords reset, sessions revoked";
      case 13 -> "spam trap hit ×" + many() + ", " + day;
      case 14 -> "partner feed " + day + ", confidence " + (60 + 5 * random.nextInt(9)) + " %";
      case 15 -> ticket + " – keep until " + campaign.day().plusYears(1) + " (legal hold)";
      case 16 -> "gemeldet von " + analyst + ", gefälschter Absender, siehe " + ticket;
      case 17 -> "signalé le " + day + ", à revoir après l’enquête (" + ticket + ")";
      case 18 -> ticket + " 迷惑メール、報告者 " + analyst;
      case 19 -> "⚠ " + theme + "; do not unblock without asking " + analyst;
      case 20 -> "lookalike of our own domain; takedown requested " + day;
      case 21 -> theme + ", wave " + few() + " of " + ticket;
      case 22 -> "sandbox verdict: malicious, \"macro downloader\", " + day;
      default -> ticket + ", " + day + ", " + theme;
    };
  }

  /** What one of them might write beside an expression; null for nothing. */
  @Nullable String ofRegex(Campaign campaign) {
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> campaign.ticket() + ": one expression in place of " + many() + " addresses";
      case 2 -> "tried on last month's mail, no false positives (" + campaign.ticket() + ")";
      default -> campaign.ticket() + ", to be reviewed " + campaign.day().plusMonths(6);
    };
  }

  private int few() {
    return 2 + random.nextInt(4);
  }

  private int many() {
    return 11 + random.nextInt(380);
  }
}
