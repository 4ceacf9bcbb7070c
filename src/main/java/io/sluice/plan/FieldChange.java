package io.sluice.plan;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One field that would change.
 *
 * @param field its path
 * @param before what the account holds; null if it holds nothing there
 * @param after what the row says, in the spelling in which it is sent
 */
public record FieldChange(String field, @Nullable JsonNode before, JsonNode after) {}
