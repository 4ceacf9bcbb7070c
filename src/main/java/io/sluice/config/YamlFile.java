package io.sluice.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/** A file of YAML, of which nothing is passed over: no second key or document, and no alias. */
final class YamlFile {
  private static final int LARGEST = 1 << 20;
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private YamlFile() {}

  /**
   * Reads all of it.
   *
   * @throws UsageException if it cannot be read, or is not one document of well-formed YAML
   */
  static JsonNode read(Path path) {
    try {
      byte[] bytes;
      // A device or a pipe has no size to be asked for.
      try (InputStream in = Files.newInputStream(path)) {
        bytes = in.readNBytes(LARGEST + 1);
      }
      if (bytes.length > LARGEST) {
        throw new UsageException(path + " is too large for a file of profiles", null);
      }
      requireUtf8(path, bytes);
      refuseAliases(path, bytes);
      return MAPPER.readTree(bytes);
    } catch (NoSuchFileException missing) {
      throw new UsageException(
          "there is no file of profiles: " + path,
          "make one there, as config/sluice.yaml shows, or give another with --config");
    } catch (IOException unreadable) {
      throw new UsageException(
          "the file of profiles " + path + " cannot be read",
          "give another with --config; config/sluice.yaml is a sample");
    } catch (StreamReadException malformed) {
      String message = malformed.getOriginalMessage();
      boolean twice = message != null && message.startsWith("Duplicate");
      throw new UsageException(
          path + (twice ? " holds a key twice" : " is not well-formed YAML") + where(malformed),
          twice
              ? "leave one of them"
              : "indent with blanks, not with tabs, and put a value that holds ': ' in quotes");
    } catch (JacksonException malformed) {
      throw new UsageException(
          path + " holds more than one document" + where(malformed), "one is read: take '---' out");
    }
  }

  private static void requireUtf8(Path path, byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException otherText) {
      throw new UsageException(path + " is not UTF-8 text", "save the file as UTF-8");
    }
  }

  /** The parser would make a text of the alias's name. */
  private static void refuseAliases(Path path, byte[] bytes) {
    try (YAMLParser parser = (YAMLParser) MAPPER.createParser(bytes)) {
      while (parser.nextToken() != null) {
        if (parser.isCurrentAlias()) {
          throw new UsageException(
              path + " holds an alias in line " + parser.currentTokenLocation().getLineNr(),
              "aliases are not read: write the value itself");
        }
      }
    }
  }

  /** The parser itself knows only where the last good token was. */
  private static String where(JacksonException malformed) {
    if (malformed.getCause() instanceof MarkedYamlEngineException marked
        && marked.getProblemMark().isPresent()) {
      return " in line " + (marked.getProblemMark().get().getLine() + 1);
    }
    var at = malformed.getLocation();
    return at == null || at.getLineNr() < 1 ? "" : " in line " + at.getLineNr();
  }
}
