package io.sluice.pipeline.compare;

import io.sluice.pipeline.RecordLines;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** The records of one kind on one side: the same ones each time that they are gone through. */
public interface Records extends Closeable {

  /** How many there are, if that is known before they are read. */
  OptionalLong count();

  /** Why they may not be all that there are, in words; none if nothing speaks against it. */
  List<String> doubts();

  /**
   * The fields that none of them gives although a client can write them, as far as they were gone
   * through. Of the records of an account that means nothing; of the rows of a file, that an import
   * leaves these fields as they are.
   */
  default List<String> ungiven() {
    return List.of();
  }

  /** Goes through them from the first one. Blocking. */
  RecordLines open() throws IOException;
}
