package io.sluice.pipeline;

import io.sluice.catalog.Defaults;
import io.sluice.catalog.Fault;
import io.sluice.catalog.NaturalKey;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation;
import io.sluice.catalog.Validation.Purpose;
import io.sluice.format.InputFault;
import io.sluice.format.InputRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Judges single rows without asking the API. The same row is always judged the same. */
final class RowJudge {
  private final CheckRequest request;
  private final Map<String, String> columns;

  /**
   * A row and what is wrong with it.
   *
   * @param record what the row says, with what follows from it filled in
   * @param faults everything that is wrong with it; none if it can be sent
   * @param onlyWithAccount true if the row has an id, so that it is right all the same where the
   *     account holds exactly this
   */
  record Judged(ObjectNode record, List<InputFault> faults, boolean onlyWithAccount) {
    boolean invalid() {
      return !faults.isEmpty() && !onlyWithAccount;
    }
  }

  /**
   * @param columns what the file calls each field
   */
  RowJudge(CheckRequest request, Map<String, String> columns) {
    this.request = request;
    this.columns = columns;
  }

  Judged judge(InputRow row) {
    Resource resource = request.resource();
    ObjectNode record = row.record();
    boolean identified = record.hasNonNull("id");
    boolean creates = request.creates() && !identified;
    if (creates) {
      Defaults.complete(resource, record);
    } else {
      Defaults.inferType(resource, record);
    }
    List<InputFault> faults = new ArrayList<>(row.faults());
    if (!identified && NaturalKey.of(resource, record).isEmpty() && faults.isEmpty() && !creates) {
      String key = String.join(" and ", resource.key());
      faults.add(new InputFault(row.line(), "id", "", "an id, or " + key + ", must be given"));
    }
    Purpose purpose = creates ? Purpose.CREATE : Purpose.EDIT;
    boolean unread = !faults.isEmpty();
    boolean wholeRow = faults.stream().anyMatch(fault -> fault.column().isEmpty());
    if (wholeRow) {
      return new Judged(record, faults, false);
    }
    for (Fault fault : Validation.faults(resource, record, purpose, request.level())) {
      if (faults.stream().noneMatch(known -> known.column().equals(column(fault.field())))) {
        faults.add(
            new InputFault(row.line(), column(fault.field()), fault.value(), fault.reason()));
      }
    }
    return new Judged(record, faults, identified && !unread);
  }

  private String column(String field) {
    return columns.getOrDefault(field, field);
  }
}
