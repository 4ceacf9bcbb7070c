package io.sluice.pipeline.imports;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Inputs of many block senders. */
public final class Rows {
  private Rows() {}

  /** So many domains, each with a comment. */
  public static String senders(int from, int to, IntFunction<String> comment) {
    return IntStream.range(from, to)
        .mapToObj(i -> "host" + i + ".example,DOMAIN,false," + comment.apply(i))
        .collect(Collectors.joining("\n", "pattern,pattern_type,is_regex,comments\n", "\n"));
  }

  public static String senders(int count) {
    return senders(0, count, i -> "seen " + i);
  }
}
