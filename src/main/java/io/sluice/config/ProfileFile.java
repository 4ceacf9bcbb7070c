package io.sluice.config;

import io.sluice.catalog.KnownDomains;
import io.sluice.catalog.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A YAML file of profiles. One that holds a literal secret must be closed to group and others, or
 * it is refused.
 */
public final class ProfileFile {
  private static final List<String> SECTIONS = List.of("profiles", "feeds", "notify");
  private static final Set<PosixFilePermission> OPEN =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Path path;
  private final JsonNode profiles;
  private final JsonNode feeds;
  private final SecretSource secrets;

  private ProfileFile(Path path, JsonNode profiles, JsonNode feeds, SecretSource secrets) {
    this.path = path;
    this.profiles = profiles;
    this.feeds = feeds;
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
    JsonNode root = YamlFile.read(path);
    for (String section : root.isObject() ? root.propertyNames() : List.<String>of()) {
      if (!SECTIONS.contains(section)) {
        throw new UsageException(
            path
                + ": the key '"
                + section
                + "' is unknown; the nearest is '"
                + NearestName.of(section, SECTIONS)
                + "'",
            null);
      }
    }
    JsonNode profiles = root.path("profiles");
    if (!profiles.isObject()) {
      throw new UsageException(
          path + " names no profiles", "it begins with 'profiles:'; see config/sluice.yaml");
    }
    ProfileFile file =
        new ProfileFile(path, profiles, root.path("feeds"), new SecretSource(environment));
    List<NotifyTarget> targets = NotifyTargets.of(path, root.path("notify"), environment);
    file.refuseIfOpen(targets.stream().anyMatch(NotifyTarget::holdsSecret));
    file.names().forEach(file::requireUnderstood);
    file.requireFeeds();
    return file;
  }

  /** Where it is by default: {@code $XDG_CONFIG_HOME/sluice/config.yaml}. */
  public static Path defaultPath(Environment environment) {
    String config = environment.get("XDG_CONFIG_HOME");
    Path base = config != null ? Path.of(config) : Path.of(environment.home(), ".config");
    return base.resolve("sluice").resolve("config.yaml");
  }

  /** The names of all profiles, in alphabetical order. */
  public Set<String> names() {
    return new TreeSet<>(profiles.propertyNames());
  }

  /** The domains that a profile adds to the known ones; its secrets are not looked at. */
  public Map<KnownDomains, List<String>> knownDomains(String name) {
    return new ProfileEntry(name, node(name), secrets).knownDomains();
  }

  private JsonNode node(String name) {
    JsonNode node = profiles.get(name);
    if (node == null) {
      throw new UsageException(
          "there is no profile '" + name + "' in " + path + nearest(name),
          "profiles there: " + String.join(", ", names()));
    }
    return node;
  }

  /** The names of all feeds, in alphabetical order. */
  public List<String> feedNames() {
    return List.copyOf(new TreeSet<>(feeds.propertyNames()));
  }

  /**
   * The feed of that name.
   *
   * @param allowHttp whether it may come over plain {@code http:} from another machine
   */
  public FeedEntry feed(String name, boolean allowHttp) {
    JsonNode node = feeds.get(name);
    if (node == null) {
      throw new UsageException(
          "there is no feed '"
              + name
              + "' in "
              + path
              + (feeds.isEmpty()
                  ? ""
                  : "; the nearest is '" + NearestName.of(name, feedNames()) + "'"),
          "feeds there: " + String.join(", ", feedNames()));
    }
    try {
      return FeedEntry.of(name, node, secrets, allowHttp);
    } catch (IllegalArgumentException unusable) {
      throw new UsageException(
          "feed '" + name + "' in " + path + ": " + unusable.getMessage(), null);
    }
  }

  private void requireFeeds() {
    if (!feeds.isMissingNode() && !feeds.isObject()) {
      throw new UsageException(path + ": 'feeds' is not a mapping of names", null);
    }
    for (String name : feedNames()) {
      try {
        FeedEntry.requireKnownKeys(feeds.path(name));
      } catch (IllegalArgumentException unknown) {
        throw new UsageException(
            "feed '" + name + "' in " + path + ": " + unknown.getMessage(), null);
      }
    }
  }

  /** The profile of that name. */
  public Profile profile(String name) {
    JsonNode node = node(name);
    try {
      return new ProfileEntry(name, node, secrets).profile();
    } catch (IllegalArgumentException unusable) {
      throw refused(name, unusable);
    }
  }

  /** A profile that is not asked for may lack something, but a slip in it is found all the same. */
  private void requireUnderstood(String name) {
    if (!name.strip().equals(name) || name.isEmpty()) {
      throw new UsageException(
          path + ": the profile name '" + name + "' is empty, or has a blank at an end",
          "--profile takes a name as it is written: leave the blank out");
    }
    try {
      new ProfileEntry(name, profiles.path(name), secrets).requireKnownKeys();
    } catch (IllegalArgumentException unknown) {
      throw refused(name, unknown);
    }
  }

  private UsageException refused(String name, IllegalArgumentException why) {
    return new UsageException("profile '" + name + "' in " + path + ": " + why.getMessage(), null);
  }

  /** The public part of each profile, in alphabetical order; none is refused. */
  public List<ProfileOutline> outlines() {
    return names().stream().map(this::outline).toList();
  }

  private ProfileOutline outline(String name) {
    @Nullable String problem = null;
    try {
      profile(name);
    } catch (UsageException unusable) {
      problem = unusable.getMessage();
    }
    return new ProfileEntry(name, profiles.path(name), secrets).outline(problem);
  }

  private String nearest(String name) {
    return names().isEmpty() ? "" : "; the nearest is '" + NearestName.of(name, names()) + "'";
  }

  private void refuseIfOpen(boolean literalTarget) {
    boolean literal = literalTarget;
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
}
