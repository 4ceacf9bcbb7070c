package io.sluice.pipeline.imports.input;

import io.sluice.hash.LongTable;
import io.sluice.pipeline.imports.input.ValidatedRow.Repetition;

/**
 * The rows that share their identity with others: for each identity the row that counts, and
 * whether they contradict each other. What a row does not give contradicts nothing: of rows that
 * agree the one that gives all that any of them gives counts. Takes about 150 bytes for each
 * identity that repeats, nothing for others.
 */
final class RepeatedRows {
  private final Duplicates policy;
  private int size;
  private LongTable identities = LongTable.of(64);
  private Group[] groups = new Group[64];

  private static final class Group {
    private final long firstRow;
    private final long firstLine;
    private boolean shared;
    private long row;
    private long line;

    /** What the row that counts says; or all rows together, until one of them contradicts. */
    private RowContent content;

    /** The fields that the row gives which counts. */
    private long given;

    private long conflicts;

    /** The fields that some rows give and others do not. */
    private long uneven;

    Group(long row, long line, RowContent content) {
      this.firstRow = row;
      this.firstLine = line;
      counts(row, line, content);
      this.content = content;
    }

    private void counts(long newRow, long newLine, RowContent said) {
      row = newRow;
      line = newLine;
      given = said.given();
    }

    void add(Duplicates policy, RowContent said, long newRow, long newLine) {
      conflicts |= content.differences(said);
      uneven |= content.given() ^ said.given();
      switch (policy) {
        case REFUSE -> {
          if (said.beyond(content) != 0) {
            content = content.and(said);
          }
          if (Long.bitCount(said.given()) > Long.bitCount(given)) {
            counts(newRow, newLine, said);
          }
        }
        case FIRST -> conflicts |= said.beyond(content);
        case LAST -> {
          conflicts |= content.beyond(said);
          content = said;
          counts(newRow, newLine, said);
        }
      }
    }

    Repetition of(Duplicates policy, RowContent said, long number) {
      if (policy == Duplicates.REFUSE) {
        long lacking = shared ? uneven : content.given() & ~given;
        long wrong = conflicts != 0 ? conflicts : lacking;
        if (wrong != 0) {
          return new Repetition.Contradicted(firstRow, firstLine, wrong, conflicts == 0);
        }
        return row == number || shared
            ? Repetition.NONE
            : new Repetition.Repeats(line, said.given() != given);
      } else if (shared) {
        return conflicts == 0
            ? Repetition.NONE
            : new Repetition.Contradicted(firstRow, firstLine, conflicts, false);
      } else if (row == number) {
        return Repetition.NONE;
      }
      boolean same = content.differences(said) == 0 && said.beyond(content) == 0;
      return same
          ? new Repetition.Repeats(line, said.given() != given)
          : new Repetition.Superseded(line);
    }
  }

  /**
   * No rows yet.
   *
   * @param policy which of them counts where they contradict each other
   */
  RepeatedRows(Duplicates policy) {
    this.policy = policy;
  }

  /**
   * Notes a row whose identity repeats; rows come in the order of the file.
   *
   * @param row its number; several may begin on one line
   * @param line where it begins
   * @param several whether the row stands for other records, too. Such a row may be invalid because
   *     of another of them, so nothing is concluded from what it repeats: the plan sees to that
   */
  void note(long identity, RowContent content, long row, long line, boolean several) {
    if (LongTable.isFull(size + 1L, identities.capacity())) {
      grow();
    }
    int slot = identities.place(key(identity));
    Group group = groups[slot];
    if (group == null) {
      group = new Group(row, line, content);
      identities.put(slot, key(identity));
      groups[slot] = group;
      size++;
    } else {
      group.add(policy, content, row, line);
    }
    group.shared |= several;
  }

  /** What {@link #note} has learned about the row of that number, once all rows were noted. */
  Repetition of(long identity, RowContent content, long row) {
    Group group = groups[identities.place(key(identity))];
    return group == null ? Repetition.NONE : group.of(policy, content, row);
  }

  /** An identity of 0 is as good as 1: it is as unlikely as any two that are the same. */
  private static long key(long identity) {
    return identity == 0 ? 1 : identity;
  }

  private void grow() {
    LongTable oldIdentities = identities;
    Group[] oldGroups = groups;
    int capacity = oldIdentities.capacity() * 2;
    identities = LongTable.of(capacity);
    groups = new Group[capacity];
    for (int i = 0; i < oldIdentities.capacity(); i++) {
      long identity = oldIdentities.at(i);
      if (identity != 0) {
        int slot = identities.place(identity);
        identities.put(slot, identity);
        groups[slot] = oldGroups[i];
      }
    }
  }
}
