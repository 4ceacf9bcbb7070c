package io.sluice.format.csv;

import io.sluice.catalog.Field;
import io.sluice.catalog.Resource;
import io.sluice.format.InputFault;
import io.sluice.format.InputOptions;
import io.sluice.format.InputRow;
import io.sluice.format.OpposedRows;
import io.sluice.format.OptionNames;
import io.sluice.format.RowSource;
import io.sluice.format.Rows;
import io.sluice.format.text.Excerpt;
import io.sluice.format.text.TextInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The rows of a CSV file. */
public final class CsvRows implements Rows {
  private final OptionNames options;
  private final long skipped;
  private final CsvHeader header;
  private final CsvColumns columns;
  private final CsvReader reader;
  private final List<@Nullable Field> fields;
  private final boolean excelSafe;
  private final boolean emptyIsNull;
  private final OpposedRows opposed;
  private final List<Integer> deciding;
  private long rows;
  private long empty;
  private long firstEmpty;

  private CsvRows(
      Resource resource,
      InputOptions options,
      CsvHeader header,
      CsvColumns columns,
      CsvReader reader) {
    this.options = options.names();
    this.skipped = Math.max(0, options.headerLine() - 1L);
    this.header = header;
    this.columns = columns;
    this.reader = reader;
    this.fields = columns.fields();
    this.excelSafe = columns.isExcelSafe();
    this.emptyIsNull = options.dialect().emptyIsNull();
    this.opposed = new OpposedRows(resource);
    this.deciding = columns.deciding();
  }

  /**
   * Reads the header and finds the meaning of each column.
   *
   * @param asWritten whether faulty rows bring their cells as they stand in the file
   */
  public static CsvRows begin(
      Resource resource, InputOptions options, TextInput in, boolean asWritten) throws IOException {
    CsvHeader header = CsvHeader.read(resource, options, in);
    TitleLine title = TitleLine.of(resource, options, header, in.head());
    if (title != null) {
      throw title.refusal(options.names());
    }
    WrongDelimiter.refuse(resource, options, header);
    if (options.header() == InputOptions.Header.EXPECTED) {
      MissingHeader.refuse(resource, options, header, in.head());
    }
    CsvReader reader = asWritten ? header.rows(in).keepingText() : header.rows(in);
    CsvColumns columns = CsvColumns.of(resource, header, options, reader);
    return new CsvRows(resource, options, header, columns, reader);
  }

  @Override
  public List<String> header() {
    return header.names();
  }

  @Override
  public char delimiter() {
    return header.delimiter();
  }

  @Override
  public boolean standardQuotes() {
    return header.quote() == Dialect.STANDARD.quote();
  }

  @Override
  public Map<String, String> columns() {
    return columns.byField();
  }

  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (skipped > 0) {
      warnings.add(
          (skipped == 1 ? "line 1 is" : "lines 1 to " + skipped + " are")
              + " skipped: the names of the columns are in line "
              + header.line());
    }
    if (header.comment()) {
      warnings.add(
          "line "
              + header.line()
              + ": the header is written as a comment; its columns are "
              + Excerpt.quoted(header.names()));
    }
    if (columns.unnamed()) {
      warnings.add(
          "line "
              + header.line()
              + " is read as the names of the columns: "
              + Excerpt.quoted(header.names())
              + "; if it is data, say "
              + options.switched("header", false));
    }
    if (empty > 0) {
      String rows =
          empty == 1 ? "1 row without any value was" : empty + " rows without any value were";
      warnings.add(
          rows
              + " passed over ("
              + (empty == 1 ? "" : "the first is ")
              + "line "
              + firstEmpty
              + ")");
    }
    return warnings;
  }

  /** The next row that has a value; null at the end. */
  private @Nullable CsvRow nextWithValue() throws IOException {
    CsvRow row = reader.next();
    while (row != null && row.isEmpty()) {
      firstEmpty = empty == 0 ? row.line() : firstEmpty;
      empty++;
      row = reader.next();
    }
    return row;
  }

  @Override
  public @Nullable InputRow next() throws IOException {
    CsvRow row = nextWithValue();
    if (row == null) {
      return null;
    }
    rows++;
    List<InputFault> faults = new ArrayList<>(0);
    String stray = header.present() ? StrayRow.reason(header.names(), row) : null;
    if (stray != null) {
      faults.add(InputFault.of(row.line(), "", shown(row), stray));
      ObjectNode nothing = JsonNodeFactory.instance.objectNode();
      return new InputRow(rows, row.line(), nothing, faults, source(row));
    }
    for (CsvRow.Flaw flaw : row.flaws()) {
      faults.add(fault(flaw.line(), flaw.cell(), row, flaw.reason()));
    }
    if (row.cells().size() != fields.size() && !row.isShifted()) {
      faults.add(InputFault.of(row.line(), "", "", count(row.cells())));
    }
    ObjectNode record = record(row, faults);
    for (int column : deciding) {
      String cell = column < row.cells().size() ? row.cells().get(column) : null;
      if (cell != null && opposed.areIn(cell)) {
        faults.add(
            fault(
                row.line(),
                column,
                row,
                opposed.reason("column", header.names().get(column), cell)));
      }
    }
    return new InputRow(rows, row.line(), record, faults, source(row));
  }

  private static RowSource source(CsvRow row) {
    return new RowSource.Cells(row.cells(), row.flaws().isEmpty() ? null : row.written());
  }

  private String unnamed(int column) {
    String number = Integer.toString(column + 1);
    return "column "
        + number
        + " has no name in the header: say "
        + options.map(number, "FIELD")
        + ", or "
        + options.map(number, "")
        + " to leave it out";
  }

  private ObjectNode record(CsvRow row, List<InputFault> faults) {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    int cells = Math.min(fields.size(), row.cells().size());
    for (int i = 0; i < cells; i++) {
      Field field = fields.get(i);
      String cell = row.cells().get(i);
      if (field == null) {
        if (cell != null && header.names().get(i).isBlank() && !columns.isLeftOut(i)) {
          faults.add(fault(row.line(), i, row, unnamed(i)));
        }
        continue;
      }
      CellValue value = CellValue.of(field.type(), excelSafe ? unmarked(cell) : cell);
      if (value instanceof CellValue.Given given) {
        field.put(record, given.value());
      } else if (value instanceof CellValue.NotGiven) {
        if (emptyIsNull && field.nullable()) {
          field.put(record, JsonNodeFactory.instance.nullNode());
        }
      } else if (value instanceof CellValue.Wrong wrong) {
        faults.add(fault(row.line(), i, row, wrong.reason()));
      }
    }
    return record;
  }

  private static String shown(CsvRow row) {
    return Objects.requireNonNullElse(row.cells().get(0), "");
  }

  private InputFault fault(long line, int cell, CsvRow row, String reason) {
    String value = row.cells().get(cell);
    String column = cell < fields.size() ? header.names().get(cell) : "";
    return InputFault.of(line, column, value == null ? "" : value, reason);
  }

  /**
   * What a run has added behind the columns of its failed rows stands behind those that are too
   * many.
   */
  private String count(List<@Nullable String> row) {
    int written = row.size();
    int added = 0;
    for (int i = fields.size() - 1; i >= 0 && header.names().get(i).startsWith("_"); i--) {
      added++;
    }
    boolean more = written > fields.size();
    int cells = more ? written - added : written;
    return (more ? fields.size() - added : fields.size())
        + (header.present() ? " columns in the header, but " : " columns in the first row, but ")
        + cells
        + " in the row"
        + (more ? tooMany(row) : ": write the missing ones as empty cells");
  }

  /** A spreadsheet writes empty cells where there once were others. */
  private String tooMany(List<@Nullable String> row) {
    boolean blank = row.subList(fields.size(), row.size()).stream().allMatch(cell -> cell == null);
    return blank
        ? ": the others are empty; take the '" + header.delimiter() + "' at the end off"
        : ": put a value that holds '" + header.delimiter() + "' in quotes";
  }

  private static @Nullable String unmarked(@Nullable String cell) {
    return cell != null && cell.startsWith("'") ? cell.substring(1) : cell;
  }
}
