package io.sluice.cli.option;

import io.sluice.api.Listing;
import io.sluice.api.ListingFilters;
import io.sluice.catalog.Resource;
import io.sluice.config.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Narrows listings down. */
public final class WhereOption extends OptionGroup {
  final Value<List<String>> conditions =
      list(
              "--where",
              "k=v",
              String.class,
              "Export only records that match; 'sluice resources R' lists the filters; "
                  + "repeatable.")
          .or(List.of());

  /** The listing of a resource, narrowed down as was asked; refuses what its API cannot filter. */
  public Listing listing(Resource resource) {
    Map<String, List<String>> wanted = new LinkedHashMap<>();
    for (String condition : conditions.get()) {
      int equals = condition.indexOf('=');
      if (equals < 1) {
        throw new UsageException("--where " + condition + ": write it as name=value", null);
      }
      wanted
          .computeIfAbsent(condition.substring(0, equals), name -> new ArrayList<>())
          .add(condition.substring(equals + 1));
    }
    return UsageException.checked("--where: ", () -> ListingFilters.listing(resource, wanted));
  }
}
