package io.sluice.config;

import io.sluice.api.ApiAccount;
import io.sluice.api.Credential;
import io.sluice.flow.Quota;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A YAML file of profiles. One that holds a literal secret must be closed to group and others, or
 * it is refused.
 */
public final class ProfileFile {
  private static final long LARGEST = 1 << 20;
  private static final Set<String> KEYS =
      Set.of("account", "token", "email", "api-key", "base-url", "rate", "reserve", "concurrency");
  private static final Set<PosixFilePermission> OPEN =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Path path;
  private final JsonNode profiles;
  private final SecretSource secrets;

  private ProfileFile(Path path, JsonNode profiles, SecretSource secrets) {
    this.path = path;
    this.profiles = profiles;
    this.secrets = secrets;
  }

  /**
   * Reads a file of profiles; secrets in other places are looked up only when a profile is asked
   * for.
   *
   * @throws UsageException if it cannot be read, is not such a file, or holds a literal secret and
   *     is open to others
   */
  public static ProfileFile read(Path path, Environment environment) {
    JsonNode root = parse(path);
    JsonNode profiles = root.path("profiles");
    if (!profiles.isObject()) {
      throw new UsageException(
          path + " names no profiles", "it begins with 'profiles:'; see config/sluice.yaml");
    }
    ProfileFile file = new ProfileFile(path, profiles, new SecretSource(environment));
    file.refuseIfOpen();
    return file;
  }

  /** Where it is by default: {@code $XDG_CONFIG_HOME/sluice/config.yaml}. */
  public static Path defaultPath(Environment environment) {
    String config = environment.get("XDG_CONFIG_HOME");
    String home = environment.get("HOME");
    Path base =
        config != null
            ? Path.of(config)
            : Path.of(home == null ? System.getProperty("user.home", ".") : home, ".config");
    return base.resolve("sluice").resolve("config.yaml");
  }

  /** The names of all profiles, in alphabetical order. */
  public Set<String> names() {
    return new TreeSet<>(profiles.propertyNames());
  }

  /** The profile of that name. */
  public Profile profile(String name) {
    JsonNode node = profiles.get(name);
    if (node == null || !node.isObject()) {
      throw new UsageException(
          "there is no profile '" + name + "' in " + path,
          "profiles there: " + String.join(", ", names()));
    }
    for (String key : node.propertyNames()) {
      if (!KEYS.contains(key)) {
        throw wrong(name, "the key '" + key + "' is unknown; known are " + new TreeSet<>(KEYS));
      }
    }
    try {
      String account = required(name, node, "account");
      String baseUrl = text(node, "base-url");
      URI url = baseUrl == null ? ApiAccount.CLOUDFLARE : URI.create(baseUrl);
      ApiAccount.check(url, account);
      List<Quota> rates = rates(node);
      @Nullable Double reserve = node.has("reserve") ? reserve(node.get("reserve")) : null;
      @Nullable Integer concurrency =
          node.has("concurrency") ? concurrency(node.get("concurrency")) : null;
      ApiAccount open = new ApiAccount(url, account, credential(name, node));
      return new Profile(name, open, rates, reserve, concurrency);
    } catch (IllegalArgumentException unusable) {
      throw wrong(name, String.valueOf(unusable.getMessage()));
    }
  }

  private Credential credential(String name, JsonNode node) {
    String token = text(node, "token");
    if (token != null) {
      return Credential.token(secrets.resolve("the token of profile '" + name + "'", token));
    }
    String email = text(node, "email");
    String key = text(node, "api-key");
    if (email != null && key != null) {
      return Credential.emailAndKey(
          SecretSource.email("the e-mail address of profile '" + name + "'", email),
          secrets.resolve("the API key of profile '" + name + "'", key));
    }
    throw wrong(name, "it needs 'token', or 'email' and 'api-key'");
  }

  private static List<Quota> rates(JsonNode node) {
    List<Quota> rates = new ArrayList<>();
    JsonNode rate = node.path("rate");
    if (rate.isArray()) {
      rate.forEach(one -> rates.add(Quota.parse(scalar(one))));
    } else if (!rate.isMissingNode()) {
      rates.add(Quota.parse(scalar(rate)));
    }
    return rates;
  }

  private static double reserve(JsonNode node) {
    double share = Percentage.parse(scalar(node));
    if (share >= 1) {
      throw new IllegalArgumentException("reserve must leave something: give less than 100%");
    }
    return share;
  }

  /** The text of a scalar; of anything else, a text that is neither a rate nor a percentage. */
  private static String scalar(JsonNode node) {
    return node.isValueNode() ? node.asString() : node.toString();
  }

  private static int concurrency(JsonNode node) {
    if (node.isInt() && node.intValue() >= 1 && node.intValue() <= 1000) {
      return node.intValue();
    }
    throw new IllegalArgumentException("concurrency is a number from 1 to 1000");
  }

  private String required(String name, JsonNode node, String key) {
    String value = text(node, key);
    if (value == null) {
      throw wrong(name, "it needs '" + key + "'");
    }
    return value;
  }

  private static @Nullable String text(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (value.isFloatingPointNumber()) {
      // Hex digits such as 12e34 are a number in YAML, and its text another than was written.
      throw new IllegalArgumentException("'" + key + "' looks like a number: put it in quotes");
    }
    return value.isValueNode() && !value.asString("").isBlank() ? value.asString().strip() : null;
  }

  private UsageException wrong(String name, String what) {
    return new UsageException("profile '" + name + "' in " + path + ": " + what, null);
  }

  private void refuseIfOpen() {
    boolean literal = false;
    for (Map.Entry<String, JsonNode> profile : profiles.properties()) {
      for (String key : List.of("token", "api-key")) {
        JsonNode value = profile.getValue().path(key);
        literal |= value.isValueNode() && SecretSource.isLiteral(value.asString("env:"));
      }
    }
    if (literal && openToOthers()) {
      throw new UsageException(
          path + " holds a secret and can be read by others",
          "chmod 600 " + path + ", or write env:NAME or file:PATH instead of the secret");
    }
  }

  private boolean openToOthers() {
    try {
      return Files.getPosixFilePermissions(path).stream().anyMatch(OPEN::contains);
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }

  private static JsonNode parse(Path path) {
    try {
      if (Files.size(path) > LARGEST) {
        throw new UsageException(path + " is too large for a file of profiles", null);
      }
      return YAMLMapper.builder().build().readTree(Files.readAllBytes(path));
    } catch (IOException unreadable) {
      throw new UsageException(
          "the file of profiles " + path + " cannot be read",
          "give another with --config; config/sluice.yaml is a sample");
    } catch (JacksonException malformed) {
      throw new UsageException(path + " is not well-formed YAML" + where(malformed), null);
    }
  }

  /** The parser itself knows only where the last good token was. */
  private static String where(JacksonException malformed) {
    if (malformed.getCause() instanceof MarkedYamlEngineException marked
        && marked.getProblemMark().isPresent()) {
      return " in line " + (marked.getProblemMark().get().getLine() + 1);
    }
    var at = malformed.getLocation();
    return at == null ? "" : " in line " + at.getLineNr();
  }
}
