package io.sluice.pipeline.insight;

import io.sluice.pipeline.insight.match.Hit;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which records match, and what that means.
 *
 * @param matches the records that match
 * @param undecided the records of which it could not be found out, with the reason
 * @param open what is not documented about these records together
 * @param narrower the records that match a part of what was asked for, and not all of it
 */
public record Explanation(
    List<Match> matches, List<Undecided> undecided, List<String> open, Narrower narrower) {

  /**
   * Records that match a part.
   *
   * @param count how many there are
   * @param first some of them
   */
  public record Narrower(long count, List<RecordName> first) {}

  /**
   * A record that matches.
   *
   * @param by what makes it match
   * @param part the text that it matches
   * @param effect what it does, as the product documents it
   * @param open what is not documented about it
   */
  public record Match(RecordName name, Hit.By by, String part, String effect, List<String> open) {

    /** The match as scripts read it. */
    public ObjectNode json() {
      ObjectNode node = name.json();
      node.put("by", by.label()).put("part", part).put("effect", effect);
      if (!open.isEmpty()) {
        open.forEach(node.putArray("undocumented")::add);
      }
      return node;
    }
  }

  /** A record of which it could not be found out, and why. */
  public record Undecided(RecordName name, String why) {}

  /** The explanation as scripts read it. */
  public ObjectNode json(int exit, List<String> warnings) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("command", "explain").put("exit", exit);
    var array = root.putArray("matches");
    matches.forEach(match -> array.add(match.json()));
    var unsure = root.putArray("undecided");
    undecided.forEach(one -> unsure.add(one.name().json().put("why", one.why())));
    open.forEach(root.putArray("undocumented")::add);
    ObjectNode parts = root.putObject("narrower").put("count", narrower.count());
    var first = parts.putArray("first");
    narrower.first().forEach(name -> first.add(name.json()));
    warnings.forEach(root.putArray("warnings")::add);
    return root;
  }
}
