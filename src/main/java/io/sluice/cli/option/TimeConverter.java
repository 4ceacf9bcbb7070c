package io.sluice.cli.option;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a point in time: {@code 2026-11-01} (UTC), a time in RFC 3339, or {@code 30d} ago. */
public final class TimeConverter implements ITypeConverter<Instant> {
  private static final Pattern AGO = Pattern.compile("(\\d{1,5})([dh])");

  @Override
  public Instant convert(String text) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      long amount = Long.parseLong(ago.group(1));
      Duration span = ago.group(2).equals("d") ? Duration.ofDays(amount) : Duration.ofHours(amount);
      return Instant.now().minus(span);
    }
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException unreadable) {
      throw new TypeConversionException(
          "'" + text + "' is not a time like 2026-11-01, 2026-11-01T06:00:00Z or 30d");
    }
  }
}
