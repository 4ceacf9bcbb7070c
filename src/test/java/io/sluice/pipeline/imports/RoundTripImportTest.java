package io.sluice.pipeline.imports;

import static io.sluice.pipeline.imports.ImportTest.assertCounts;
import static io.sluice.report.Outcome.UNCHANGED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.format.InputFormat;
import io.sluice.format.RowFormat;
import io.sluice.format.RowWriter;
import io.sluice.plan.Origin;
import io.sluice.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an account holds, exported and imported again, changes nothing. */
final class RoundTripImportTest {
  @TempDir private Path directory = Path.of("");

  private static Stream<Arguments> all() {
    return Catalog.resources().stream()
        .flatMap(
            resource ->
                Stream.of(RowFormat.JSONL, RowFormat.CSV)
                    .flatMap(
                        format ->
                            Stream.of(Origin.THIS_ACCOUNT, Origin.UNKNOWN)
                                .map(origin -> Arguments.of(resource, format, origin))));
  }

  @ParameterizedTest
  @MethodSource("all")
  void anExportIsAllUnchanged(Resource resource, RowFormat format, Origin origin)
      throws IOException {
    try (Sandbox sandbox = Sandbox.builder().awkward(true).start()) {
      sandbox.account().seed(resource.name(), 1_500);
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      RowWriter writer = format.writer(resource, false, file);
      for (byte[] record : sandbox.account().raw(resource.name())) {
        byte[] line = (new String(record, UTF_8) + "\n").getBytes(UTF_8);
        writer.write(line, 0, line.length);
      }
      Path own = Files.createDirectories(directory.resolve("run"));
      ImportRig rig = new ImportRig(sandbox, own).of(resource.slug()).from(origin, null);
      InputFormat input = format == RowFormat.CSV ? InputFormat.CSV : InputFormat.JSONL;
      ImportResult result = rig.run(input, file.toString(UTF_8));

      assertThat(result.summary().failures()).isEmpty();
      assertCounts(result, UNCHANGED, sandbox.account().count(resource.name()));
      assertThat(sandbox.requestLog().writes()).isZero();
    }
  }
}
