package io.sluice.sandbox.api;

import io.sluice.catalog.Ability;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.sandbox.Answer;
import io.sluice.sandbox.Problem;
import io.sluice.sandbox.Request;
import io.sluice.sandbox.SandboxAccount;
import io.sluice.sandbox.data.Json;
import io.sluice.sandbox.data.Store;
import io.sluice.sandbox.fault.PageShape;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Routes a call to what it asks for, once the caller has been let in. */
public final class Api {
  private final Map<String, SandboxAccount> accounts;
  private final Access access;
  private final NumberedIds numbers = new NumberedIds();

  public Api(Map<String, SandboxAccount> accounts, Access access) {
    this.accounts = accounts;
    this.access = access;
  }

  /** Carries the call out and says what to answer. */
  Answer answer(Request request, PageShape asked) {
    PageShape shape = asked.numbered() ? asked.and(numbers.shape()) : asked;
    Problem stopped = access.check(request);
    if (stopped != null) {
      return Answer.refused(stopped);
    }
    SandboxAccount account = accounts.get(request.account());
    Resource resource = request.isRouted() ? Catalog.find(request.resource()).orElse(null) : null;
    if (account == null || resource == null || !resource.name().equals(request.resource())) {
      return Answer.refused(Problem.noRoute(request.uri()));
    } else if (!account.isEntitled()) {
      return Answer.refused(Access.NOT_ENTITLED);
    }
    Problem lacking = account.lacking(resource, request);
    if (lacking != null) {
      return Answer.refused(lacking);
    }
    synchronized (account) {
      if (request.isBatch()) {
        return batch(request, account, resource, shape);
      }
      return request.onCollection()
          ? collection(request, account, resource, shape)
          : single(request, account, resource, shape);
    }
  }

  private static Answer collection(
      Request request, SandboxAccount account, Resource resource, PageShape shape) {
    if (request.method().equals("GET")) {
      try {
        return account.listing(resource.name()).page(ListQuery.of(resource, request), shape);
      } catch (ListQuery.Refused refused) {
        return Answer.refused(Problem.badRequest(String.valueOf(refused.getMessage())));
      }
    } else if (request.method().equals("POST") && resource.can(Ability.CREATE)) {
      return withBody(request, shape, body -> account.edits(resource.name()).create(body));
    }
    return Answer.refused(Problem.noMethod(request.method()));
  }

  private Answer single(
      Request request, SandboxAccount account, Resource resource, PageShape shape) {
    Edits edits = account.edits(resource.name());
    String id = numbers.original(request.id());
    return switch (request.method()) {
      case "GET" -> read(account.store(resource.name()), id, shape);
      case "PATCH" ->
          resource.can(Ability.EDIT)
              ? withBody(request, shape, body -> edits.edit(id, body))
              : Answer.refused(Problem.noMethod(request.method()));
      case "DELETE" ->
          resource.can(Ability.DELETE)
              ? answer(edits.delete(id), shape)
              : Answer.refused(Problem.noMethod(request.method()));
      default -> Answer.refused(Problem.noMethod(request.method()));
    };
  }

  private static Answer read(Store store, String id, PageShape shape) {
    byte[] record = store.get(id);
    return record == null
        ? Answer.refused(Problem.noRecord(store.resource(), id))
        : Answer.result(shape.shaped(record));
  }

  private Answer batch(
      Request request, SandboxAccount account, Resource resource, PageShape shape) {
    if (!resource.can(Ability.BATCH) || !account.offersBatch()) {
      return Answer.refused(Problem.noRoute(request.uri()));
    } else if (!request.method().equals("POST")) {
      return Answer.refused(Problem.noMethod(request.method()));
    }
    Problem unreadable = unreadable(request);
    ObjectNode body = unreadable == null ? body(request) : null;
    if (body == null) {
      return Answer.refused(unreadable == null ? NO_OBJECT : unreadable);
    }
    return new Batch(account.edits(resource.name()), resource, shape::shaped, numbers::original)
        .answer(body);
  }

  private static final Problem NO_OBJECT =
      Problem.badRequest("The request body must be a JSON object.");

  private interface Operation {
    Outcome on(ObjectNode body);
  }

  private static Answer withBody(Request request, PageShape shape, Operation operation) {
    Problem unreadable = unreadable(request);
    ObjectNode body = unreadable == null ? body(request) : null;
    if (body == null) {
      return Answer.refused(unreadable == null ? NO_OBJECT : unreadable);
    }
    return answer(operation.on(body), shape);
  }

  private static Answer answer(Outcome outcome, PageShape shape) {
    if (outcome instanceof Outcome.Done done) {
      return Answer.result(shape.shaped(done.result()));
    } else if (outcome instanceof Outcome.Refused refused) {
      return Answer.refused(refused.problems().get(0).status(), refused.problems());
    }
    throw new AssertionError(outcome);
  }

  private static @Nullable Problem unreadable(Request request) {
    String type = request.header("content-type");
    return type.isEmpty() || type.startsWith("application/json")
        ? null
        : Problem.of(415, 1006, "Content-Type must be application/json");
  }

  private static @Nullable ObjectNode body(Request request) {
    try {
      JsonNode body = Json.MAPPER.readTree(request.body());
      return body instanceof ObjectNode object ? object : null;
    } catch (JacksonException invalid) {
      return null;
    }
  }
}
