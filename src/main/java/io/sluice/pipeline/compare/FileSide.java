package io.sluice.pipeline.compare;

import io.sluice.catalog.Resource;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.pipeline.InputLines;
import io.sluice.pipeline.RecordLines;
import io.sluice.pipeline.RunEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A file that does not tell which account its records are of. */
record FileSide(String name, OpenedFile source, InputFormat format, Resource resource)
    implements Side {
  @Override
  public @Nullable String account() {
    return null;
  }

  @Override
  public boolean has(Resource wanted) {
    return wanted.equals(resource);
  }

  /** Nothing says how the file was once; rows that cannot be understood are met when it is read. */
  @Override
  public Mono<Void> prepare(List<Resource> resources) {
    return Mono.empty();
  }

  @Override
  public Mono<Records> records(Resource wanted, Path scratch, Consumer<RunEvent> events) {
    return Mono.just(new Written(this));
  }

  /** Its rows. */
  private static final class Written implements Records {
    private final FileSide file;
    private @Nullable InputLines first;

    Written(FileSide file) {
      this.file = file;
    }

    @Override
    public OptionalLong count() {
      return OptionalLong.empty();
    }

    @Override
    public List<String> doubts() {
      return List.of();
    }

    @Override
    public List<String> ungiven() {
      return first == null ? List.of() : first.ungiven();
    }

    @Override
    public RecordLines open() throws IOException {
      InputLines lines =
          InputLines.open(file.resource(), InputOptions.of(file.format()), file.source().open());
      first = first == null ? lines : first;
      return lines;
    }

    @Override
    public void close() {}
  }
}
