package io.sluice.format;

import io.sluice.catalog.FieldType;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Rule;
import io.sluice.catalog.pattern.PatternSyntax;
import io.sluice.catalog.pattern.PatternType;
import io.sluice.catalog.pattern.Rewriting;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Finds values that look like the patterns of a resource: addresses, domains, IP ranges.
 *
 * @param field the field that holds them; null if the resource has none
 * @param type what they are; UNKNOWN if they may be any
 * @param links whether normalizing makes patterns of URLs
 */
public record PatternLooks(@Nullable String field, PatternType type, boolean links) {

  public static PatternLooks of(Resource resource) {
    Rule.Pattern pattern = resource.pattern();
    if (pattern != null) {
      boolean links = resource.protects() && pattern.type() == PatternType.UNKNOWN;
      return new PatternLooks(pattern.field(), pattern.type(), links);
    }
    return resource.fields().stream()
        .filter(field -> field.type() instanceof FieldType.DomainName)
        .findFirst()
        .map(field -> new PatternLooks(field.path(), PatternType.DOMAIN, false))
        .orElse(new PatternLooks(null, PatternType.UNKNOWN, false));
  }

  /** The value without what makes an indicator harmless. */
  public static String plain(String value) {
    return value.strip().replace("[.]", ".").replace("[@]", "@").replace("[:]", ":");
  }

  /** True if the value looks like one; indicators that were made harmless do. */
  public boolean fits(String value) {
    String text = plain(value);
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

  /** True if normalizing makes a pattern of the value: a URL in a list that blocks. */
  public boolean becomes(String value) {
    return links && field != null && host(value) != null;
  }

  /** The patterns that normalizing makes of the value, on one line; null if it makes none. */
  @Nullable
  public String host(String value) {
    return Rewriting.of(value.strip()) instanceof Rewriting.Becomes becomes
        ? becomes.shown()
        : null;
  }

  /** True if one of the values does. */
  public boolean anyFits(Collection<String> values) {
    return values.stream().anyMatch(this::fits);
  }
}
