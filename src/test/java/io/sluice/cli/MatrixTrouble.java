package io.sluice.cli;

import io.sluice.sandbox.Request;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import io.sluice.sandbox.fault.Fault;
import io.sluice.sandbox.fault.Faults;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** The faults of the table by their names, and the calls that they befall. */
final class MatrixTrouble {
  private final Sandbox sandbox;
  private final List<Faults.Rule> rules = new ArrayList<>();

  MatrixTrouble(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /** Begins for the calls of one account, of which it is known whether it is written to. */
  MatrixTrouble befall(String account, boolean written, MatrixCell cell) {
    Fault fault = fault(cell.fault());
    switch (cell.befalls()) {
      case "some" -> {
        someLists(account, fault);
        someWrites(account, fault);
      }
      case "some lists" -> someLists(account, fault);
      case "some writes" -> someWrites(account, fault);
      case "few" -> {
        if (written) {
          fewWrites(account, fault);
        } else {
          add(on(account, Request::isList).nth(2), fault);
        }
      }
      case "few writes" -> fewWrites(account, fault);
      case "second list" -> add(on(account, Request::isList).nth(2), fault);
      case "lists on" -> add(on(account, Request::isList).skip(1), fault);
      case "writes on" -> {
        add(on(account, Request::isBatch).skip(1), fault);
        add(on(account, MatrixTrouble::writesOne).skip(20), fault);
      }
      case "always" -> add(on(account, request -> true), fault);
      default -> throw new IllegalArgumentException(cell.toString());
    }
    return this;
  }

  private void someLists(String account, Fault fault) {
    add(on(account, Request::isList).skip(1).every(2).times(2), fault);
  }

  private void someWrites(String account, Fault fault) {
    add(on(account, Request::isBatch).skip(1).times(2), fault);
    add(on(account, MatrixTrouble::writesOne).every(7).times(10), fault);
  }

  private void fewWrites(String account, Fault fault) {
    add(on(account, Request::isBatch).nth(2), fault);
    add(on(account, MatrixTrouble::writesOne).every(7).times(2), fault);
  }

  private Faults.Rule on(String account, Predicate<Request> calls) {
    return sandbox.faults().when(calls).and(request -> request.account().equals(account));
  }

  private void add(Faults.Rule rule, Fault fault) {
    rules.add(rule.then(fault));
  }

  private static boolean writesOne(Request request) {
    return request.isWrite() && !request.isBatch();
  }

  /** How many calls it has befallen. */
  long fired() {
    return rules.stream().mapToLong(Faults.Rule::fired).sum();
  }

  void end() {
    rules.forEach(Faults.Rule::remove);
  }

  private static Fault fault(String name) {
    return switch (name) {
      case "status 400" -> Fault.status(400);
      case "status 401" -> Fault.status(401, 10000, "Authentication error");
      case "status 500" -> Fault.status(500);
      case "status 503" -> Fault.status(503);
      case "status 503 after" -> Fault.status(503).afterEffect();
      case "html 502" -> Fault.html(502);
      case "html 520" -> Fault.html(520);
      case "html 520 after" -> Fault.html(520).afterEffect();
      case "tooManyRequests" -> Fault.tooManyRequests();
      case "tooManyRequests 1 s" -> Fault.tooManyRequests(Duration.ofSeconds(1));
      case "tooManyRequests date" -> Fault.tooManyRequests(Instant.now().plusSeconds(4));
      case "failure" -> Fault.failure(1001, "internal");
      case "failure after" -> Fault.failure(1001, "internal").afterEffect();
      case "wrongShape" -> Fault.wrongShape();
      case "wrongShape after" -> Fault.wrongShape().afterEffect();
      case "notJson" -> Fault.notJson();
      case "notJson after" -> Fault.notJson().afterEffect();
      case "reply nothing after" -> Fault.reply(200, Fault.JSON, "").afterEffect();
      case "redirect" -> Fault.redirect("http://127.0.0.1:9/elsewhere");
      case "firewall" -> Fault.firewall();
      case "emptyListIsNull" -> Fault.emptyListIsNull();
      case "reset" -> Fault.reset();
      case "reset after" -> Fault.reset().afterEffect();
      case "silence" -> Fault.silence();
      case "silence after" -> Fault.silence().afterEffect();
      case "drip" -> Fault.drip(Duration.ofSeconds(1));
      case "delay" -> Fault.delay(Duration.ofSeconds(1));
      case "truncated" -> Fault.truncated();
      case "chunksCutOff" -> Fault.chunksCutOff();
      case "halfJson" -> Fault.halfJson();
      case "huge" -> Fault.huge(65L << 20);
      case "pretty" -> Fault.pretty();
      case "total too low" -> Fault.total(500);
      case "total too high" -> Fault.total(9999);
      case "totalOffBy one" -> Fault.totalOffBy(1);
      case "noTotal" -> Fault.noTotal();
      case "noResultInfo" -> Fault.noResultInfo();
      case "perPageAtMost 100" -> Fault.perPageAtMost(100);
      case "extraFields" -> Fault.extraFields();
      case "numericIds" -> Fault.numericIds();
      case "then the list shifts" -> Fault.then(MatrixTrouble::shift);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** One record in the middle goes, another one comes. */
  private static void shift(SandboxAccount account) {
    List<ObjectNode> records = account.records(BlockList.RESOURCE);
    ObjectNode middle = records.get(records.size() / 2);
    account.remove(BlockList.RESOURCE, middle.path("id").asString());
    account.add(
        BlockList.RESOURCE,
        middle
            .removeAll()
            .put("pattern", "shifted.example")
            .put("pattern_type", "DOMAIN")
            .put("is_regex", false));
  }
}
