package io.sluice.api;

import io.sluice.catalog.Resource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Which records to list, in the order of their creation where the API can be asked for that: the
 * oldest first, so that records which are added meanwhile come last, or the newest first, so that
 * those come first.
 *
 * @param resource what to list
 * @param perPage how many records a page shall hold, 1 to 1000
 * @param filters the values to narrow it down to, by filter
 * @param direction which records come first
 */
public record Listing(
    Resource resource, int perPage, Map<String, List<String>> filters, Direction direction) {
  /** The most that the API puts on one page. */
  public static final int LARGEST_PAGE = 1000;

  /** Which end of a listing comes first. */
  public enum Direction {
    OLDEST_FIRST("asc"),
    NEWEST_FIRST("desc");

    private final String parameter;

    Direction(String parameter) {
      this.parameter = parameter;
    }
  }

  /** Everything there is, the oldest first, in pages as large as they can be. */
  public static Listing of(Resource resource) {
    return new Listing(resource, LARGEST_PAGE, Map.of(), Direction.OLDEST_FIRST);
  }

  /** The same, narrowed down. */
  public Listing where(Map<String, List<String>> narrower) {
    return new Listing(resource, perPage, narrower, direction);
  }

  /** The same, the newest first. */
  public Listing newestFirst() {
    return new Listing(resource, perPage, filters, Direction.NEWEST_FIRST);
  }

  /** The same, with so many records on a page, 1 to {@value #LARGEST_PAGE}. */
  public Listing perPage(int records) {
    return new Listing(resource, records, filters, direction);
  }

  /**
   * True if records come in the order of their creation; else the API does not tell in which order
   * they come, and cannot be asked for one.
   */
  public boolean ordered() {
    return resource.listedByCreation();
  }

  /** True if the listing is narrowed down, which makes the server's total meaningless. */
  public boolean filtered() {
    return !filters.isEmpty();
  }

  /** Spelled out, as linking what records come with takes 10 ms of a start. */
  @Override
  public int hashCode() {
    return resource.hashCode();
  }

  String query(int page) {
    StringBuilder query = new StringBuilder("?");
    if (ordered()) {
      query.append("order=created_at&direction=").append(direction.parameter).append('&');
    }
    query.append("per_page=").append(perPage).append("&page=").append(page);
    filters.forEach(
        (name, values) ->
            values.forEach(
                value -> query.append('&').append(encode(name)).append('=').append(encode(value))));
    return query.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
