package io.sluice.sandbox.fault;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How the API's own answers are written, where a fault bends them.
 *
 * @param perPageCap the most records per page, whatever is asked for
 * @param total from the true total to the one that is told; a negative one is left out; or null
 * @param info whether {@code result_info} is there at all
 * @param record what is done to each record, or null
 * @param numbered whether ids are numbers
 * @param nullIfEmpty whether an empty list is null
 */
public record PageShape(
    int perPageCap,
    @Nullable LongUnaryOperator total,
    boolean info,
    @Nullable UnaryOperator<byte[]> record,
    boolean numbered,
    boolean nullIfEmpty) {
  public static final PageShape TRUE =
      new PageShape(Integer.MAX_VALUE, null, true, null, false, false);
  private static final byte[] EXTRA =
      ",\"x_sandbox\":{\"note\":\"unknown, \\u0074olerate it\",\"n\":12345678901234567890.10}}"
          .getBytes(StandardCharsets.UTF_8);

  PageShape total(LongUnaryOperator told) {
    return new PageShape(perPageCap, told, info, record, numbered, nullIfEmpty);
  }

  PageShape silent() {
    return new PageShape(perPageCap, total, false, record, numbered, nullIfEmpty);
  }

  PageShape cap(int most) {
    return new PageShape(most, total, info, record, numbered, nullIfEmpty);
  }

  public PageShape record(UnaryOperator<byte[]> change) {
    return new PageShape(perPageCap, total, info, change, numbered, nullIfEmpty);
  }

  PageShape numericIds() {
    return new PageShape(perPageCap, total, info, record, true, nullIfEmpty);
  }

  PageShape nullWhereEmpty() {
    return new PageShape(perPageCap, total, info, record, numbered, true);
  }

  PageShape extraFields() {
    return record(
        json -> {
          byte[] longer = Arrays.copyOf(json, json.length - 1 + EXTRA.length);
          System.arraycopy(EXTRA, 0, longer, json.length - 1, EXTRA.length);
          return longer;
        });
  }

  /** A record as it is told. */
  public byte[] shaped(byte[] json) {
    return record == null ? json : record.apply(json);
  }

  /** Both at once; where they disagree, the other's. */
  public PageShape and(PageShape other) {
    UnaryOperator<byte[]> mine = record;
    UnaryOperator<byte[]> its = other.record;
    UnaryOperator<byte[]> both =
        mine == null ? its : its == null ? mine : json -> its.apply(mine.apply(json));
    return new PageShape(
        Math.min(perPageCap, other.perPageCap),
        other.total == null ? total : other.total,
        info && other.info,
        both,
        numbered || other.numbered,
        nullIfEmpty || other.nullIfEmpty);
  }

  /** The {@code result_info} object as JSON; empty if there is to be none. */
  public String info(int page, int perPage, int count, long trueTotal) {
    if (!info) {
      return "";
    }
    long told = total == null ? trueTotal : total.applyAsLong(trueTotal);
    String of = told < 0 ? "" : ",\"total_count\":" + told;
    return "{\"count\":" + count + ",\"page\":" + page + ",\"per_page\":" + perPage + of + "}";
  }
}
