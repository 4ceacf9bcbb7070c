package io.sluice.format;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * One data row as it was understood.
 *
 * @param row its number among the data rows, from 1
 * @param line the physical line on which it begins, from 1
 * @param record what it gives, by the catalogue's fields, as JSON types; a field that is not given
 *     is absent, a null is a JSON null; fields that the catalogue does not know are left out
 * @param faults what could not be understood, none if the row could be read whole
 * @param source the row as it stands in the file
 */
public record InputRow(
    long row, long line, ObjectNode record, List<InputFault> faults, RowSource source) {}
