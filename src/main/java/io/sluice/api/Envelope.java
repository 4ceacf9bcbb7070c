package io.sluice.api;

import io.sluice.api.transport.RawAnswer;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Opens the envelope in which the API puts every answer. Source: its published reference. */
final class Envelope {
  static final ObjectMapper JSON = JsonMapper.builder().build();

  private Envelope() {}

  /**
   * The object in {@code result} of a successful answer.
   *
   * @throws JacksonException if the answer is not JSON
   * @throws UnexpectedShape if it does not say success, or holds no object
   */
  static ObjectNode object(RawAnswer answer) {
    if (result(answer) instanceof ObjectNode result) {
      return result;
    }
    throw new UnexpectedShape("the answer holds no record in 'result'");
  }

  /** Like {@link #object}, but an empty object if there is no result or it is null. */
  static ObjectNode objectIfAny(RawAnswer answer) {
    JsonNode result = result(answer);
    if (result.isMissingNode() || result.isNull()) {
      return JSON.createObjectNode();
    }
    if (result instanceof ObjectNode object) {
      return object;
    }
    throw new UnexpectedShape("the answer holds something other than a record");
  }

  private static JsonNode result(RawAnswer answer) {
    JsonNode envelope = JSON.readTree(answer.body(), 0, answer.length());
    List<String> messages = ApiMessages.in(envelope.path("messages"));
    answer.says(messages);
    if (!envelope.path("success").asBoolean(false)) {
      throw new UnexpectedShape("the answer does not say success");
    }
    answer.says(ApiMessages.beside(messages, ApiMessages.in(envelope.path("errors"))));
    return envelope.path("result");
  }

  /** What an answer's envelope complains of; nothing if it has none that can be read. */
  static List<ApiError> errorsIn(RawAnswer answer) {
    try {
      JsonNode envelope = JSON.readTree(answer.body(), 0, answer.length());
      answer.says(ApiMessages.in(envelope.path("messages")));
      return ApiError.listed(envelope.path("errors"));
    } catch (JacksonException notJson) {
      return List.of();
    }
  }
}
