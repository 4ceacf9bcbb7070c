package io.sluice.cli;

import io.sluice.pipeline.Failure;
import tools.jackson.databind.node.ObjectNode;

/** Puts a failure into words for people, and into JSON for scripts. */
final class FailureText {
  private FailureText() {}

  static String plain(Failure failure) {
    StringBuilder text = new StringBuilder();
    text.append("sluice: ").append(Shown.safe(failure.message())).append('\n');
    if (failure.hint() != null) {
      text.append("  ").append(Shown.safe(failure.hint())).append('\n');
    }
    if (failure.ray() != null) {
      text.append("  cf-ray: ").append(Shown.safe(failure.ray())).append('\n');
    }
    return text.toString();
  }

  static String json(Failure failure) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("exit", failure.exit().number());
    root.set("error", error(failure));
    return Json.MAPPER.writeValueAsString(root);
  }

  /** What went wrong, as the part of a summary. */
  static ObjectNode error(Failure failure) {
    ObjectNode error = Json.MAPPER.createObjectNode();
    error.put("code", failure.code());
    error.put("message", failure.message());
    error.put("hint", failure.hint());
    if (failure.httpStatus() == 0) {
      error.putNull("http_status");
    } else {
      error.put("http_status", failure.httpStatus());
    }
    error.put("ray_id", failure.ray());
    return error;
  }
}
