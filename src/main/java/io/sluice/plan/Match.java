package io.sluice.plan;

import java.util.List;

/** Which record of the account a row means. */
public sealed interface Match {

  /** None: the account lacks it. */
  record Absent() implements Match {}

  /**
   * This one.
   *
   * @param byId whether the row's id told, rather than its key
   */
  record Found(AccountRecord record, boolean byId) implements Match {}

  /**
   * It cannot be told which.
   *
   * @param code a short stable name of the reason
   * @param message the reason for people, with the ids
   * @param records those that it might be
   */
  record Unclear(String code, String message, List<AccountRecord> records) implements Match {

    /** The ids of the records that it might be; empty where a record has none. */
    public List<String> ids() {
      return records.stream().map(AccountRecord::id).toList();
    }
  }
}
