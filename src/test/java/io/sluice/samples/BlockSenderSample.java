package io.sluice.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Makes the block list of 5,000 senders that people try an import with: always the same one, with
 * all that such lists hold. None of its senders is among those that a sandbox makes up.
 *
 * <p>Run it from the project's directory to write the file anew, after {@code mvn package}: {@code
 * java -cp target/test-classes:target/sluice.jar io.sluice.samples.BlockSenderSample}.
 */
final class BlockSenderSample {
  static final Path FILE = Path.of("samples", "block-senders.csv");

  private static final long SEED = 20261003;
  private static final LocalDate FIRST_DAY = LocalDate.of(2025, 1, 7);
  private static final int DAYS = 680;
  private static final int FIRST_TICKET = 10_412;
  private static final int LARGEST_CAMPAIGN = 24;

  /** How the 5,000 rows are shared out. */
  private enum Kind {
    EMAIL(2_640),
    DOMAIN(1_540),
    FOREIGN_DOMAIN(40),
    IPV4(300),
    IPV4_BLOCK(56),
    IPV6(190),
    IPV6_BLOCK(210),
    REGEX(24);

    private final int rows;

    Kind(int rows) {
      this.rows = rows;
    }
  }

  private record Sender(String pattern, String type, boolean regex) {}

  private static final List<Sender> REGEXES =
      List.of(
          email("^(invoice|billing|payment)s?[0-9]{2,4}@.*\\.example$"),
          email("^[a-z]+\\.[a-z]+\\d{3,}@freemail\\.example\\.org$"),
          email("(?i)^(ceo|cfo|director)[._-]?office\\d*@"),
          email("^bounce\\+[0-9a-f]{6,8}@.*\\.invalid$"),
          email("^(?!newsletter@).+@deals-[0-9]+\\.example\\.net$"),
          email("^.+@(login|secure|verify)-(account|sso|mfa)\\d*\\.test$"),
          email("^[^@]++@voicemail(-[a-z]+)?\\.example\\.com$"),
          email("^\\p{IsCyrillic}+@"),
          email("^no-?reply(\\+\\w+)?@[a-z]{2,5}-refund\\.example$"),
          email("^\"?[A-Z]{3,}[, ]+[A-Z]{3,}\"?@quickmail\\.example$"),
          email("^payroll[0-9]{1,3}@(staff|salary|bonus)\\..+"),
          email("^(\\w)\\1{4,}@mailme\\.test$"),
          domain("^([a-z0-9-]+\\.)*parcel-[a-z]+\\d{2,}\\.example$"),
          domain("^(www\\.)?wallet-(airdrop|token)s?\\d*\\.example\\.org$"),
          domain("^[0-9a-f]{12,32}\\.example\\.net$"),
          domain("^xn--.*\\.invalid$"),
          domain("(?i)^exampl[e3]-?(login|secure)\\d*\\.test$"),
          domain("^(?:[a-z]{1,3}\\d{4,}\\.){2,}example\\.com$"),
          domain("^sign[.-]contract\\d{0,3}\\.example(\\.(com|net|org))?$"),
          domain("^(tax|claims)-office-\\d{4}\\.(example|test|invalid)$"),
          ip("^192\\.0\\.2\\.(1[6-9]|2[0-9]|3[01])$"),
          ip("^198\\.51\\.100\\.\\d*[13579]$"),
          ip("^203\\.0\\.113\\.(?:6[4-9]|[78]\\d|9[0-5])$"),
          ip("(?i)^2001:db8:dead:[0-9a-f:]+$"));

  private final Random random = new Random(SEED);
  private final BlockedPatterns patterns = new BlockedPatterns(random);
  private final AnalystComments comments = new AnalystComments(random);
  private final List<Sender> regexes = new ArrayList<>(REGEXES);

  private BlockSenderSample() {
    Collections.shuffle(regexes, random);
  }

  /** Writes the file. */
  public static void main(String[] args) throws IOException {
    Files.write(FILE, bytes());
  }

  /** The whole file. */
  static byte[] bytes() throws IOException {
    return new BlockSenderSample().csv().getBytes(UTF_8);
  }

  private String csv() throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();
    StringBuilder text = new StringBuilder();
    try (CSVPrinter csv = new CSVPrinter(text, format)) {
      csv.printRecord("pattern", "pattern_type", "is_regex", "comments");
      writeRows(csv);
    }
    return text.toString();
  }

  private void writeRows(CSVPrinter csv) throws IOException {
    List<Kind> kinds = kinds();
    int ticket = FIRST_TICKET;
    int row = 0;
    while (row < kinds.size()) {
      LocalDate day = FIRST_DAY.plusDays((long) row * DAYS / kinds.size());
      Campaign campaign = Campaign.of(ticket, day, random);
      String usual = comments.of(campaign);
      int end = Math.min(kinds.size(), row + 1 + random.nextInt(LARGEST_CAMPAIGN));
      for (; row < end; row++) {
        Sender sender = sender(kinds.get(row), campaign);
        String another = sender.regex() ? comments.ofRegex(campaign) : comments.of(campaign);
        String comment = !sender.regex() && random.nextInt(5) < 2 ? usual : another;
        csv.printRecord(sender.pattern(), sender.type(), sender.regex(), comment);
      }
      ticket += 1 + random.nextInt(40);
    }
  }

  private List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      kinds.addAll(Collections.nCopies(kind.rows, kind));
    }
    Collections.shuffle(kinds, random);
    return kinds;
  }

  private Sender sender(Kind kind, Campaign campaign) {
    return switch (kind) {
      case EMAIL -> new Sender(patterns.email(campaign), "EMAIL", false);
      case DOMAIN -> new Sender(patterns.domain(campaign), "DOMAIN", false);
      case FOREIGN_DOMAIN -> new Sender(patterns.foreignDomain(), "DOMAIN", false);
      case IPV4 -> new Sender(patterns.ipv4(), "IP", false);
      case IPV4_BLOCK -> new Sender(patterns.ipv4Block(), "IP", false);
      case IPV6 -> new Sender(patterns.ipv6(), "IP", false);
      case IPV6_BLOCK -> new Sender(patterns.ipv6Block(), "IP", false);
      case REGEX -> regexes.remove(0);
    };
  }

  private static Sender email(String regex) {
    return new Sender(regex, "EMAIL", true);
  }

  private static Sender domain(String regex) {
    return new Sender(regex, "DOMAIN", true);
  }

  private static Sender ip(String regex) {
    return new Sender(regex, "IP", true);
  }
}
