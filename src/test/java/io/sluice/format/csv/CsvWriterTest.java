package io.sluice.format.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.format.CsvOracle;
import io.sluice.format.RowCount;
import io.sluice.format.RowFormat;
import io.sluice.format.RowWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** How single records look as CSV. */
public final class CsvWriterTest {
  private static final Resource BLOCKS = Catalog.get("block_senders");
  private static final Resource DOMAINS = Catalog.get("domains");
  private static final String HEADER =
      "id,pattern,pattern_type,is_regex,comments,created_at,modified_at,last_modified,_extra\r\n";

  @Test
  void theHeaderNamesEveryFieldInTheCataloguesOrderAndLastTheExtras() throws IOException {
    assertThat(csv(BLOCKS, false)).isEqualTo(HEADER);
  }

  @Test
  void aRecordIsARowOfPlainCells() throws IOException {
    assertThat(
            csv(
                BLOCKS,
                false,
                "{'id':'1','pattern':'a.b','pattern_type':'DOMAIN','is_regex':false,'comments':'x'}"))
        .isEqualTo(HEADER + "1,a.b,DOMAIN,false,x,,,,\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "null|``",
        "''|\"\"",
        "' '|\" \"",
        "' x'|\" x\"",
        "'x '|\"x \"",
        "'\\tx'|\"\tx\"",
        "'a,b'|\"a,b\"",
        "'a\\\"b'|\"a\"\"b\"",
        "'\\\\N'|\\\\N",
        "'\\\\\\\\N'|\\\\\\N",
        "'\\\\n'|\\n",
        "'null'|null",
        "'zoë 🦊'|zoë 🦊",
        "'\\ud83e\\udd8a'|🦊",
        "'=1+1'|=1+1"
      })
  void aTextIsACellThatSaysTheSame(String json, String cell) throws IOException {
    assertThat(csv(BLOCKS, false, "{'comments':" + json + "}"))
        .isEqualTo(HEADER + ",,,," + cell + ",,,,\r\n");
  }

  @Test
  void lineEndsInsideATextAreQuoted() throws IOException {
    assertThat(csv(BLOCKS, false, "{'comments':'a\\nb','pattern':'\\r\\n'}"))
        .isEqualTo(HEADER + ",\"\r\n\",,,\"a\nb\",,,,\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "['AU','DE']|AU;DE",
        "['AU']|AU",
        "[]|[]",
        "['a;b']|['a;b']",
        "['']|['']",
        "['','']|['','']",
        "['a','']|['a','']",
        "['[x']|['[x']",
        "['\\\\N']|['\\\\N']",
        "[1.10,'a',null,{'x':[1e5]}]|[1.10,'a',null,{'x':[1e5]}]",
        "['\\ud800']|['\\ud800']",
        "['\\u0000']|['\\u0000']",
        "['\\ud800','b']|['\\ud800','b']",
        "[['\\udc00'],{'\\u0061':'\\ud800'}]|[['\\udc00'],{'\\u0061':'\\ud800'}]"
      })
  void anArrayIsJoinedOrJson(String json, String cell) throws IOException {
    List<CSVRecord> rows = CsvOracle.rows(csv(DOMAINS, false, "{'regions':" + json + "}"));
    int column = rows.get(0).toList().indexOf("regions");
    assertThat(rows.get(1).get(column)).isEqualTo(cell.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'x':1.10}|{'x':1.10}",
        "{'x':1e400,'y':null,'z':12345678901234567890}"
            + "|{'x':1e400,'y':null,'z':12345678901234567890}",
        "{'x \\\"odd\\\"':{'a':['\\u0062;c']}}|{'x \\\"odd\\\"':{'a':['\\u0062;c']}}",
        "{'is_regex':'yes'}|{'is_regex':'yes'}",
        "{'comments':7,'pattern':['a']}|{'comments':7,'pattern':['a']}",
        "{'comments':'\\ud800'}|{'comments':'\\ud800'}",
        "{'id':{}}|{'id':{}}",
        "{'x':'\\ud800'}|{'x':'\\ud800'}",
        "{'_extra':{},'_excel_safe':1}|{'_extra':{},'_excel_safe':1}",
        "{'':''}|{'':''}"
      })
  void whatHasNoColumnIsKeptAsItIs(String json, String extra) throws IOException {
    CSVRecord row = CsvOracle.rows(csv(BLOCKS, false, json)).get(1);
    assertThat(row.get(row.size() - 1)).isEqualTo(extra.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'authorization':{'authorized':true,'new':[1]}}|{'authorization':{'new':[1]}}",
        "{'authorization':'no'}|{'authorization':'no'}",
        "{'authorization':{'authorized':'x'},'y':0}|{'authorization':{'authorized':'x'},'y':0}",
        "{'authorization.authorized':true}|{'authorization.authorized':true}",
        "{'authorization':{'authorized':{'authorized':true}}}"
            + "|{'authorization':{'authorized':{'authorized':true}}}"
      })
  void unknownPartsOfNestedObjectsAreKept(String json, String extra) throws IOException {
    CSVRecord row = CsvOracle.rows(csv(DOMAINS, false, json)).get(1);
    assertThat(row.get(row.size() - 1)).isEqualTo(extra.replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{'authorized':null}", "{}"})
  void nullAndAbsentBothBecomeEmptyCells(String json) throws IOException {
    CSVRecord row = CsvOracle.rows(csv(DOMAINS, false, "{'authorization':" + json + "}")).get(1);
    assertThat(row.toList()).containsOnlyNulls();
  }

  @Test
  void nestedObjectsBecomeColumns() throws IOException {
    ObjectNode record =
        CsvOracle.records(
                DOMAINS, csv(DOMAINS, false, "{'emails_processed':{'total_emails_processed':7}}"))
            .get(0);
    assertThat(record.toString())
        .isEqualTo("{\"emails_processed\":{\"total_emails_processed\":7}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+49", "-1", "@SUM(A1)", "'quoted", "''", "\\tx", "\\rx"})
  void excelSafeMarksFormulasReversibly(String text) throws IOException {
    String json = "{\"comments\":\"" + text + "\"}";
    String csv = csvOf(BLOCKS, true, List.of(json));

    List<CSVRecord> rows = CsvOracle.rows(csv);
    assertThat(rows.get(0).toList()).contains("_excel_safe");
    assertThat(rows.get(1).get(4)).startsWith("'");
    assertThat(CsvOracle.records(BLOCKS, csv).get(0)).isEqualTo(CsvOracle.JSON.readTree(json));
  }

  @Test
  void excelSafeLeavesOtherCellsAlone() throws IOException {
    assertThat(csv(BLOCKS, true, "{'comments':'1+1=2','pattern':''}"))
        .isEqualTo(HEADER.replace("_extra", "_excel_safe,_extra") + ",\"\",,,1+1=2,,,,,\r\n");
  }

  @Test
  void cellsAreNotAlteredUnlessAsked() throws IOException {
    assertThat(csv(BLOCKS, false, "{'comments':'=1+1'}")).contains(",=1+1,");
  }

  @Test
  void manyRecordsAreManyRows() throws IOException {
    String[] records = new String[5_000];
    java.util.Arrays.setAll(records, i -> "{'id':'" + i + "','comments':'" + "c".repeat(50) + "'}");
    String csv = csv(BLOCKS, false, records);
    assertThat(csv.lines()).hasSize(5_001);
    assertThat(RowCount.of(RowFormat.CSV, BLOCKS, new ByteArrayInputStream(csv.getBytes(UTF_8))))
        .isEqualTo(5_000);
  }

  private static String csv(Resource resource, boolean excelSafe, String... records)
      throws IOException {
    return csvOf(
        resource,
        excelSafe,
        java.util.Arrays.stream(records).map(record -> record.replace('\'', '"')).toList());
  }

  public static String csvOf(Resource resource, boolean excelSafe, List<String> records)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowWriter writer = RowFormat.CSV.writer(resource, excelSafe, out);
    StringBuilder lines = new StringBuilder("....");
    for (String record : records) {
      lines.append(record).append('\n');
    }
    byte[] bytes = lines.toString().getBytes(UTF_8);
    writer.write(bytes, 4, bytes.length);
    return out.toString(UTF_8);
  }
}
