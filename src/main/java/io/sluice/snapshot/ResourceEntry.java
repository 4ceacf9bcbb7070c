package io.sluice.snapshot;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The entry of a manifest for the file of one resource.
 *
 * @param resource the resource, by its slug
 * @param file the file's name, without any directory
 * @param format how its rows are written
 * @param gzip whether the file is compressed
 * @param rows how many records it holds
 * @param bytes how long the file is, as stored
 * @param sha256 the digest of the file as stored, in hex; null for a file outside of a snapshot
 *     that nobody is to verify
 * @param pages how many pages were read for it
 * @param serverTotalCount how many records the server said there are, if it said so
 * @param filters what the listing was narrowed down to
 * @param consistent false if the list kept moving while it was read
 */
public record ResourceEntry(
    String resource,
    String file,
    String format,
    boolean gzip,
    long rows,
    long bytes,
    @Nullable String sha256,
    int pages,
    @Nullable Long serverTotalCount,
    Map<String, List<String>> filters,
    boolean consistent) {
  /** The filters in words, such as {@code search=example}; empty if there are none. */
  public String where() {
    return filters.entrySet().stream()
        .flatMap(filter -> filter.getValue().stream().map(v -> filter.getKey() + "=" + v))
        .collect(Collectors.joining(" and "));
  }
}
