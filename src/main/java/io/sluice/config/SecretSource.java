package io.sluice.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** Finds a secret where a profile says it is: {@code env:NAME}, {@code file:PATH}, or literally. */
public final class SecretSource {
  private static final int LARGEST = 8 * 1024;

  /** Far less than any token has; but test systems have tokens of their own. */
  private static final int SHORTEST = 8;

  /** Whatever a bearer token cannot hold. Source: RFC 6750, section 2.1. */
  private static final Pattern PLACEHOLDER = Pattern.compile("[^A-Za-z0-9._~+/=-]");

  private final Environment environment;

  SecretSource(Environment environment) {
    this.environment = environment;
  }

  /** True if the text is the secret itself. */
  static boolean isLiteral(String reference) {
    return !reference.startsWith("env:") && !reference.startsWith("file:");
  }

  /** The token or key; {@code what} names it in error messages, which never hold it. */
  String resolve(String what, String reference) {
    if (reference.startsWith("env:")) {
      String name = reference.substring(4);
      String value = environment.get(name);
      if (value == null) {
        throw new UsageException(
            what + " is in the environment variable " + name + ", which is not set", null);
      }
      return token(what + " in the environment variable " + name, value);
    }
    if (reference.startsWith("file:")) {
      return readToken(what, reference.substring(5));
    }
    return token(what, reference);
  }

  /**
   * Whatever stands at that place; {@code what} names it in error messages, which never hold it.
   */
  String text(String what, String reference) {
    if (reference.startsWith("file:")) {
      return usable(what, content(what, reference.substring(5)));
    }
    return usable(what, variable(what, reference));
  }

  /** A header of a request, which may hold blanks; {@code what} names it in error messages. */
  String header(String what, String reference) {
    if (reference.startsWith("file:")) {
      return readPassword(what, reference.substring(5));
    }
    String value = variable(what, reference);
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new UsageException(what + " holds a control character", null);
    }
    return value;
  }

  private String variable(String what, String reference) {
    String name = reference.substring(reference.indexOf(':') + 1);
    String value = environment.get(name);
    if (value == null) {
      throw new UsageException(
          what + " is in the environment variable " + name + ", which is not set", null);
    }
    return value;
  }

  /**
   * The content of a file that holds nothing but a password, without the line's end. It may hold
   * whatever a person can type.
   */
  public static String readPassword(String what, String path) {
    String password = content(what, path);
    if (password.isEmpty() || password.chars().anyMatch(Character::isISOControl)) {
      throw new UsageException(
          what + " is empty, or holds a control character",
          "the file " + path + " should hold it on one line, and nothing else");
    }
    return password;
  }

  private static String content(String what, String path) {
    try {
      Path file = Path.of(path);
      byte[] bytes;
      // A device or a pipe has no size to be asked for.
      try (InputStream in = Files.newInputStream(file)) {
        bytes = in.readNBytes(LARGEST + 1);
      }
      if (bytes.length > LARGEST) {
        throw new UsageException(what + " is in " + path + ", which is too large for one", null);
      }
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().strip();
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

  /**
   * The content of a file that holds nothing but an API token, without the line's end.
   *
   * @throws UsageException if it cannot be read, or holds what cannot be a token
   */
  static String readToken(String what, String path) {
    return token(what + " in the file " + path, content(what, path));
  }

  /**
   * Refuses what cannot be a token or key of Cloudflare's, without repeating it. Source: its
   * documentation, "Token formats": 40 letters and digits, or a prefix, 40 characters and a
   * checksum; 37 to 45 hex digits for a global key. This takes more than that.
   */
  static String token(String what, String secret) {
    String lower = secret.toLowerCase(Locale.ROOT);
    if (lower.startsWith("bearer ") || lower.startsWith("authorization:")) {
      throw new UsageException(
          what + " begins with '" + secret.split("[ :]", 2)[0] + "'",
          "give the token alone; Sluice adds the rest of the header");
    }
    usable(what, secret);
    if (PLACEHOLDER.matcher(secret).find()) {
      throw new UsageException(
          what
              + " looks like a placeholder: it holds quotation marks, brackets, a dollar sign or"
              + " another character that no token has",
          "put the token itself there, without quotation marks");
    }
    if (secret.length() < SHORTEST) {
      throw new UsageException(
          what
              + " is too short: it has "
              + secret.length()
              + " of the 37 or more characters of one",
          "was it copied completely?");
    }
    return secret;
  }

  /** Refuses what cannot be an e-mail address. */
  static String email(String what, String address) {
    usable(what, address);
    int at = address.indexOf('@');
    if (at < 1 || at == address.length() - 1) {
      throw new UsageException(
          what + " is not an e-mail address",
          "it is the address of the user whose global API key this is; a token goes without one");
    }
    return address;
  }

  /** Refuses what cannot travel in a header, without repeating it. */
  static String usable(String what, String secret) {
    boolean printable = secret.chars().allMatch(c -> c > ' ' && c < 127);
    if (secret.isEmpty() || !printable) {
      throw new UsageException(
          what + " is empty, or holds a blank or a character that no token has",
          "was it copied completely, and on one line?");
    }
    return secret;
  }
}
