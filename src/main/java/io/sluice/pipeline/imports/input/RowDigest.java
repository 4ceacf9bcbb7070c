package io.sluice.pipeline.imports.input;

import io.sluice.catalog.CommentTag;
import io.sluice.catalog.Defaults;
import io.sluice.catalog.Field;
import io.sluice.catalog.NaturalKey;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Trait;
import io.sluice.disk.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands for a row's identity in 128 bits, and for each field that it gives in 64, so that millions
 * of rows can be compared without being kept. Not safe for use by several threads.
 */
final class RowDigest {
  /** The bit of a row's content that stands for the key. */
  private static final long KEY = 1;

  /** Rows of one identity have the same id, be it a number or a text, or none. */
  private static final String ID = "id";

  private final Resource resource;
  private final List<Field> said;
  private final MessageDigest sha256 = Sha256.begin();
  private final StringBuilder words = new StringBuilder(256);

  /** Two halves of one digest, independent of each other. */
  record Halves(long first, long second) {}

  RowDigest(Resource resource) {
    this.resource = resource;
    this.said = new ArrayList<>(resource.fields());
    CommentTag.expires(resource).ifPresent(said::add);
  }

  /** By the id if there is one, else by the key; empty if the row has neither. */
  Optional<Halves> identity(ObjectNode record) {
    JsonNode id = record.get(ID);
    if (id != null && !id.isNull()) {
      update(ID);
      update(id.asString());
      return Optional.of(halves());
    }
    Optional<NaturalKey> key = NaturalKey.of(resource, record);
    key.ifPresent(found -> found.folded().forEach(this::update));
    return key.map(found -> halves());
  }

  /**
   * Of every known field that the row gives; two spellings of one key count as the same. A row with
   * an id need not give the whole key: what it gives of it counts field by field, but a type that
   * follows from the pattern is no matter.
   *
   * @param uncommented what the row said before a comment was moved into the record, or null
   */
  RowContent content(ObjectNode record, @Nullable ObjectNode uncommented) {
    List<Field> fields = said;
    long[] values = new long[fields.size() + 1];
    long given = 0;
    Optional<NaturalKey> key = wholeKey(record);
    if (key.isPresent()) {
      key.get().folded().forEach(this::update);
      values[0] = halves().first();
      given = KEY;
    }
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      boolean moved = uncommented != null && field.is(Trait.COMMENT);
      JsonNode value =
          field.path().equals(ID) || (key.isPresent() && resource.key().contains(field.path()))
              ? null
              : field.in(moved && uncommented != null ? uncommented : record);
      if (value != null) {
        update(value.toString());
        values[Long.bitCount(given)] = halves().first();
        given |= KEY << (i + 1);
      }
    }
    return new RowContent(given, Arrays.copyOf(values, Long.bitCount(given)));
  }

  private Optional<NaturalKey> wholeKey(ObjectNode record) {
    Optional<NaturalKey> key = NaturalKey.of(resource, record);
    if (key.isPresent()) {
      return key;
    }
    ObjectNode typed = record.deepCopy();
    Defaults.inferType(resource, typed);
    return NaturalKey.of(resource, typed);
  }

  /** The paths of the fields that those bits of a row's content stand for. */
  List<String> fields(long bits) {
    List<String> paths = new ArrayList<>((bits & KEY) == 0 ? List.of() : resource.key());
    for (int i = 0; i < said.size(); i++) {
      if ((bits & (KEY << (i + 1))) != 0) {
        paths.add(said.get(i).path());
      }
    }
    return paths;
  }

  /** Its length before it, so that no two lists of texts read alike. */
  private void update(String text) {
    words.append(text.length()).append(':').append(text);
  }

  private Halves halves() {
    byte[] bytes = words.toString().getBytes(StandardCharsets.UTF_8);
    words.setLength(0);
    ByteBuffer digest = ByteBuffer.wrap(sha256.digest(bytes));
    return new Halves(digest.getLong(), digest.getLong());
  }
}
