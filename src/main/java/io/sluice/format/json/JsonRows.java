package io.sluice.format.json;

import io.sluice.catalog.Resource;
import io.sluice.format.FieldNames;
import io.sluice.format.InputFault;
import io.sluice.format.InputOptions;
import io.sluice.format.InputRow;
import io.sluice.format.OpposedRows;
import io.sluice.format.OptionNames;
import io.sluice.format.OtherKind;
import io.sluice.format.RowSource;
import io.sluice.format.Rows;
import io.sluice.format.text.Excerpt;
import io.sluice.format.text.TextInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The rows of a file of JSON objects. */
public final class JsonRows implements Rows {
  private static final int MOST_WARNINGS = 100;

  private static final int MOST_NAMED = 20;

  private final Resource resource;
  private final FieldNames names;
  private final OptionNames options;
  private final JsonFields fields;
  private final JsonElements elements;
  private final OpposedRows opposed;
  private final Set<String> warned = new HashSet<>();
  private final List<String> warnings = new ArrayList<>();
  private long rows;

  private JsonRows(
      Resource resource, OptionNames options, JsonFields fields, JsonElements elements) {
    this.resource = resource;
    this.names = new FieldNames(resource);
    this.options = options;
    this.fields = fields;
    this.elements = elements;
    this.opposed = new OpposedRows(resource);
  }

  public static JsonRows begin(Resource resource, InputOptions options, TextInput in)
      throws IOException {
    JsonFields fields = JsonFields.of(resource, options);
    return new JsonRows(resource, options.names(), fields, JsonElements.of(in));
  }

  @Override
  public Map<String, String> columns() {
    return Collections.unmodifiableMap(fields.renamed());
  }

  @Override
  public List<String> warnings() {
    return Collections.unmodifiableList(warnings);
  }

  @Override
  public @Nullable InputRow next() throws IOException {
    String text = elements.next();
    if (text == null) {
      fields.unseen().forEach(this::warnOfMapping);
      fields.unseen().clear();
      return null;
    }
    rows++;
    JsonRecord reading = new JsonRecord(fields, options, elements.line());
    reading.read(text);
    refuseOpposed(reading);
    boolean hasId = hasId(reading.record().get("id"));
    if (hasId) {
      reading.unknown().forEach(unknown -> warn(unknown.field()));
    } else {
      refuse(reading);
    }
    return new InputRow(
        rows,
        elements.line(),
        reading.record(),
        reading.faults(),
        new RowSource.Line(text.replace('\r', ' ').replace('\n', ' ')));
  }

  /** A record that would do the opposite is never one of this list, whatever is left out of it. */
  private void refuseOpposed(JsonRecord reading) {
    if (reading.unknown().isEmpty() && reading.leftOut().isEmpty()) {
      return;
    }
    List<JsonRecord.Unknown> others = new ArrayList<>(reading.unknown());
    others.addAll(reading.leftOut());
    String refusal =
        opposed.refusal(others.stream().map(JsonRecord.Unknown::field).toList(), options);
    if (refusal != null) {
      reading.faults().add(InputFault.of(elements.line(), "", "", refusal));
    }
    for (JsonRecord.Unknown other : others) {
      if (opposed.decides(other.field()) && opposed.areIn(other.value())) {
        String reason = opposed.reason("field", other.field(), other.value());
        reading.faults().add(InputFault.of(elements.line(), other.field(), other.value(), reason));
      }
    }
  }

  private static boolean hasId(@Nullable JsonNode id) {
    return id != null && (id.isNumber() || (id.isString() && !id.stringValue().isEmpty()));
  }

  private void refuse(JsonRecord reading) {
    List<JsonRecord.Unknown> unknown = reading.unknown();
    String other = unknown.isEmpty() ? null : OtherKind.advice(resource, reading.names(), options);
    if (other != null) {
      reading.faults().add(InputFault.of(elements.line(), "", "", other));
      return;
    }
    unknown.stream().limit(MOST_NAMED).map(this::unknown).forEach(reading.faults()::add);
    if (unknown.size() > MOST_NAMED) {
      String reason = unknown.size() - MOST_NAMED + " more unknown fields";
      reading.faults().add(InputFault.of(elements.line(), "", "", reason));
    }
  }

  private InputFault unknown(JsonRecord.Unknown unknown) {
    String slip = names.slip(unknown.field());
    String reason = "no field of " + resource.slug() + (slip.isEmpty() ? "" : "; " + slip);
    return InputFault.of(elements.line(), unknown.field(), unknown.value(), reason);
  }

  private void warnOfMapping(String name) {
    warnings.add(options.of("map") + " " + Excerpt.of(name) + ": no row has a field of that name");
  }

  private void warn(String field) {
    if (warned.size() < MOST_WARNINGS && warned.add(field)) {
      warnings.add(
          "line "
              + elements.line()
              + ": '"
              + Excerpt.of(field)
              + "' is no field of "
              + resource.slug()
              + " that this version knows; it is left out");
    }
  }
}
