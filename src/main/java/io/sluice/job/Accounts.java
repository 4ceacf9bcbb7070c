package io.sluice.job;

import io.sluice.catalog.KnownDomains;
import io.sluice.config.Connection;
import io.sluice.config.Environment;
import io.sluice.config.FeedEntry;
import io.sluice.config.Flags;
import io.sluice.config.ProfileFile;
import io.sluice.config.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The accounts that jobs may work on, by profile. Read anew each time, so that edits count. */
public final class Accounts {
  /** What the account of the environment is called where there is no file of profiles. */
  public static final String OF_ENVIRONMENT = "default";

  private final @Nullable Path file;
  private final Environment environment;

  private Accounts(@Nullable Path file, Environment environment) {
    this.file = file;
    this.environment = environment;
  }

  /** Those of a file of profiles. */
  public static Accounts inFile(Path file, Environment environment) {
    return new Accounts(file, environment);
  }

  /** The one that the environment names. */
  public static Accounts ofEnvironment(Environment environment) {
    return new Accounts(null, environment);
  }

  /**
   * The names of all.
   *
   * @throws io.sluice.config.UsageException if the file cannot be used
   */
  public List<String> names() {
    return file == null
        ? List.of(OF_ENVIRONMENT)
        : List.copyOf(ProfileFile.read(file, environment).names());
  }

  /** The domains that a profile adds to the known ones; none for what is no profile. */
  public Map<KnownDomains, List<String>> knownDomains(String name) {
    return file == null || name.isEmpty()
        ? Map.of()
        : ProfileFile.read(file, environment).knownDomains(name);
  }

  /** The names of the feeds of the configuration. */
  public List<String> feeds() {
    return file == null ? List.of() : ProfileFile.read(file, environment).feedNames();
  }

  /**
   * A feed of the configuration.
   *
   * @param allowHttp whether it may come over plain {@code http:} from another machine
   * @throws io.sluice.config.UsageException if there is none of that name, or it cannot be used
   */
  public FeedEntry feed(String name, boolean allowHttp) {
    if (file == null) {
      throw new UsageException(
          "there is no feed '" + name + "': the service has no configuration that names any",
          "name it below 'feeds:' in the file that --config gives");
    }
    return ProfileFile.read(file, environment).feed(name, allowHttp);
  }

  /**
   * The account of that name and the way to it.
   *
   * @throws io.sluice.config.UsageException if there is none, or it cannot be used
   */
  public Connection connection(String name) {
    boolean ofEnvironment = file == null && name.equals(OF_ENVIRONMENT);
    Flags flags =
        new Flags(ofEnvironment ? null : name, file, null, null, null, List.of(), null, null);
    return Connection.resolve(flags, environment, warning -> {});
  }
}
