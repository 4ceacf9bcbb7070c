package io.sluice.job.work;

import io.sluice.disk.PrivateFiles;
import io.sluice.job.store.StoredJson;
import io.sluice.pipeline.ChangeJson;
import io.sluice.pipeline.RunEvent;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** A file of planned changes or of differences, one JSON object a line. Thread-safe; blocking. */
public final class ChangeFile implements Consumer<RunEvent>, Closeable {
  /** Its name in a job's directory. */
  public static final String NAME = "changes.ndjson";

  private final OutputStream out;

  /** Begins the file anew. */
  ChangeFile(Path directory) throws IOException {
    PrivateFiles.createDirectories(directory);
    Path path = directory.resolve(NAME);
    Files.deleteIfExists(path);
    this.out = new BufferedOutputStream(Channels.newOutputStream(PrivateFiles.create(path)));
  }

  @Override
  public void accept(RunEvent event) {
    if (event instanceof RunEvent.ChangePlanned change) {
      add(
          ChangeJson.of(change.line(), change.key(), change.step())
              .put("resource", change.resource().slug()));
    } else if (event instanceof RunEvent.DifferenceFound found) {
      add(ChangeJson.of(found.difference()));
    }
  }

  private synchronized void add(ObjectNode line) {
    try {
      out.write(StoredJson.MAPPER.writeValueAsBytes(line));
      out.write('\n');
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
