package io.sluice.api;

import io.sluice.catalog.Filter;
import io.sluice.catalog.NearestName;
import io.sluice.catalog.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The conditions of a listing, checked against what the API can filter by. */
public final class ListingFilters {
  private ListingFilters() {}

  /**
   * The listing of a resource, narrowed down by these values of its filters.
   *
   * @param conditions the values, by the name of the filter; empty for everything
   * @throws IllegalArgumentException if the resource has no such filter, a filter has no value, or
   *     one that takes a single value has several
   */
  public static Listing listing(Resource resource, Map<String, List<String>> conditions) {
    Map<String, List<String>> filters = new LinkedHashMap<>();
    conditions.forEach(
        (name, values) -> {
          Filter filter = known(resource, name);
          List<String> all = filters.computeIfAbsent(filter.name(), first -> new ArrayList<>());
          values.forEach(value -> all.add(checked(filter, value)));
          if (all.isEmpty()) {
            throw new IllegalArgumentException(filter.name() + " has no value");
          } else if (all.size() > 1 && !filter.repeatable()) {
            throw new IllegalArgumentException(
                filter.name() + " can be given only once for " + resource);
          }
        });
    return Listing.of(resource).where(filters);
  }

  private static String checked(Filter filter, String value) {
    try {
      return filter.value(value);
    } catch (IllegalArgumentException none) {
      throw new IllegalArgumentException(
          filter.name() + "=" + value + ": " + none.getMessage(), none);
    }
  }

  private static Filter known(Resource resource, String name) {
    List<String> names = resource.filters().stream().map(Filter::name).toList();
    if (names.isEmpty()) {
      throw new IllegalArgumentException(resource + " cannot be filtered");
    }
    return resource
        .filter(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    resource
                        + " cannot be filtered by '"
                        + name
                        + "'; the nearest filter is '"
                        + NearestName.of(name, names)
                        + "', and there are "
                        + String.join(", ", names)));
  }
}
