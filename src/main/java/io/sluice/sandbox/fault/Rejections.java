package io.sluice.sandbox.fault;

import io.sluice.sandbox.Problem;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What the server refuses for reasons that no client can know beforehand. */
@FunctionalInterface
public interface Rejections {

  /** Why this body of a create or an edit is refused, if it is. */
  Optional<Problem> of(String resource, ObjectNode body);
}
