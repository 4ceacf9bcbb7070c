package io.sluice.pipeline.insight;

import io.sluice.catalog.Effect;
import io.sluice.catalog.Effect.Action;
import io.sluice.catalog.Resource;
import io.sluice.catalog.pattern.IpBlock;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.insight.Explanation.Match;
import io.sluice.pipeline.insight.Explanation.Narrower;
import io.sluice.pipeline.insight.Explanation.Undecided;
import io.sluice.pipeline.insight.match.Hit;
import io.sluice.pipeline.insight.match.PatternIndex;
import io.sluice.pipeline.insight.match.PatternSearch;
import io.sluice.pipeline.insight.match.RecordPattern;
import io.sluice.pipeline.insight.match.RecordPattern.Compared;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the records that match a sender or a recipient, and says what they do. Records are looked
 * at a few thousand at a time, so that memory does not grow with their number.
 */
public final class Explain {
  private static final int AT_A_TIME = 5_000;
  private static final int NARROWER_NAMED = 3;
  private static final String PRECEDENCE =
      "which one wins where an allow policy and a blocked sender match the same message is not"
          + " documented";

  private final Question question;
  private final boolean ofBlock;
  private final List<Match> matches = new ArrayList<>();
  private final List<Undecided> undecided = new ArrayList<>();
  private final Set<Action> actions = EnumSet.noneOf(Action.class);
  private final List<ObjectNode> waiting = new ArrayList<>();
  private final List<RecordName> narrower = new ArrayList<>();
  private long narrowerCount;
  private long untried;
  private PatternIndex index = new PatternIndex();
  private @Nullable Resource resource;

  private Explain(Question question) {
    this.question = question;
    IpBlock block = question.probe().block();
    this.ofBlock = block != null && !block.isSingle();
  }

  /** True if such records are compared with a party of that kind. */
  public static boolean concerns(Resource resource, Effect.Party party) {
    return resource.effects().stream().anyMatch(effect -> effect.party() == party);
  }

  /** Reads the source and explains. */
  public static Mono<Explanation> of(Source source, Question question, Consumer<RunEvent> events) {
    return Mono.defer(
        () -> {
          Explain explain = new Explain(question);
          return source
              .read(resource -> concerns(resource, question.party()), events, explain::take)
              .map(
                  read -> {
                    explain.warnOfUntried(events);
                    return explain.done();
                  });
        });
  }

  private void take(Resource of, ObjectNode record) {
    if (!of.equals(resource) || waiting.size() == AT_A_TIME) {
      look();
      resource = of;
    }
    RecordPattern pattern = RecordPattern.of(of, record);
    if (pattern != null) {
      index.add(waiting.size(), pattern);
      waiting.add(record);
      boolean ofSenders = pattern.regex() && pattern.compared() == Compared.SENDER_FIELDS;
      untried += ofBlock && ofSenders && !isOfTheOtherEnd(of, record) ? 1 : 0;
      if (question.probe().isWiderThan(pattern) && !isOfTheOtherEnd(of, record)) {
        narrowerCount++;
        if (narrower.size() < NARROWER_NAMED) {
          narrower.add(RecordName.of(of, record));
        }
      }
    }
  }

  private void warnOfUntried(Consumer<RunEvent> events) {
    if (untried > 0) {
      events.accept(
          new RunEvent.Warning(
              (untried == 1 ? "1 regular expression was" : untried + " regular expressions were")
                  + " not tried: they match single IP addresses, and "
                  + question.probe().text()
                  + " is a block; ask for one address of it"));
    }
  }

  /** True if all that the record does concerns the other end of a message. */
  private boolean isOfTheOtherEnd(Resource of, ObjectNode record) {
    List<Effect> on = of.effects().stream().filter(effect -> effect.isOn(of, record)).toList();
    return !on.isEmpty() && on.stream().noneMatch(effect -> effect.party() == question.party());
  }

  private Explanation done() {
    look();
    List<String> open =
        actions.stream().anyMatch(Action::allows) && actions.contains(Action.BLOCKS)
            ? List.of(PRECEDENCE)
            : List.of();
    return new Explanation(
        List.copyOf(matches),
        List.copyOf(undecided),
        open,
        new Narrower(narrowerCount, List.copyOf(narrower)));
  }

  private void look() {
    if (waiting.isEmpty()) {
      return;
    }
    index.build();
    Resource of = Objects.requireNonNull(resource);
    new PatternSearch(index)
        .find(
            question.probe(),
            new PatternSearch.Visitor() {
              @Override
              public void hit(Hit hit) {
                matched(of, waiting.get(hit.ordinal()), hit);
              }

              @Override
              public void undecided(int ordinal, String why) {
                undecided.add(new Undecided(RecordName.of(of, waiting.get(ordinal)), why));
              }
            });
    waiting.clear();
    index = new PatternIndex();
  }

  private void matched(Resource of, ObjectNode record, Hit hit) {
    if (isOfTheOtherEnd(of, record)) {
      return;
    }
    List<String> says = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (Effect effect : of.effects()) {
      if (effect.isOn(of, record) && effect.party() == question.party()) {
        actions.add(effect.action());
        says.add(effect.says() + verification(of, record, effect));
      }
    }
    if (hit.doubt() != null) {
      open.add(hit.doubt().text());
    }
    String effect =
        says.isEmpty() ? "nothing: none of its actions is set" : String.join("; ", says);
    matches.add(new Match(RecordName.of(of, record), hit.by(), hit.part(), effect, open));
  }

  private static String verification(Resource of, ObjectNode record, Effect effect) {
    if (effect.verifiedBy() == null) {
      return "";
    }
    return effect.needsVerification(of, record)
        ? ", for messages that pass DMARC, SPF or DKIM alone"
        : ", verified or not";
  }
}
