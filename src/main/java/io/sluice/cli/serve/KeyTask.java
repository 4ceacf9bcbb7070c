package io.sluice.cli.serve;

import io.sluice.cli.Console;
import io.sluice.cli.text.Json;
import io.sluice.cli.text.Printable;
import io.sluice.config.UsageException;
import io.sluice.job.keys.KeyEntry;
import io.sluice.job.keys.KeyRegister;
import io.sluice.job.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists, makes and removes keys of the service, whether it runs or not. */
public final class KeyTask {
  private final ServeDatabase database;
  private final Console console;

  public KeyTask(ServeDatabase database, Console console) {
    this.database = database;
    this.console = console;
  }

  /**
   * Does what is wanted, and says so.
   *
   * @param list whether all keys are listed at the end
   * @throws UsageException if it cannot be done
   */
  public void run(KeyRequest request, boolean list) throws IOException {
    KeyRequest.Reply reply = reply(request);
    if (reply.error() != null) {
      throw new UsageException(reply.error(), reply.hint());
    }
    ObjectNode json = Json.MAPPER.createObjectNode();
    if (request.remove() != null) {
      console.note(
          "removed the key '" + Printable.safe(request.remove()) + "'; its sessions have ended");
      json.put("removed", request.remove());
    }
    if (request.make() != null && reply.made() != null) {
      made(request, reply.made(), json);
    }
    if (list) {
      ArrayNode keys = json.putArray("keys");
      reply.keys().forEach(key -> keys.add(key.json(Instant.now())));
      reply.keys().forEach(key -> console.say(line(key)));
      if (reply.keys().isEmpty()) {
        console.note("there are no keys");
      }
    }
    console.result(json);
  }

  private KeyRequest.Reply reply(KeyRequest request) throws IOException {
    Path directory = database.directory();
    if (database.embedded() && Files.exists(KeySocket.path(directory))) {
      try {
        return KeySocket.ask(directory, request);
      } catch (IOException nobody) {
        // Left by a process that was killed, or by one that ends just now.
      }
    }
    try (Database open = database.open(unanswered(KeySocket.path(directory)))) {
      return request.carriedOutOn(new KeyRegister(open, Clock.systemUTC()));
    }
  }

  private static String unanswered(Path socket) {
    String why =
        KeySocket.fits(socket)
            ? "it does not answer at " + socket
            : "the path of its data is too long for the socket on which it would answer";
    return why + ": manage keys over HTTP (/v1/keys), or stop it first";
  }

  private void made(KeyRequest request, String key, ObjectNode json) {
    String name = String.valueOf(request.make());
    Instant end = request.expiresAt();
    json.put("name", name).put("role", request.role().label());
    json.put("expires_at", end == null ? null : end.toString()).put("key", key);
    console.say(key);
    console.note(
        "This is the key of '"
            + Printable.safe(name)
            + "' ("
            + request.role().label()
            + (end == null ? ")." : "), until " + end.truncatedTo(ChronoUnit.SECONDS) + "."));
    console.note("It is shown this once; only its hash is kept.");
  }

  private static String line(KeyEntry key) {
    String end = text(key.expiresAt(), "never");
    return String.format(
        Locale.ROOT,
        "%-24s %-8s  made %s  last used %s  %s %s",
        Printable.safe(key.name()),
        key.role().label(),
        text(key.madeAt(), ""),
        text(key.usedAt(), "never"),
        key.expired(Instant.now()) ? "expired" : "expires",
        end);
  }

  private static String text(@Nullable Instant time, String otherwise) {
    return time == null ? otherwise : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
