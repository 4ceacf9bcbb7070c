package io.sluice.cli;

import io.sluice.api.Listing;
import io.sluice.catalog.Filter;
import io.sluice.catalog.NearestName;
import io.sluice.catalog.Resource;
import io.sluice.config.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Narrows listings down. */
final class WhereOption {
  @Option(
      names = "--where",
      paramLabel = "k=v",
      description = "Only records that match; 'resources R' lists the filters. Repeatable.")
  List<String> conditions = new ArrayList<>();

  /** The listing of a resource, narrowed down as was asked; refuses what its API cannot filter. */
  Listing listing(Resource resource) {
    Map<String, List<String>> filters = new LinkedHashMap<>();
    for (String condition : conditions) {
      int equals = condition.indexOf('=');
      if (equals < 1) {
        throw new UsageException("--where " + condition + ": write it as name=value", null);
      }
      Filter filter = known(resource, condition.substring(0, equals));
      List<String> values = filters.computeIfAbsent(filter.name(), name -> new ArrayList<>());
      if (!values.isEmpty() && !filter.repeatable()) {
        throw new UsageException(
            "--where " + filter.name() + " can be given only once for " + resource, null);
      }
      try {
        values.add(filter.value(condition.substring(equals + 1)));
      } catch (IllegalArgumentException none) {
        throw new UsageException("--where " + condition + ": " + none.getMessage(), null);
      }
    }
    return Listing.of(resource).where(filters);
  }

  private static Filter known(Resource resource, String name) {
    return resource
        .filter(name)
        .orElseThrow(
            () ->
                new UsageException(
                    resource
                        + " cannot be filtered by '"
                        + name
                        + "'; the nearest filter is '"
                        + NearestName.of(
                            name, resource.filters().stream().map(Filter::name).toList())
                        + "'",
                    "its filters are "
                        + resource.filters().stream()
                            .map(Filter::name)
                            .collect(Collectors.joining(", "))));
  }
}
