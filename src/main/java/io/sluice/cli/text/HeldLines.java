package io.sluice.cli.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Lines that wait to be printed, any number of them, in a file that only its owner can read and
 * that has no name, so that nothing is left of it after a crash.
 */
final class HeldLines implements Closeable {
  private final FileChannel channel;
  private final Writer writer;

  HeldLines(Path directory) throws IOException {
    Path file = Files.createTempFile(directory, ".held.jsonl.", "");
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } finally {
      Files.delete(file);
    }
    writer = new BufferedWriter(Channels.newWriter(channel, UTF_8));
  }

  /** Keeps a line, which holds no line break. */
  void add(String line) throws IOException {
    writer.write(line);
    writer.write('\n');
  }

  /** Lets all lines go, in their order. */
  void release(Consumer<String> to) throws IOException {
    writer.flush();
    channel.position(0);
    BufferedReader reader = new BufferedReader(Channels.newReader(channel, UTF_8));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      to.accept(line);
    }
    channel.truncate(0);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
