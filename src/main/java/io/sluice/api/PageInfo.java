package io.sluice.api;

import org.jspecify.annotations.Nullable;

/**
 * The {@code result_info} of an answer.
 *
 * @param perPage the page size that the server used, if given; it may be less than was asked for
 * @param totalCount how many records there are in all, if given; with filters it counts without
 *     them
 */
public record PageInfo(@Nullable Integer perPage, @Nullable Long totalCount) {
  static final PageInfo UNKNOWN = new PageInfo(null, null);
}
