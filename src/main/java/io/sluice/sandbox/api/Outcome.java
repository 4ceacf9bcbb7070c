package io.sluice.sandbox.api;

import io.sluice.sandbox.Problem;
import java.util.List;

/** The outcome of one operation on one record. */
sealed interface Outcome {

  /**
   * It was carried out.
   *
   * @param result the record as it is now, or for a deletion its id, as JSON
   * @param undo takes the operation back, for a batch that fails as a whole
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Done(byte[] result, Runnable undo) implements Outcome {}

  /** It was not carried out, for these reasons; at least one. */
  record Refused(List<Problem> problems) implements Outcome {
    static Refused of(Problem problem) {
      return new Refused(List.of(problem));
    }
  }
}
