package io.sluice.format;

import io.sluice.catalog.FieldType;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Rule;
import io.sluice.catalog.pattern.PatternSyntax;
import io.sluice.catalog.pattern.PatternType;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Finds values that look like the patterns of a resource: addresses, domains, IP ranges.
 *
 * @param field the field that holds them; null if the resource has none
 * @param type what they are; UNKNOWN if they may be any
 */
record PatternLooks(@Nullable String field, PatternType type) {

  static PatternLooks of(Resource resource) {
    for (Rule rule : resource.rules()) {
      if (rule instanceof Rule.Pattern pattern) {
        return new PatternLooks(pattern.field(), pattern.type());
      }
    }
    return resource.fields().stream()
        .filter(field -> field.type() instanceof FieldType.DomainName)
        .findFirst()
        .map(field -> new PatternLooks(field.path(), PatternType.DOMAIN))
        .orElse(new PatternLooks(null, PatternType.UNKNOWN));
  }

  /** Whether the value looks like one; indicators that were made harmless do. */
  boolean fits(String value) {
    String text = value.strip().replace("[.]", ".").replace("[@]", "@").replace("[:]", ":");
    return field != null
        && switch (type) {
          case EMAIL -> PatternSyntax.email(text) == null;
          case DOMAIN -> PatternSyntax.domain(text) == null;
          case IP -> PatternSyntax.cidr(text) == null;
          case UNKNOWN ->
              PatternSyntax.domain(text) == null
                  || PatternSyntax.email(text) == null
                  || PatternSyntax.cidr(text) == null;
        };
  }

  /** Whether one of the values does. */
  boolean anyFits(Collection<String> values) {
    return values.stream().anyMatch(this::fits);
  }
}
