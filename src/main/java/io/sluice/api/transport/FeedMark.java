package io.sluice.api.transport;

import org.jspecify.annotations.Nullable;

/**
 * The version of a feed as its server gives it, for the next request.
 *
 * @param etag its {@code ETag}, or null
 * @param lastModified its {@code Last-Modified}, or null
 */
public record FeedMark(@Nullable String etag, @Nullable String lastModified) {
  /** Nothing is known: all of the feed is wanted. */
  public static final FeedMark NONE = new FeedMark(null, null);
}
