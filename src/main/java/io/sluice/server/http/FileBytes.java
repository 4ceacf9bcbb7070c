package io.sluice.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

/** A file's bytes as they are asked for, read on a thread that may wait. No link is followed. */
final class FileBytes {
  private static final int CHUNK = 32 * 1024;

  private FileBytes() {}

  /** The first so many bytes of a file. Errors if it has become shorter meanwhile. */
  static Flux<ByteBuf> of(Path path, long length, ByteBufAllocator buffers) {
    return Flux.<ByteBuf, FileChannel>using(
            () ->
                FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)),
            channel ->
                Flux.generate(() -> 0L, (done, sink) -> next(channel, done, length, buffers, sink)),
            FileBytes::close)
        .subscribeOn(Schedulers.boundedElastic());
  }

  private static Long next(
      FileChannel channel,
      long done,
      long length,
      ByteBufAllocator buffers,
      SynchronousSink<ByteBuf> sink) {
    if (done == length) {
      sink.complete();
      return done;
    }
    int wanted = (int) Math.min(CHUNK, length - done);
    ByteBuf buffer = buffers.buffer(wanted);
    try {
      int read = buffer.writeBytes(channel, done, wanted);
      if (read <= 0) {
        buffer.release();
        sink.error(new EOFException("the file has become shorter"));
        return done;
      }
      sink.next(buffer);
      return done + read;
    } catch (IOException unreadable) {
      buffer.release();
      sink.error(unreadable);
      return done;
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException unclosable) {
      throw new UncheckedIOException(unclosable);
    }
  }
}
