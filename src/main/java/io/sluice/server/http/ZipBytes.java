package io.sluice.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

/** Files as the bytes of one zip, packed as they are asked for. For one subscriber. */
final class ZipBytes implements Closeable {
  private static final int CHUNK = 64 * 1024;

  private final Iterator<Path> files;
  private final ByteBufAllocator buffers;
  private final Sink sink = new Sink();
  private final ZipOutputStream zip = new ZipOutputStream(sink);
  private final byte[] chunk = new byte[CHUNK];
  private @Nullable InputStream file;
  private boolean finished;

  private ZipBytes(List<Path> files, ByteBufAllocator buffers) {
    this.files = files.iterator();
    this.buffers = buffers;
  }

  /** A zip of those files by their names, read on a thread that may wait. No link is followed. */
  static Flux<ByteBuf> of(List<Path> files, ByteBufAllocator buffers) {
    return Flux.<ByteBuf, ZipBytes>generate(
            () -> new ZipBytes(files, buffers), ZipBytes::next, ZipBytes::end)
        .subscribeOn(Schedulers.boundedElastic());
  }

  private ZipBytes next(SynchronousSink<ByteBuf> out) {
    ByteBuf buffer = buffers.buffer(CHUNK);
    try {
      sink.target = new ByteBufOutputStream(buffer);
      while (!buffer.isReadable() && !finished) {
        step();
      }
    } catch (IOException unreadable) {
      buffer.release();
      out.error(unreadable);
      return this;
    }
    if (buffer.isReadable()) {
      out.next(buffer);
    } else {
      buffer.release();
      out.complete();
    }
    return this;
  }

  private void step() throws IOException {
    InputStream open = file;
    if (open == null && files.hasNext()) {
      Path path = files.next();
      file = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
      zip.putNextEntry(new ZipEntry(String.valueOf(path.getFileName())));
    } else if (open == null) {
      finished = true;
      zip.finish();
    } else {
      int read = open.read(chunk);
      if (read < 0) {
        open.close();
        file = null;
        zip.closeEntry();
      } else {
        zip.write(chunk, 0, read);
      }
    }
  }

  private static void end(ZipBytes zip) {
    try {
      zip.close();
    } catch (IOException unclosable) {
      throw new UncheckedIOException(unclosable);
    }
  }

  /** Nothing of what the zip still holds goes out. */
  @Override
  public void close() throws IOException {
    sink.target = OutputStream.nullOutputStream();
    if (file != null) {
      file.close();
    }
    zip.close();
  }

  /** Writes to whatever takes bytes just now. */
  private static final class Sink extends OutputStream {
    private OutputStream target = OutputStream.nullOutputStream();

    @Override
    public void write(int b) throws IOException {
      target.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      target.write(bytes, offset, length);
    }
  }
}
