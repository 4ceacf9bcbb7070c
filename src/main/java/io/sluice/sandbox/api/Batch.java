package io.sluice.sandbox.api;

import io.sluice.catalog.Ability;
import io.sluice.catalog.Resource;
import io.sluice.sandbox.Answer;
import io.sluice.sandbox.Problem;
import io.sluice.sandbox.data.Json;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call of the batch endpoint: deletes, patches, puts, posts, in that order. Where the catalogue
 * promises it, all or nothing; elsewhere what succeeded stays, although the answer is an error.
 */
final class Batch {
  private static final int LIMIT = 1000;
  private static final List<String> KINDS = List.of("deletes", "patches", "puts", "posts");

  private final Edits edits;
  private final Resource resource;
  private final UnaryOperator<byte[]> told;
  private final UnaryOperator<String> ids;
  private final List<Problem> problems = new ArrayList<>();
  private final Deque<Runnable> undo = new ArrayDeque<>();

  /**
   * @param told how the answer writes a record
   * @param ids from an id as callers know it to the record's own
   */
  Batch(Edits edits, Resource resource, UnaryOperator<byte[]> told, UnaryOperator<String> ids) {
    this.edits = edits;
    this.resource = resource;
    this.told = told;
    this.ids = ids;
  }

  /** Carries it out. */
  Answer answer(ObjectNode body) {
    for (String kind : KINDS) {
      JsonNode items = body.get(kind);
      if (items == null || !items.isArray()) {
        problems.add(Problem.invalid(kind, kind + ": must be a list"));
      } else if (items.size() > LIMIT) {
        problems.add(Problem.invalid(kind, kind + ": must have at most " + LIMIT + " items"));
      }
    }
    if (!problems.isEmpty()) {
      return Answer.refused(400, problems);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    char before = '{';
    for (String kind : KINDS) {
      out.write(before);
      out.writeBytes(Json.quote(kind));
      out.write(':');
      run(kind, body.path(kind), out);
      before = ',';
    }
    out.write('}');
    if (problems.isEmpty()) {
      return Answer.result(out.toByteArray());
    }
    if (resource.can(Ability.ATOMIC_BATCH)) {
      undo.forEach(Runnable::run);
    }
    long statuses = problems.stream().mapToInt(Problem::status).distinct().count();
    return Answer.refused(statuses == 1 ? problems.get(0).status() : 400, problems);
  }

  private void run(String kind, JsonNode items, ByteArrayOutputStream out) {
    out.write('[');
    for (int i = 0; i < items.size(); i++) {
      Outcome outcome = run(kind, items.get(i));
      if (outcome instanceof Outcome.Done done) {
        if (i > 0) {
          out.write(',');
        }
        out.writeBytes(told.apply(done.result()));
        undo.push(done.undo());
      } else if (outcome instanceof Outcome.Refused refused) {
        String place = "/" + kind + "/" + i;
        refused.problems().forEach(problem -> problems.add(problem.below(place)));
      }
    }
    out.write(']');
  }

  private Outcome run(String kind, JsonNode item) {
    if (!(item instanceof ObjectNode body)) {
      return Outcome.Refused.of(Problem.badRequest("each item must be an object"));
    } else if (kind.equals("posts")) {
      return edits.create(body);
    }
    String id = ids.apply(body.path("id").asString(""));
    if (id.isEmpty()) {
      return Outcome.Refused.of(Problem.invalid("id", "id: required"));
    }
    return switch (kind) {
      case "deletes" -> edits.delete(id);
      case "patches" -> edits.edit(id, body);
      default -> edits.put(id, body);
    };
  }
}
