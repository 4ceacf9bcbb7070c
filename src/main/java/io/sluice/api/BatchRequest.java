package io.sluice.api;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The changes in one call of the batch endpoint: the deletes, then the patches, then the posts.
 * Source: Cloudflare's public OpenAPI text.
 *
 * @param deletes the ids of the records to delete
 * @param patches the fields to change, each object with its record's {@code id}
 * @param posts the records to make
 */
public record BatchRequest(List<String> deletes, List<ObjectNode> patches, List<ObjectNode> posts) {
  /** The most of each kind that one call takes. */
  public static final int LARGEST = 1000;

  /**
   * Copies the lists, but not the objects in them.
   *
   * @throws IllegalArgumentException if a list is longer than {@value #LARGEST}, or an id is
   *     missing
   */
  public BatchRequest {
    deletes = checked(deletes);
    patches = checked(patches);
    posts = checked(posts);
    if (deletes.contains("")) {
      throw new IllegalArgumentException("a delete in a batch needs an id");
    }
    for (ObjectNode patch : patches) {
      if (patch.path("id").asString("").isEmpty()) {
        throw new IllegalArgumentException("a patch in a batch needs an id");
      }
    }
  }

  /** Deletes these records. */
  public static BatchRequest deletes(List<String> ids) {
    return new BatchRequest(ids, List.of(), List.of());
  }

  /** Changes these fields; each object carries its record's {@code id}. */
  public static BatchRequest patches(List<ObjectNode> changes) {
    return new BatchRequest(List.of(), changes, List.of());
  }

  /** Makes these records. */
  public static BatchRequest posts(List<ObjectNode> records) {
    return new BatchRequest(List.of(), List.of(), records);
  }

  /** True if doing it twice is doing it once, and is answered alike. */
  boolean repeatable() {
    return deletes.isEmpty() && posts.isEmpty();
  }

  /** The body of the call; the endpoint wants all four lists. */
  ObjectNode body() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    ArrayNode ids = json.arrayNode(deletes.size());
    deletes.forEach(id -> ids.addObject().put("id", id));
    ObjectNode body = json.objectNode();
    body.set("deletes", ids);
    body.set("patches", json.arrayNode(patches.size()).addAll(patches));
    body.set("puts", json.arrayNode(0));
    body.set("posts", json.arrayNode(posts.size()).addAll(posts));
    return body;
  }

  private static <T> List<T> checked(List<T> items) {
    if (items.size() > LARGEST) {
      throw new IllegalArgumentException(
          "a batch takes at most " + LARGEST + " of a kind, not " + items.size());
    }
    return List.copyOf(items);
  }
}
