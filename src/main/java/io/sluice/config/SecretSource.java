package io.sluice.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Finds a secret where a profile says it is: {@code env:NAME}, {@code file:PATH}, or literally. */
public final class SecretSource {
  private static final long LARGEST = 8 * 1024;

  private final Environment environment;

  SecretSource(Environment environment) {
    this.environment = environment;
  }

  /** True if the text is the secret itself. */
  static boolean isLiteral(String reference) {
    return !reference.startsWith("env:") && !reference.startsWith("file:");
  }

  /** The secret; {@code what} names it in error messages, which never hold it. */
  String resolve(String what, String reference) {
    if (reference.startsWith("env:")) {
      String name = reference.substring(4);
      String value = environment.get(name);
      if (value == null) {
        throw new UsageException(
            what + " is in the environment variable " + name + ", which is not set", null);
      }
      return usable(what, value);
    }
    if (reference.startsWith("file:")) {
      return readFile(what, reference.substring(5));
    }
    return usable(what, reference);
  }

  /** The content of a file that holds nothing but a secret, without the line's end. */
  public static String readFile(String what, String path) {
    return usable(what, text(what, path).strip());
  }

  /**
   * The content of a file that holds nothing but a password, without the line's end. It may hold
   * whatever a person can type.
   */
  public static String readPassword(String what, String path) {
    String password = text(what, path).strip();
    if (password.isEmpty() || password.chars().anyMatch(Character::isISOControl)) {
      throw new UsageException(
          what + " is empty, or holds a control character",
          "the file " + path + " should hold it on one line, and nothing else");
    }
    return password;
  }

  private static String text(String what, String path) {
    try {
      Path file = Path.of(path);
      if (Files.size(file) > LARGEST) {
        throw new UsageException(what + " is in " + path + ", which is too large for one", null);
      }
      return Files.readString(file, UTF_8);
    } catch (CharacterCodingException otherText) {
      throw new UsageException(
          what + " is in the file " + path + ", which is not UTF-8 text", "save the file as UTF-8");
    } catch (InvalidPathException unusable) {
      throw ProcessText.unusableName(path, unusable.getReason());
    } catch (IOException unreadable) {
      throw new UsageException(
          what + " is in the file " + path + ", which cannot be read",
          "does it exist, and may this user read it?");
    }
  }

  /** Refuses what cannot travel in a header, without repeating it. */
  static String usable(String what, String secret) {
    boolean printable = secret.chars().allMatch(c -> c > ' ' && c < 127);
    if (secret.isEmpty() || !printable) {
      throw new UsageException(
          what + " is empty, or holds a blank or a character that no token has",
          "was it copied whole, and on one line?");
    }
    return secret;
  }
}
