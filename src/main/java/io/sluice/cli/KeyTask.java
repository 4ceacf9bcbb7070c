package io.sluice.cli;

import io.sluice.config.UsageException;
import io.sluice.job.ApiKeys;
import io.sluice.job.Database;
import io.sluice.job.Role;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes keys of the service and takes them away, while it does not run. */
final class KeyTask {
  private final ServeDatabase database;
  private final Console console;

  KeyTask(ServeDatabase database, Console console) {
    this.database = database;
    this.console = console;
  }

  void run(@Nullable String made, Role role, @Nullable String removed) throws IOException {
    try (Database open = database.open()) {
      ApiKeys keys = new ApiKeys(open);
      if (removed != null && !keys.remove(removed)) {
        throw new UsageException("there is no key named '" + removed + "'", null);
      } else if (removed != null) {
        console.note("the key '" + Shown.safe(removed) + "' opens nothing any more");
      }
      if (made != null) {
        tell(keys.make(made, role, Instant.now()), made, role);
      }
    }
  }

  private void tell(String key, String name, Role role) {
    if (console.json()) {
      ObjectNode json = Json.MAPPER.createObjectNode();
      json.put("name", name).put("role", role.label()).put("key", key);
      console.result(json);
      return;
    }
    console.say(key);
    console.note("This is the key of '" + Shown.safe(name) + "' (" + role.label() + ").");
    console.note("It is shown this once; only its hash is kept.");
  }
}
