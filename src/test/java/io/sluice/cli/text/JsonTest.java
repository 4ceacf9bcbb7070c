package io.sluice.cli.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON that is written while it is made. */
final class JsonTest {
  @Test
  void itemsAreWrittenInTheirPlaceAsTheyCome() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ObjectNode tree = Json.MAPPER.createObjectNode().put("exit", 0);
    ArrayNode place = tree.putArray("runs").addObject().put("name", "ü").putArray("results");
    tree.putNull("none").putArray("empty");
    int[] written = new int[1];

    Json.write(
        out,
        tree,
        place,
        IntStream.range(0, 20_000)
            .mapToObj(
                i -> {
                  written[0] = out.size();
                  return (JsonNode) Json.MAPPER.createObjectNode().put("i", i);
                })
            .iterator());

    IntStream.range(0, 20_000).forEach(i -> place.addObject().put("i", i));
    assertThat(out.toString(UTF_8)).isEqualTo(tree.toString());
    assertThat(written[0]).as("bytes before the last item").isGreaterThan(100_000);
  }
}
