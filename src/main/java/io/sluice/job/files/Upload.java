package io.sluice.job.files;

import java.time.Instant;

/**
 * An uploaded file.
 *
 * @param name what it was called where it came from; tells its format, and never a path
 * @param sha256 of its bytes, in hexadecimal
 */
public record Upload(
    String id, String name, long bytes, String sha256, String madeBy, Instant madeAt) {}
