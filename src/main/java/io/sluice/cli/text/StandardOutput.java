package io.sluice.cli.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import reactor.core.Exceptions;

/**
 * Standard output in UTF-8, whatever the locale says. Once its reader is gone, as {@code head} is
 * after some lines, what is written is dropped.
 */
public final class StandardOutput extends PrintStream {
  /** What a shell reports of a program that writes to a pipe without a reader: 128 and SIGPIPE. */
  public static final int READER_GONE = 141;

  private final Pipe pipe;

  private StandardOutput(Pipe pipe) {
    super(new BufferedOutputStream(pipe), true, UTF_8);
    this.pipe = pipe;
  }

  /** The process's own. */
  public static StandardOutput ofProcess() {
    return new StandardOutput(new Pipe(new FileOutputStream(FileDescriptor.out)));
  }

  /** True if nothing reads standard output any more. */
  public static boolean isReaderGone() {
    System.out.flush();
    return System.out instanceof StandardOutput own && own.pipe.gone;
  }

  /** True if an error says that of the stream that was written to. */
  public static boolean isReaderGone(Throwable error) {
    return Exceptions.unwrap(error) instanceof IOException lost
        && "Broken pipe".equals(lost.getMessage());
  }

  private static final class Pipe extends OutputStream {
    private final OutputStream out;
    private volatile boolean gone;

    Pipe(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (gone) {
        return;
      }
      try {
        out.write(bytes, from, length);
      } catch (IOException unwritable) {
        gone = isReaderGone(unwritable);
        if (!gone) {
          throw unwritable;
        }
      }
    }
  }
}
