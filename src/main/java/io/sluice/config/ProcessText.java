package io.sluice.config;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The text that the JVM decoded before Sluice ran: arguments, environment variables and the names
 * of directories. Sluice takes all of it for UTF-8, whatever the locale says. The JVM decodes it by
 * the locale, which cannot be changed once it runs, and puts a replacement character where that
 * fails. Text that may have been read as something else than it is, is refused.
 *
 * @param names the charset of arguments and of the names of files
 * @param variables the charset of environment variables
 */
public record ProcessText(Charset names, Charset variables) {
  private static final String REMEDY =
      "set LC_ALL=C.UTF-8, or another UTF-8 locale that 'locale -a' lists";
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
  private static final int REPLACEMENT = 0xFFFD;

  /** Text that was decoded as UTF-8. */
  static final ProcessText DECODED_AS_UTF_8 = new ProcessText(UTF_8, UTF_8);

  /**
   * That of this process. Environment variables are decoded by the default charset until Java 18,
   * and like the names of files since 19 (JDK-8285517).
   */
  public static ProcessText ofProcess() {
    Charset names = charset("sun.jnu.encoding", US_ASCII);
    boolean alike = Runtime.version().feature() >= 19;
    return new ProcessText(names, alike ? names : charset("file.encoding", UTF_8));
  }

  private static Charset charset(String property, Charset otherwise) {
    String name = System.getProperty(property, otherwise.name());
    return Charset.isSupported(name) ? Charset.forName(name) : otherwise;
  }

  /**
   * Checks that the arguments are what was typed.
   *
   * @throws UsageException if one may have lost characters; it does not repeat the argument, which
   *     may hold a secret
   */
  public void requireArguments(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (isDoubtful(argument, names) && !isInCommandLine(argument)) {
        throw doubtful("argument " + (i + 1), names);
      }
    }
  }

  /**
   * Checks that the name of a directory, such as the working directory, is what it is on the disk:
   * a relative path would otherwise lead to a directory of another name, which would be made.
   *
   * @param what the directory in words
   * @throws UsageException if it may have lost characters
   */
  public void requireDirectory(String what, String directory) {
    if (isDoubtful(directory, names)) {
      throw doubtful("the name of " + what, names);
    }
  }

  /**
   * Checks that the value of an environment variable is what was set.
   *
   * @throws UsageException if it may have lost characters; it does not repeat the value
   */
  void requireVariable(String name, String value) {
    if (isDoubtful(value, variables)) {
      throw doubtful("the environment variable " + name, variables);
    }
  }

  /**
   * The refusal of a name that cannot be turned into bytes for the file system.
   *
   * @param name the name as it was meant
   */
  public static UsageException unusableName(String name, String reason) {
    ProcessText text = ofProcess();
    return text.names.equals(UTF_8)
        ? new UsageException("'" + name + "' cannot name a file: " + reason, null)
        : new UsageException(
            "'" + name + "' cannot name a file while Java writes names as " + text.names, REMEDY);
  }

  private UsageException doubtful(String what, Charset charset) {
    if (charset.equals(UTF_8)) {
      return new UsageException(
          what + " is not valid UTF-8",
          "Sluice takes all text for UTF-8: have the terminal or the script write UTF-8, and set"
              + " LC_ALL=C.UTF-8");
    }
    return new UsageException(
        what + " is not plain ASCII, and Java read it as " + charset + ", not as UTF-8",
        names.equals(UTF_8) ? "start Java without -Dfile.encoding" : REMEDY);
  }

  private static boolean isDoubtful(String text, Charset charset) {
    return charset.equals(UTF_8)
        ? text.indexOf(REPLACEMENT) >= 0
        : text.chars().anyMatch(c -> c > 0x7F);
  }

  /** True if a replacement character was typed, and is not what the JVM put in place of another. */
  private boolean isInCommandLine(String argument) {
    if (!names.equals(UTF_8)) {
      return false;
    }
    try {
      return words(Files.readAllBytes(COMMAND_LINE)).contains(argument);
    } catch (IOException unknown) {
      return false;
    }
  }

  /** The words of a command line that are valid UTF-8; each ends with a zero. */
  static List<String> words(byte[] commandLine) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < commandLine.length; i++) {
      if (commandLine[i] == 0) {
        try {
          words.add(
              UTF_8.newDecoder().decode(ByteBuffer.wrap(commandLine, start, i - start)).toString());
        } catch (CharacterCodingException otherText) {
          // Such a word is never the one that is looked for.
        }
        start = i + 1;
      }
    }
    return words;
  }
}
