package io.sluice.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Snapshots of made-up lists that look like those that grew over years. */
final class StoredLists {
  private final Random random = new Random(5);
  private final Path directory;
  private final String time;
  private final List<String> entries = new ArrayList<>();

  private StoredLists(Path directory, String time) {
    this.directory = directory;
    this.time = time;
  }

  /** Blocked senders and allow policies, so many of each, of which some are expressions. */
  static Path crossed(Path directory, int blocked, int allowed, int expressions)
      throws IOException {
    StoredLists lists = new StoredLists(directory, "2026-01-01T00:00:00Z");
    Files.createDirectories(directory);
    String policy =
        ",\"is_trusted_sender\":false,\"is_acceptable_sender\":true,"
            + "\"is_exempt_recipient\":false,\"verify_sender\":true";
    lists.write("allow-policies", lists.records("a", allowed, expressions / 2, policy));
    lists.write("block-senders", lists.records("b", blocked, expressions - expressions / 2, ""));
    return lists.end();
  }

  /** One snapshot of a day with these records of block senders. */
  static void day(Path directory, int day, List<String> lines) throws IOException {
    String date = LocalDate.of(2024, 1, 1).plusDays(day).toString();
    StoredLists lists = new StoredLists(directory.resolve(date + "T020000Z"), date + "T02:00:00Z");
    Files.createDirectories(lists.directory);
    lists.write("block-senders", lines);
    lists.end();
  }

  /** One record of a list that changes from day to day. */
  static String sender(long number, String comment) {
    return record("d", number, "DOMAIN", "d" + number + ".example", false, comment, "");
  }

  private List<String> records(String prefix, int count, int expressions, String more) {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String comment = "ticket " + i;
      if (i < expressions) {
        records.add(record(prefix, i, "EMAIL", expression(i), true, comment, more));
      } else if (i % 10 < 5) {
        records.add(record(prefix, i, "DOMAIN", domain(), false, comment, more));
      } else if (i % 10 < 8) {
        String address = "user" + random.nextInt(10_000) + "@" + domain();
        records.add(record(prefix, i, "EMAIL", address, false, comment, more));
      } else {
        records.add(record(prefix, i, "IP", ip(), false, comment, more));
      }
    }
    return records;
  }

  private String domain() {
    return "d" + random.nextInt(200_000) + "." + (char) ('a' + random.nextInt(8)) + ".example";
  }

  private String ip() {
    return (20 + random.nextInt(80))
        + "."
        + random.nextInt(256)
        + "."
        + random.nextInt(256)
        + "."
        + random.nextInt(256);
  }

  private static String expression(int i) {
    return switch (i % 5) {
      case 0 -> ".*@d" + i + "\\\\.[a-h]\\\\.example$";
      case 1 -> "^user" + i + "[0-9]*@.*\\\\.example$";
      case 2 -> "promo.*" + i + ".*@";
      case 3 -> "(news|info)" + i + "@";
      default -> "[a-z]+" + i + "@.+\\\\.(com|net|example)$";
    };
  }

  private static String record(
      String prefix,
      long number,
      String type,
      String pattern,
      boolean regex,
      String comment,
      String more) {
    return String.format(
        Locale.ROOT,
        "{\"id\":\"%s-%032x\",\"created_at\":\"2026-01-01T00:00:00Z\",\"pattern\":\"%s\","
            + "\"pattern_type\":\"%s\",\"is_regex\":%s,\"comments\":\"%s\"%s}",
        prefix,
        number,
        pattern,
        type,
        regex,
        comment,
        more);
  }

  private void write(String resource, List<String> lines) throws IOException {
    MessageDigest digest = sha256();
    long bytes = 0;
    Path file = directory.resolve(resource + ".jsonl");
    try (OutputStream out =
        new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), digest)) {
      for (String line : lines) {
        byte[] encoded = (line + "\n").getBytes(UTF_8);
        out.write(encoded);
        bytes += encoded.length;
      }
    }
    entries.add(
        String.format(
            Locale.ROOT,
            "{\"resource\":\"%s\",\"file\":\"%s.jsonl\",\"format\":\"jsonl\",\"gzip\":false,"
                + "\"rows\":%d,\"bytes\":%d,\"sha256\":\"%s\",\"pages\":1,\"filters\":{},"
                + "\"consistent\":true}",
            resource,
            resource,
            lines.size(),
            bytes,
            HexFormat.of().formatHex(digest.digest())));
  }

  private Path end() throws IOException {
    Files.writeString(
        directory.resolve("manifest.json"),
        "{\"format_version\":1,\"tool_version\":\"bench\",\"account_id\":\"bench\","
            + "\"base_url\":\"http://127.0.0.1:1/client/v4\",\"started_at\":\""
            + time
            + "\",\"finished_at\":\""
            + time
            + "\",\"resources\":["
            + String.join(",", entries)
            + "],\"unavailable\":[]}");
    return directory;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
