package io.sluice.server.api;

import io.sluice.job.Made;
import io.sluice.job.keys.KeyEntry;
import io.sluice.job.keys.KeyExpiry;
import io.sluice.job.keys.KeyRegister;
import io.sluice.job.keys.NewKey;
import io.sluice.job.keys.Role;
import io.sluice.server.http.Access;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Content;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.Handler;
import io.sluice.server.http.Json;
import io.sluice.server.http.Problem;
import io.sluice.server.http.ProblemException;
import io.sluice.server.http.RequestKeyHeader;
import io.sluice.server.http.Route;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of the service, for operators alone. */
public final class KeyRoutes {
  private final KeyRegister keys;

  public KeyRoutes(KeyRegister keys) {
    this.keys = keys;
  }

  private record Wanted(
      String name, String role, @Nullable String expiresIn, @Nullable String expiresAt) {}

  private record MadeShape(
      String id,
      String name,
      String role,
      Instant madeAt,
      @Nullable Instant expiresAt,
      @Nullable String key) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/keys", Access.OPERATOR, Handler.blocking(this::list)),
        Route.post("/v1/keys", Access.OPERATOR, Handler.blocking(Wanted.class, this::make))
            .audited("key.make")
            .once()
            .with(Content.JSON),
        Route.delete("/v1/keys/{id}", Access.OPERATOR, Handler.blocking(this::remove))
            .audited("key.remove"));
  }

  private Answer list(Exchange exchange) {
    Instant now = Instant.now();
    return ItemPage.whole(keys.list().stream().map(entry -> entry.json(now)));
  }

  private Answer make(Exchange exchange, Wanted wanted) {
    Role role = role(wanted.role());
    if (!exchange.caller().role().includes(role)) {
      // Else an operator could make a second self that approves.
      throw Problem.of(
              403,
              "not_permitted",
              "a key of the role " + role.label() + " is made by an approver",
              "or on the service's machine: sluice serve --new-key NAME --role " + role.label())
          .exception();
    }
    Made<NewKey> made =
        keys.make(
            wanted.name(),
            role,
            expiry(wanted),
            exchange.caller().name(),
            RequestKeyHeader.of(exchange, Json.MAPPER.writeValueAsString(wanted)));
    KeyEntry entry = made.thing().entry();
    String id = Long.toString(entry.id());
    return noted(
        new Answer.Json(
            made.again() ? 200 : 201,
            new MadeShape(
                id,
                entry.name(),
                entry.role().label(),
                entry.madeAt(),
                entry.expiresAt(),
                made.again() ? null : made.thing().key()),
            Map.of("Location", "/v1/keys/" + id)),
        entry);
  }

  private static Role role(String label) {
    return Arrays.stream(Role.values())
        .filter(role -> role.label().equals(label))
        .findFirst()
        .orElseThrow(() -> bad("role: it is viewer, operator or approver"));
  }

  private static @Nullable Instant expiry(Wanted wanted) {
    Instant now = Instant.now();
    String in = wanted.expiresIn();
    String at = wanted.expiresAt();
    if (in != null && at != null) {
      throw bad("give expires_in or expires_at, not both");
    }
    try {
      if (in != null) {
        return KeyExpiry.in(in, now);
      }
      return at == null ? null : KeyExpiry.at(at, now);
    } catch (IllegalArgumentException none) {
      throw bad((in != null ? "expires_in: " : "expires_at: ") + none.getMessage());
    }
  }

  private Answer remove(Exchange exchange) {
    String id = exchange.path("id");
    KeyEntry removed =
        keys.remove(entry -> Long.toString(entry.id()).equals(id), false, exchange.caller().name())
            .orElseThrow(() -> Problem.missing("there is no such key").exception());
    return noted(new Answer.Empty(204, Map.of()), removed);
  }

  /** Once a key is removed, its id says nothing of who decided with it, and as what. */
  private static Answer noted(Answer answer, KeyEntry key) {
    return new Answer.Noted(answer, key.role().label() + " '" + key.name() + "'");
  }

  private static ProblemException bad(String detail) {
    return Problem.of(400, "bad_property", detail).exception();
  }
}
