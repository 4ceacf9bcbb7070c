package io.sluice.cli.run;

import io.sluice.api.transport.TransportOptions;
import io.sluice.cli.Version;
import io.sluice.cli.text.Printable;
import io.sluice.config.Environment;
import io.sluice.config.NotifyTarget;
import io.sluice.config.NotifyTargets;
import io.sluice.config.ProfileFile;
import io.sluice.config.ProxyVariables;
import io.sluice.config.UsageException;
import io.sluice.job.notice.NoticeBody;
import io.sluice.job.notice.NoticePost;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import tools.jackson.databind.node.ObjectNode;

/** Sends one notice of how a command ended, before the process ends. */
public final class NotifyTask {
  /** Longer than a post may take, so that it is the one to say why it failed. */
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  private final NotifyTarget target;
  private final TransportOptions transport;

  private NotifyTask(NotifyTarget target, TransportOptions transport) {
    this.target = target;
    this.transport = transport;
  }

  /**
   * Finds the target, before anything is done.
   *
   * @param config the file of profiles; null for its usual place
   * @param caFile further authorities to trust, as for calls of the API; null for none
   * @throws UsageException if there is no such target, or it or the proxy to it cannot be used
   */
  public static NotifyTask to(
      String name, @Nullable Path config, @Nullable Path caFile, Environment environment) {
    Path file = config == null ? ProfileFile.defaultPath(environment) : config;
    List<NotifyTarget> targets = NotifyTargets.in(file, environment);
    NotifyTarget found =
        targets.stream()
            .filter(target -> target.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new UsageException(
                        "--notify: " + file + " has no target '" + name + "'",
                        "targets there: "
                            + String.join(
                                ", ", targets.stream().map(NotifyTarget::name).toList())));
    UsageException.checked("--notify: ", found::address);
    found.key();
    return new NotifyTask(
        found,
        TransportOptions.defaults(Version.current())
            .withNetwork(caFile, false, ProxyVariables.in(environment)));
  }

  /**
   * Sends it, within twelve seconds. What cannot be sent is said, and changes nothing else.
   *
   * @param command what has ended
   * @param exit how
   */
  public void send(String command, int exit) {
    Clock clock = Clock.systemUTC();
    ObjectNode body = NoticeBody.run(command, exit, clock.instant());
    try {
      new NoticePost(transport, clock).send(target, body).block(PATIENCE);
    } catch (RuntimeException unsent) {
      System.err.println(
          "sluice: the notice for "
              + Printable.safe(target.name())
              + " could not be sent: "
              + Printable.safe(NoticePost.why(Exceptions.unwrap(unsent))));
    }
  }
}
