package io.sluice.pipeline.imports.input;

import io.sluice.catalog.FieldType;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Rule;
import io.sluice.catalog.pattern.Form;
import io.sluice.catalog.pattern.Indicator;
import io.sluice.catalog.pattern.PatternType;
import io.sluice.catalog.pattern.Rewriting;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The rewritten pattern of a record, given what its list is for and which type the record says. */
final class PatternRewriter {
  private final Resource resource;
  private final boolean deletes;

  /**
   * @param deletes whether the rows are to delete records, of which none may be wider than written
   */
  PatternRewriter(Resource resource, boolean deletes) {
    this.resource = resource;
    this.deletes = deletes;
  }

  /** What is to be done about a pattern. */
  sealed interface Result {
    /** It stays as it is. */
    record Same() implements Result {}

    /** The row holds no indicator. */
    record Remark(String what) implements Result {}

    /**
     * It is rewritten.
     *
     * @param type the type in place of the one that the record says, or null if that stays
     */
    record New(Rewriting.Becomes becomes, @Nullable PatternType type) implements Result {
      /** What it becomes, on one line. */
      String shown() {
        return type == null ? becomes.shown() : becomes.shown() + " (" + type + ")";
      }

      /** What it is, and whether it will match more. */
      String forms() {
        String forms = Rewriting.labels(becomes.forms());
        return becomes.widens() ? forms + "; this matches more than what is written" : forms;
      }
    }

    /** It is in a known form, but cannot be rewritten. */
    record Refused(String reason) implements Result {}
  }

  private static final Result SAME = new Result.Same();

  /** The rule for the resource's pattern, or for the domain that it is about; null if neither. */
  Rule.@Nullable Pattern rule() {
    Rule.Pattern pattern = resource.pattern();
    if (pattern != null) {
      return pattern;
    }
    return resource.fields().stream()
        .filter(field -> field.writable() && resource.key().contains(field.path()))
        .filter(field -> field.type() instanceof FieldType.DomainName)
        .map(field -> new Rule.Pattern(field.path(), null, PatternType.DOMAIN, null))
        .findFirst()
        .orElse(null);
  }

  /** What is to be done about the text that stands in the record for its pattern. */
  Result of(Rule.Pattern rule, ObjectNode record, String text) {
    if (rule.isRegex(record) || !hasUsableType(rule, record)) {
      return SAME;
    }
    Rewriting rewriting = Rewriting.of(text);
    if (rewriting instanceof Rewriting.Becomes becomes) {
      return fitting(rule, record, becomes);
    } else if (rewriting instanceof Rewriting.Refused refused) {
      return new Result.Refused(
          FaultAdvice.looksLikeExpression(rule, text)
              ? FaultAdvice.expression(rule)
              : is(refused.forms()) + refused.reason());
    }
    return rewriting instanceof Rewriting.Remark remark ? new Result.Remark(remark.what()) : SAME;
  }

  private static String is(Set<Form> forms) {
    return "is " + Rewriting.labels(forms) + ": ";
  }

  private static boolean hasUsableType(Rule.Pattern rule, ObjectNode record) {
    return rule.typeField() == null
        || !record.has(rule.typeField())
        || rule.typeIn(record) != PatternType.UNKNOWN;
  }

  private Result fitting(Rule.Pattern rule, ObjectNode record, Rewriting.Becomes becomes) {
    String labels = is(becomes.forms());
    if (!resource.protects() && becomes.blocks()) {
      return new Result.Refused(labels + "it blocks, and this list exempts");
    } else if (deletes && becomes.widens()) {
      return new Result.Refused(
          labels
              + becomes.shown()
              + " would delete more than what is written; if that is meant, write it");
    } else if (!resource.protects() && becomes.widens()) {
      return new Result.Refused(
          labels
              + becomes.shown()
              + " would exempt more than what is written; if that is meant, write it");
    }
    PatternType said = said(rule, record);
    PatternType type = becomes.indicators().get(0).type();
    for (Indicator each : becomes.indicators()) {
      if (each.type() != type || (said != null && !fits(rule, said, each.type(), becomes))) {
        return new Result.Refused(
            labels
                + each.text()
                + " is of type "
                + each.type()
                + (rule.typeField() == null ? ", where " + said : ", and the row says " + said)
                + (rule.typeField() == null ? " is wanted" : ""));
      }
    }
    return new Result.New(becomes, said == null || said == type ? null : type);
  }

  /** The type that the record says, or that alone is possible; null if it is inferred. */
  private static @Nullable PatternType said(Rule.Pattern rule, ObjectNode record) {
    if (rule.typeField() == null) {
      return rule.type();
    }
    JsonNode given = record.get(rule.typeField());
    return given == null ? null : rule.typeIn(record);
  }

  /** A wildcard for addresses is a domain, and a host may be an address. */
  private static boolean fits(
      Rule.Pattern rule, PatternType said, PatternType type, Rewriting.Becomes becomes) {
    if (said == type) {
      return true;
    } else if (rule.typeField() == null) {
      return false;
    }
    boolean wildcard =
        becomes.forms().contains(Form.ANY_ADDRESS) || becomes.forms().contains(Form.SUBDOMAINS);
    return (said == PatternType.EMAIL && type == PatternType.DOMAIN && wildcard)
        || (said == PatternType.DOMAIN && type == PatternType.IP);
  }
}
