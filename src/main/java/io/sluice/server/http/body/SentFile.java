package io.sluice.server.http.body;

import io.sluice.server.http.ProblemException;
import java.util.Optional;
import reactor.core.publisher.Flux;

/** A file in a request's body. For one reading. */
sealed interface SentFile permits RawFile, FormFile {

  /** Its bytes, as they come. */
  Flux<byte[]> bytes();

  /** What it is called where it comes from, if that was told. Known once all bytes have come. */
  Optional<String> name();

  /**
   * To be called when the bytes have ended.
   *
   * @throws ProblemException if they have not come to the file's end
   */
  void requireWhole();
}
