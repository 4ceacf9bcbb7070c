package io.sluice.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is done to a file, reading it ends in rows, in faults or in an InputException. */
class MutatedInputsTest {
  private static final int INPUTS = 12_000;
  private static final byte[] SPECIAL = {
    0,
    '"',
    ',',
    ';',
    '\t',
    '\n',
    '\r',
    ' ',
    '\\',
    '{',
    '}',
    '[',
    ']',
    '#',
    '\'',
    (byte) 0xff,
    (byte) 0xc3,
    (byte) 0xe2,
    (byte) 0xfe,
    0x1f,
    (byte) 0x8b
  };

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void everyMutatedFileHasACleanVerdict() throws IOException {
    List<Inputs> seeds = seeds();
    Random random = new Random(20261121);
    int read = 0;
    int refused = 0;
    for (int i = 0; i < INPUTS; i++) {
      Inputs seed = seeds.get(i % seeds.size());
      byte[] file = mutated(seed.file(), random);
      Inputs input = new Inputs(seed.resource(), seed.options(), file);
      try {
        assertSound(input.read());
        read++;
      } catch (InputException stop) {
        assertThat(stop.getMessage()).isNotBlank().hasSizeLessThan(2000).doesNotContain("\n", "\0");
        refused++;
      } catch (IOException | RuntimeException | Error wrong) {
        String shown = new String(file, UTF_8);
        throw new AssertionError("input " + i + " of " + input.options() + ": " + shown, wrong);
      }
    }
    assertThat(read).isGreaterThan(INPUTS / 10);
    assertThat(refused).isGreaterThan(INPUTS / 10);
  }

  private static void assertSound(Inputs.Result result) {
    long row = 0;
    for (InputRow each : result.rows()) {
      assertThat(each.row()).isEqualTo(++row);
      for (InputFault fault : each.faults()) {
        assertThat(fault.value().length()).isLessThan(1000);
        assertThat(fault.reason()).isNotBlank().hasSizeLessThan(500).doesNotContain("\n", "\0");
      }
    }
  }

  private static List<Inputs> seeds() throws IOException {
    List<Inputs> seeds = new ArrayList<>();
    try (Sandbox sandbox = Sandbox.builder().start()) {
      for (Resource resource : Catalog.resources()) {
        sandbox.account().seed(resource.name(), 5);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (byte[] record : sandbox.account().raw(resource.name())) {
          lines.writeBytes(record);
          lines.write('\n');
        }
        String jsonl = lines.toString(UTF_8);
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        RowFormat.CSV
            .writer(resource, resource.name().length() % 2 == 0, csv)
            .write(lines.toByteArray(), 0, lines.size());
        seeds.add(Inputs.jsonl(resource.name(), jsonl));
        seeds.add(Inputs.jsonl(resource.name(), "[" + jsonl.strip().replace("\n", ",\n") + "]"));
        seeds.add(Inputs.csv(resource.name(), csv.toString(UTF_8)));
      }
    }
    seeds.add(Inputs.csv("block_senders", "Blocked Sender, Notes\r\na@example.com, \"x, y\"\r\n"));
    seeds.add(Inputs.csv("trusted_domains", "Domain;New;Notes\nx.example;1;\"a\n\"\"b\"\"\"\n"));
    seeds.add(Inputs.list("block_senders", "# list\na@example.com\nb.example # why\n"));
    seeds.add(Inputs.list("domains", "\ufeffx.example\r\ny.example\r\n"));
    seeds.addAll(seeds.stream().map(Inputs::zipped).toList());
    return seeds;
  }

  private static byte[] mutated(byte[] file, Random random) {
    byte[] mutated = file.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      mutated = changed(mutated, random);
    }
    return mutated;
  }

  private static byte[] changed(byte[] file, Random random) {
    int at = random.nextInt(file.length + 1);
    int length = Math.min(file.length - at, 1 + random.nextInt(20));
    byte special = SPECIAL[random.nextInt(SPECIAL.length)];
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    changed.write(file, 0, at);
    switch (random.nextInt(6)) {
      case 0 -> changed.write(special);
      case 1 -> changed.write(file, at, length);
      case 2 -> at += length;
      case 3 -> {
        changed.write(length == 0 ? special : file[at] ^ 1 << random.nextInt(8));
        at += Math.min(1, length);
      }
      case 4 -> {
        changed.write(special);
        at += Math.min(1, length);
      }
      default -> {
        boolean cut = random.nextInt(4) == 0;
        at = cut ? file.length : at;
      }
    }
    changed.write(file, at, file.length - at);
    return changed.toByteArray();
  }
}
