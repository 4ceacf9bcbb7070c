package io.sluice.pipeline.imports.saved;

import io.sluice.pipeline.imports.PlannedRow;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A planned row as a saved plan holds it.
 *
 * @param row what was planned
 * @param inRow the number of the input's row that it belongs to; 0 if no row names it
 * @param held the record as it was when the plan was made; null if it is to be created, or if
 *     nothing is to be done
 */
public record SavedRow(PlannedRow row, long inRow, @Nullable ObjectNode held) {}
