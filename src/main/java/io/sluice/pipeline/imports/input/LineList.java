package io.sluice.pipeline.imports.input;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lines of a file for people: the first of them, and how many there are. */
final class LineList {
  private static final int SHOWN = 5;

  private final List<Long> first = new ArrayList<>();
  private long count;

  void add(long line) {
    if (++count <= SHOWN) {
      first.add(line);
    }
  }

  long count() {
    return count;
  }

  /** Such as "lines 3, 5", with "and so on" where there are more. */
  @Override
  public String toString() {
    return (count == 1 ? "line " : "lines ")
        + first.stream().map(String::valueOf).collect(Collectors.joining(", "))
        + (count > SHOWN ? " and so on" : "");
  }
}
