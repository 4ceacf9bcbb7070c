package io.sluice.sandbox.api;

import io.sluice.catalog.FieldType.Choice;
import io.sluice.catalog.FieldType.Flag;
import io.sluice.catalog.Filter;
import io.sluice.catalog.Resource;
import io.sluice.sandbox.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The request for a listing.
 *
 * @param page from 1
 * @param perPage 1 to 1000
 * @param order the field to sort by
 * @param descending whether the last comes first
 * @param filters the filters that are set, each with all its values
 */
public record ListQuery(
    int page, int perPage, String order, boolean descending, Map<String, List<String>> filters) {
  private static final int DEFAULT_PER_PAGE = 20;
  private static final int MAX_PER_PAGE = 1000;
  private static final String CREATED = "created_at";
  private static final Set<String> PAGING = Set.of("page", "per_page");

  /** A parameter that the API would not take. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  public static ListQuery of(Resource resource, Request request) throws Refused {
    String order = request.query("order").isEmpty() ? CREATED : request.query("order");
    if (resource.orders().isEmpty()) {
      return unordered(request);
    } else if (!resource.orders().contains(order)) {
      throw new Refused("order must be one of " + String.join(", ", resource.orders()));
    }
    String direction = request.query("direction");
    if (!List.of("", "asc", "desc").contains(direction)) {
      throw new Refused("direction must be asc or desc");
    }
    return new ListQuery(
        number(request, "page", 1, Integer.MAX_VALUE),
        number(request, "per_page", DEFAULT_PER_PAGE, MAX_PER_PAGE),
        order,
        direction.equals("desc"),
        filters(resource, request));
  }

  /** A list that takes no order, and has one of its own: here the newest come first. */
  private static ListQuery unordered(Request request) throws Refused {
    for (String name : request.query().keySet()) {
      if (!PAGING.contains(name)) {
        throw new Refused(name + " is no parameter of this list");
      }
    }
    return new ListQuery(
        number(request, "page", 1, Integer.MAX_VALUE),
        number(request, "per_page", DEFAULT_PER_PAGE, MAX_PER_PAGE),
        CREATED,
        true,
        Map.of());
  }

  /** True if this is the plain listing in the order of creation. */
  boolean isPlain() {
    return filters.isEmpty() && !descending && order.equals(CREATED);
  }

  /** The same selection, whatever the page: what a {@link Listing} can be kept for. */
  ListQuery selection() {
    return new ListQuery(1, 1, order, descending, filters);
  }

  ListQuery perPageAtMost(int cap) {
    return new ListQuery(page, Math.min(perPage, cap), order, descending, filters);
  }

  private static int number(Request request, String name, int otherwise, int max) throws Refused {
    List<String> values = request.query().get(name);
    if (values == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(values.get(0));
      if (number >= 1 && number <= max) {
        return number;
      }
    } catch (NumberFormatException none) {
      // refused below
    }
    throw new Refused(
        name + (max == MAX_PER_PAGE ? " must be between 1 and " + max : " must be at least 1"));
  }

  private static Map<String, List<String>> filters(Resource resource, Request request)
      throws Refused {
    Map<String, List<String>> filters = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> parameter : request.query().entrySet()) {
      Optional<Filter> filter = resource.filter(parameter.getKey());
      if (filter.isPresent()) {
        if (parameter.getValue().size() > 1 && !filter.get().repeatable()) {
          throw new Refused(parameter.getKey() + " may be given once");
        }
        for (String value : parameter.getValue()) {
          requireValue(filter.get(), value);
        }
        filters.put(parameter.getKey(), parameter.getValue());
      }
    }
    return filters;
  }

  /** Flags are true or false, and choices one of theirs in any case; texts are what they are. */
  private static void requireValue(Filter filter, String value) throws Refused {
    boolean free = !(filter.type() instanceof Flag || filter.type() instanceof Choice);
    try {
      if (free || filter.value(value).equalsIgnoreCase(value)) {
        return;
      }
    } catch (IllegalArgumentException none) {
      // refused below
    }
    throw new Refused(filter.name() + " must be one of " + filter.type().describe());
  }
}
