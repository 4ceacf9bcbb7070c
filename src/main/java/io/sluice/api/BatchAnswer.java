package io.sluice.api;

import io.sluice.api.transport.RawAnswer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a batch that was carried out was answered. Neither the order of the records nor their number
 * is promised: match them by id or by natural key.
 *
 * @param deletes what the answer tells of the deleted records
 * @param patches the changed records as they are now
 * @param posts the records that were made
 * @param httpStatus the answer's status, 2xx
 * @param ray the answer's {@code cf-ray}, which Cloudflare's support asks for, if there was one
 */
public record BatchAnswer(
    List<ObjectNode> deletes,
    List<ObjectNode> patches,
    List<ObjectNode> posts,
    int httpStatus,
    @Nullable String ray) {
  /** Copies the lists, but not the objects in them. */
  public BatchAnswer {
    deletes = List.copyOf(deletes);
    patches = List.copyOf(patches);
    posts = List.copyOf(posts);
  }

  /**
   * Reads the answer to a batch.
   *
   * @throws tools.jackson.core.JacksonException if the answer is not JSON
   * @throws UnexpectedShape if it does not say success, lacks the list of something that was asked
   *     for, or lists what is no object
   */
  static BatchAnswer of(BatchRequest request, RawAnswer answer) {
    ObjectNode result = Envelope.object(answer);
    return new BatchAnswer(
        records(result, "deletes", request.deletes().isEmpty()),
        records(result, "patches", request.patches().isEmpty()),
        records(result, "posts", request.posts().isEmpty()),
        answer.status(),
        answer.ray());
  }

  private static List<ObjectNode> records(ObjectNode result, String kind, boolean dispensable) {
    JsonNode list = result.path(kind);
    if (!list.isArray()) {
      if (dispensable) {
        return List.of();
      }
      throw new UnexpectedShape("the answer holds no list of " + kind);
    }
    List<ObjectNode> records = new ArrayList<>(list.size());
    for (JsonNode item : list) {
      if (!(item instanceof ObjectNode record)) {
        throw new UnexpectedShape("an entry of the answer's " + kind + " is not a JSON object");
      }
      records.add(record);
    }
    return records;
  }
}
