package io.sluice.server.http;

import io.netty.buffer.ByteBuf;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.reactivestreams.Publisher;

/** The answer of a route. */
public sealed interface Answer {

  /** The HTTP status. */
  int status();

  /** Headers beyond those that every answer has. */
  Map<String, String> headers();

  /** Something as JSON, in snake case. */
  record Json(int status, Object body, Map<String, String> headers) implements Answer {
    public static Json ok(Object body) {
      return new Json(200, body, Map.of());
    }
  }

  /** Bytes of some type. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Bytes(int status, String type, byte[] body, Map<String, String> headers)
      implements Answer {}

  /**
   * Another answer, with what the audit trail is to keep besides its status.
   *
   * @param detail what would not be known later
   */
  record Noted(Answer answer, String detail) implements Answer {
    @Override
    public int status() {
      return answer.status();
    }

    @Override
    public Map<String, String> headers() {
      return answer.headers();
    }
  }

  /** Nothing. */
  record Empty(int status, Map<String, String> headers) implements Answer {}

  /**
   * A file, as it streams from the disk.
   *
   * @param length how many of its bytes; it may be growing
   */
  record Stored(Path path, long length, String type, Map<String, String> headers)
      implements Answer {
    @Override
    public int status() {
      return 200;
    }
  }

  /** Files as one zip, packed while it is sent. */
  record Packed(List<Path> files, Map<String, String> headers) implements Answer {
    @Override
    public int status() {
      return 200;
    }
  }

  /** Something that is made while it is sent. */
  record Streamed(String type, Publisher<ByteBuf> content, Map<String, String> headers)
      implements Answer {
    @Override
    public int status() {
      return 200;
    }
  }

  /** Server-sent events; each buffer goes out at once. */
  record Events(Publisher<ByteBuf> frames) implements Answer {
    @Override
    public int status() {
      return 200;
    }

    @Override
    public Map<String, String> headers() {
      return Map.of("Cache-Control", "no-store", "X-Accel-Buffering", "no");
    }
  }
}
