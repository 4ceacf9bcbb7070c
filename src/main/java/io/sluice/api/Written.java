package io.sluice.api;

import io.sluice.api.transport.RawAnswer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a write was answered.
 *
 * @param record the record as it is now; of a delete what the answer told of it, which may be
 *     nothing at all: an empty object
 * @param httpStatus the answer's status: 2xx, or 404 for a delete that had been carried out before
 * @param ray the answer's {@code cf-ray}, which Cloudflare's support asks for, if there was one
 */
public record Written(ObjectNode record, int httpStatus, @Nullable String ray) {
  static Written of(RawAnswer answer, ObjectNode record) {
    return new Written(record, answer.status(), answer.ray());
  }
}
