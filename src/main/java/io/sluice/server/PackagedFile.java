package io.sluice.server;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.sluice.disk.Sha256;
import io.sluice.job.files.JobFiles;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.MediaTypes;
import io.sluice.server.http.Problem;
import io.sluice.server.http.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A file out of the jar. Blocking. */
final class PackagedFile {
  private static final int TAG = 16;

  private PackagedFile() {}

  /**
   * Answers with a file, or with the word that the caller has it already.
   *
   * @param folder where it is, by a class of this package or from the root
   * @param name its name below the folder, which never leads out of it
   */
  static Answer answer(Exchange exchange, String folder, String name) throws IOException {
    for (String part : name.split("/", -1)) {
      if (!JobFiles.isName(part)) {
        throw missing();
      }
    }
    try (InputStream in = PackagedFile.class.getResourceAsStream(folder + name)) {
      if (in == null) {
        throw missing();
      }
      byte[] bytes = in.readAllBytes();
      String digest = HexFormat.of().formatHex(Sha256.begin().digest(bytes), 0, TAG);
      String tag = "\"" + digest + "\"";
      Map<String, String> headers = Map.of("ETag", tag);
      return isHeld(tag, exchange.header(HttpHeaderNames.IF_NONE_MATCH))
          ? new Answer.Empty(304, headers)
          : new Answer.Bytes(200, MediaTypes.of(name), bytes, headers);
    }
  }

  /**
   * True if a condition names the tag, as it is or weak, which a proxy that compresses makes of it
   * (RFC 9110, section 13.1.2).
   */
  private static boolean isHeld(String tag, @Nullable String condition) {
    return condition != null
        && Stream.of(condition.split(",", -1))
            .map(String::strip)
            .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
  }

  /** A file that there is, with another status. */
  static Answer of(int status, String folder, String name) {
    try (InputStream in = PackagedFile.class.getResourceAsStream(folder + name)) {
      if (in == null) {
        throw missing();
      }
      return new Answer.Bytes(status, MediaTypes.of(name), in.readAllBytes(), Map.of());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static ProblemException missing() {
    return Problem.missing("there is no such file").exception();
  }
}
