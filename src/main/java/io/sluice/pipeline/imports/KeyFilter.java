package io.sluice.pipeline.imports;

import io.sluice.api.ApiException;
import io.sluice.catalog.NaturalKey;
import io.sluice.catalog.Resource;
import io.sluice.flow.retry.CallFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The filters that narrow a listing down to the records of one key, where the API has them. They
 * prove that a record is there; that none is, they do not: it may be spelled otherwise.
 */
public final class KeyFilter {
  private KeyFilter() {}

  /** True if the resource's listing can be narrowed by the text of its key. */
  public static boolean offeredBy(Resource resource) {
    return resource.filter(resource.keyText()).isPresent();
  }

  /** One filter for the key as it is spelled, and one for each other usual spelling of it. */
  public static List<Map<String, List<String>>> of(Resource resource, ObjectNode record) {
    List<Map<String, List<String>>> filters = new ArrayList<>();
    for (String spelling : NaturalKey.spellings(resource, record)) {
      filters.add(Map.of(resource.keyText(), List.of(spelling)));
    }
    return filters;
  }

  /**
   * True if the API will not be asked that way: the question is too long, say, or names an id of
   * the wrong kind. Another question may be answered all the same.
   */
  public static boolean isRefused(Throwable error) {
    return error instanceof ApiException answer
        && answer.kind() == CallFailure.Kind.FINAL
        && answer.httpStatus() != 401
        && answer.httpStatus() != 403;
  }
}
