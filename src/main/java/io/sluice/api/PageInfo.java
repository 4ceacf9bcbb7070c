package io.sluice.api;

import org.jspecify.annotations.Nullable;

/**
 * What an answer's {@code result_info} says of a listing.
 *
 * @param perPage the page size that the server used, if told; it may be less than was asked for
 * @param totalCount how many records there are in all, if told; with filters it counts without them
 */
public record PageInfo(@Nullable Integer perPage, @Nullable Long totalCount) {
  static final PageInfo UNKNOWN = new PageInfo(null, null);
}
