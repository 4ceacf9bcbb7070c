package io.sluice.sandbox.fault;

import io.sluice.sandbox.Problem;
import io.sluice.sandbox.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The faults of a sandbox, switchable while it runs:
 *
 * <pre>{@code
 * faults.when(Request::isCreate).share(0.2).then(Fault.reset().afterEffect());
 * faults.onPage("block_senders", 3).times(1).then(Fault.status(503));
 * }</pre>
 *
 * <p>Every rule that a call falls under applies; where two would answer it, the older does.
 */
public final class Faults {
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<Rejection> rejections = new CopyOnWriteArrayList<>();
  private final SplittableRandom random;

  private record Rejection(
      Predicate<String> resource, Predicate<ObjectNode> body, Problem problem) {}

  public Faults(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Begins a rule for the calls that pass the test. */
  public Rule when(Predicate<Request> test) {
    return new Rule(test);
  }

  /** Begins a rule for every call. */
  public Rule everywhere() {
    return when(request -> true);
  }

  /** Begins a rule for listings of a resource (its name with underscores), on any page. */
  public Rule onList(String resource) {
    return when(request -> request.isList() && request.resource().equals(resource));
  }

  /** Begins a rule for one page of the listings of a resource. */
  public Rule onPage(String resource, int page) {
    return onList(resource).and(request -> request.page() == page);
  }

  /** Begins a rule for single creates of a resource. */
  public Rule onCreate(String resource) {
    return when(request -> request.isCreate() && request.resource().equals(resource));
  }

  /** Begins a rule for batches of a resource. */
  public Rule onBatch(String resource) {
    return when(request -> request.isBatch() && request.resource().equals(resource));
  }

  /** Begins a rule for calls of a method. */
  public Rule onMethod(String method) {
    return when(request -> request.method().equals(method));
  }

  /**
   * Refuses creates and edits, batched ones too, whose pattern (or e-mail address, or domain) is
   * this, with 400 and no pointer but that of the operation in a batch.
   */
  public void reject(String pattern, int code, String message) {
    reject(pattern, code, message, null);
  }

  /** As {@link #reject(String, int, String)}, with a pointer such as {@code /pattern}. */
  public void reject(String pattern, int code, String message, @Nullable String pointer) {
    Predicate<ObjectNode> same =
        body ->
            List.of("pattern", "email", "domain").stream()
                .anyMatch(name -> body.path(name).asString("").equals(pattern));
    reject(same, code, message, pointer);
  }

  /** As {@link #reject(String, int, String, String)}, for the bodies that pass the test. */
  public void reject(
      Predicate<ObjectNode> test, int code, String message, @Nullable String pointer) {
    rejections.add(new Rejection(resource -> true, test, new Problem(400, code, message, pointer)));
  }

  /** Forgets every rule and rejection, the background share of errors included. */
  public void clear() {
    rules.clear();
    rejections.clear();
  }

  public Optional<Problem> rejection(String resource, ObjectNode body) {
    for (Rejection rejection : rejections) {
      if (rejection.resource().test(resource) && rejection.body().test(body)) {
        return Optional.of(rejection.problem());
      }
    }
    return Optional.empty();
  }

  /** The faults of this call. */
  public List<Fault> hitting(Request request) {
    if (rules.isEmpty()) {
      return List.of();
    }
    List<Fault> hitting = new ArrayList<>();
    for (Rule rule : rules) {
      hitting.addAll(rule.hitting(request));
    }
    return hitting;
  }

  /** One rule: which calls, how often, and what goes wrong. */
  public final class Rule {
    private Predicate<Request> test;
    private double share = 1;
    private long times = Long.MAX_VALUE;
    private long every = 1;
    private long skip;
    private long matched;
    private long fired;
    private boolean oneOf;
    private List<Fault> faults = List.of();

    private Rule(Predicate<Request> test) {
      this.test = test;
    }

    /** Only the calls that pass this test as well. */
    public Rule and(Predicate<Request> further) {
      test = test.and(further);
      return this;
    }

    /** A random share of the matching calls, from 0 to 1; which, follows from the seed. */
    public Rule share(double of) {
      share = of;
      return this;
    }

    /** At most that many calls. */
    public Rule times(long most) {
      times = most;
      return this;
    }

    /** Every nth matching call: the nth, the 2nth and so on. */
    public Rule every(long nth) {
      every = nth;
      return this;
    }

    /** Not the first ones. */
    public Rule skip(long first) {
      skip = first;
      return this;
    }

    /** Only the nth matching call, from 1. */
    public Rule nth(long call) {
      return skip(call - 1).times(1);
    }

    /** Puts the rule into force. All these faults befall each of its calls. */
    public Rule then(Fault... these) {
      faults = List.copyOf(Arrays.asList(these));
      rules.add(this);
      return this;
    }

    /** Puts the rule into force. One of these faults befalls each of its calls, at random. */
    public Rule thenOneOf(Fault... these) {
      oneOf = true;
      return then(these);
    }

    /** How many calls it has befallen. */
    public synchronized long fired() {
      return fired;
    }

    /** Puts the rule out of force. */
    public void remove() {
      rules.remove(this);
    }

    private synchronized List<Fault> hitting(Request request) {
      if (fired >= times || !test.test(request)) {
        return List.of();
      }
      matched++;
      if (matched <= skip || (matched - skip) % every != 0 || (share < 1 && !drawn())) {
        return List.of();
      }
      fired++;
      return oneOf ? List.of(faults.get(draw(faults.size()))) : faults;
    }

    private boolean drawn() {
      synchronized (random) {
        return random.nextDouble() < share;
      }
    }

    private int draw(int bound) {
      synchronized (random) {
        return random.nextInt(bound);
      }
    }
  }

  /** The background share of errors: 500, 502 and 520 before the effect, 502 after it. */
  public void background(double share) {
    everywhere()
        .share(share)
        .thenOneOf(
            Fault.status(500), Fault.html(502), Fault.html(520), Fault.html(502).afterEffect());
  }
}
