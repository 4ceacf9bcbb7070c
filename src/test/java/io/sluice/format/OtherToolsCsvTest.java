package io.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.Catalog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV files as spreadsheets, shells, feeds and other vendors write them. */
class OtherToolsCsvTest {
  private static final Pattern OPTION = Pattern.compile("--map ('([^']*)'|\\S+)");
  private static final Pattern ENDING = Pattern.compile("[.;,]$");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pattern,comments\r\n,\r\na.example,x\r\n,\r\n",
        "pattern;comments\n;\na.example;x\n;;\n;;;;\n",
        "pattern\tcomments\n\t\na.example\tx\n",
        "pattern,comments\n\"\",\"\"\na.example,x\n",
        "pattern,comments\n  ,  \na.example,x\n",
        "pattern,comments\n,\"\"\n\n,,,\na.example,x\n,",
        "pattern, comments\n, \na.example, x\n",
        "\ufeffpattern,comments,\r\n,,\r\na.example,x,\r\n",
        "sep=;\npattern;comments\n;\na.example;x\n",
        "pattern,comments,_x\n,,\na.example,x,y\n,,",
      })
  void rowsWithoutAnyValueArePassedOverAndNoted(String text) throws IOException {
    Inputs.Result result = Inputs.csv("block_senders", text).set("is_regex", "no").read();

    assertThat(result.faults()).isEmpty();
    assertThat(result.records())
        .containsExactly("{\"pattern\":\"a.example\",\"comments\":\"x\",\"is_regex\":false}");
    assertThat(result.rows().get(0).row()).isEqualTo(1);
    assertThat(result.warnings()).singleElement().asString().contains("without any value", "line");
  }

  /** Left out, a block that was meant to end would stay. */
  @ParameterizedTest
  @ValueSource(strings = {"Expires on", "ExpirationDate", "Ablaufdatum", "Valid until"})
  void aColumnThatSaysWhenARowEndsIsProposedAsThat(String name) {
    String text = "Value," + name + ",Comentarios\na.example,2026-12-31,x\n";
    assertThatThrownBy(() -> Inputs.csv("block_senders", text).read())
        .hasMessageContaining("=expires")
        .hasMessageContaining("--map Comentarios=comments");
  }

  @Test
  void aFileOfEmptyRowsHasNoRow() throws IOException {
    Inputs.Result result = Inputs.csv("block_senders", "pattern,comments\n,\n,\n").read();
    assertThat(result.rows()).isEmpty();
    assertThat(result.warnings())
        .containsExactly("2 rows without any value were passed over (the first is line 2)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# exported 2026-11-20\n# by a tool\npattern,comments\na.example,x\n",
        "#TYPE Selected.System.Object\r\n\"pattern\",\"comments\"\r\n\"a.example\",\"x\"\r\n",
        "\"# exported, by \"\"us\"\"\"\npattern,comments\na.example,x\n",
        "\ufeff#\r\n\r\n# two\r\n\r\npattern,comments\r\na.example,x\r\n",
        "# it's a \"list\npattern,comments\na.example,x\n",
        "# one\nsep=;\npattern;comments\na.example;x\n",
        "sep=;\n# one\npattern;comments\na.example;x\n",
        "SEP=,\r\npattern,comments\r\na.example,x\r\n",
        "\"sep=;\"\npattern;comments\na.example;x\n",
        "# pattern is what we block\npattern,comments\na.example,x\n",
        "# id,pattern,is_regex,comments\npattern,comments\na.example,x\n",
        "  # blank\r#\rpattern,comments\ra.example,x\r",
      })
  void linesAboveTheHeaderArePassedOver(String text) throws IOException {
    Inputs.Result result = Inputs.csv("block_senders", text).read();
    assertThat(result.header()).containsExactly("pattern", "comments");
    assertThat(result.records()).containsExactly("{\"pattern\":\"a.example\",\"comments\":\"x\"}");
    assertThat(result.warnings()).isEmpty();
  }

  @Test
  void theDelimiterThatALineAboveNamesHolds() throws IOException {
    assertThat(Inputs.csv("block_senders", "sep=;\npattern\na,b;\n").read().rows()).hasSize(1);
    assertThat(
            Inputs.csv("block_senders", "sep=\t\n_a,b\tpattern\n1\tx.example\n").read().records())
        .containsExactly("{\"pattern\":\"x.example\"}");
    assertThat(Inputs.csv("block_senders", "sep=|\n_a,b|pattern\n1|x.example\n").read().records())
        .containsExactly("{\"pattern\":\"x.example\"}");
    assertThatThrownBy(() -> Inputs.csv("block_senders", "sep=:\npattern:comments\n").read())
        .hasMessageContaining("comma, semicolon, tab or pipe");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#pattern,comments\na.example,x\n",
        "# pattern;comments\na.example;x\n",
        "# a feed\n#\n# pattern,comments\na.example,x\n",
        "#\"pattern\",\"comments\"\r\n\"a.example\",\"x\"\r\n",
        "\"#pattern\",\"comments\"\n\"a.example\",\"x\"\n",
        "sep=,\n# Blocked Sender,Notes\na.example,x\n",
        "## Pattern, Notes\na.example, x\n",
      })
  void aHeaderThatIsWrittenAsACommentIsUsedAndReported(String text) throws IOException {
    Inputs.Result result = Inputs.csv("block_senders", text).read();
    assertThat(result.records()).containsExactly("{\"pattern\":\"a.example\",\"comments\":\"x\"}");
    assertThat(result.warnings()).singleElement().asString().contains("written as a comment");
  }

  @Test
  void aCommentedHeaderOfOtherNamesIsMappedLikeAnyOther() throws IOException {
    String feed =
        """
        # abuse feed
        # id,dateadded,host
        "1","2026-11-20","a.example"
        "2","2026-11-21","b.example"
        """;
    assertThat(withAdvice("block_senders", feed).records())
        .containsExactly("{\"pattern\":\"a.example\"}", "{\"pattern\":\"b.example\"}");
    Inputs mapped = Inputs.csv("block_senders", "# when,what\nx,a.example\n");
    assertThat(mapped.map("what", "pattern", "when", "").read().records())
        .containsExactly("{\"pattern\":\"a.example\"}");
  }

  @Test
  void commentsAndHeadersAmongTheRowsAreFaults() throws IOException {
    String text =
        "pattern,comments\na.example,x\n# END\n#,\npattern,comments\n\ufeffpattern,comments\n";
    Inputs.Result result = Inputs.csv("block_senders", text).read();
    assertThat(result.faults()).extracting(InputFault::line).containsExactly(3L, 4L, 5L, 6L);
    assertThat(result.faults())
        .extracting(InputFault::reason)
        .satisfiesExactly(
            reason -> assertThat(reason).contains("comment below the header"),
            reason -> assertThat(reason).contains("comment below the header"),
            reason -> assertThat(reason).contains("header again"),
            reason -> assertThat(reason).contains("header again"));
    assertThat(result.rows()).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pattern,comments,comments~a.example,x,y|x",
        "pattern,Notes,comments~a.example,x,y|x",
        "pattern,comments,Notes,notes~a.example,x,y,z|x",
        "pattern,pattern,comments~a.example,b.example,x|x",
        "Blocked Sender,pattern,comments~a.example,b.example,x|x",
        "Pattern,comments,comments,comments~a.example,x,y,z|x",
        "pattern,Is Regex,is_regex,comments~a.example,0,1,x|x",
        "pattern,comments,COMMENTS~a.example,x,y|x",
        "pattern,_5,comments,comments,_x~a.example,q,x,y,z|x",
        "\"pattern\",\"comments\",\"comments\"~\"a.example\",\"x\",\"y\"|x",
      })
  void theHintForTwoColumnsOfOneFieldKeepsOne(String text, String kept) throws IOException {
    Inputs.Result result = withAdvice("block_senders", text.replace('~', '\n'));
    assertThat(result.records().get(0)).contains("\"pattern\":\"a.example\"");
    assertThat(result.rows().get(0).record().path("comments").asString()).isEqualTo(kept);
  }

  @Test
  void aMappingOfANameThatTwoColumnsHaveIsRefused() {
    Inputs input = Inputs.csv("block_senders", "pattern,comments,comments\na.example,x,y\n");
    assertThatThrownBy(() -> input.map("comments", "").read())
        .hasMessageContaining("2 columns have that name")
        .hasMessageContaining("--map 3=");
    assertThatThrownBy(() -> input.map("4", "").read()).hasMessageContaining("no such column");
    assertThatThrownBy(() -> input.map("0", "").read()).hasMessageContaining("no such column");
  }

  @Test
  void aColumnsNameCountsBeforeItsNumber() throws IOException {
    Inputs input = Inputs.csv("block_senders", "2,pattern\nx,a.example\n");
    assertThat(input.map("2", "comments").read().records())
        .containsExactly("{\"comments\":\"x\",\"pattern\":\"a.example\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "block_senders|Value,Action,Notes,LastModifiedDateTime~a.example,Block,x,2026",
        "block_senders|uuid,event_id,category,type,value,comment,to_ids,date"
            + "~5f2b,12,Network activity,domain,a.example,x,1,20261120",
        "block_senders|indicator,type,description~a.example,domain,x",
        "block_senders|Indicator value;Severity;Created at~a.example;High;2026",
        "block_senders|EmailAddress,DisplayName~a.example,x",
        "block_senders|Sender,Policy,Modified~a.example,block,2026-01-01",
        "block_senders|id,indicator,type~77,a.example,domain",
        "block_senders|Address/Domain,Group,Enabled~a.example,x,true",
        "block_senders|IoC,first_seen_utc,threat,status~a[.]example,2026,x,online",
        "block_senders|\"created\",\"ioc $value\",\"conf=idence\"~2026,a.example,5",
        "trusted_domains|Name,Created,Status~a.example,2026,active",
        "domains|Hostname,Tenant,State~a.example,x,ok",
      })
  void theHeadersOfOtherVendorsGetOptionsThatWork(String resource, String text) throws IOException {
    Inputs.Result result = withAdvice(resource, text.replace('~', '\n'));
    String field = resource.equals("domains") ? "domain" : "pattern";
    assertThat(result.rows().get(0).record().path(field).asString().replace("[.]", "."))
        .isEqualTo("a.example");
    assertThat(result.rows().get(0).record().has("id")).isFalse();
    assertThat(result.faults()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "block_senders|Value,Action,Notes~a.example,Block,x~good.example,Allow,y|'Action' says 'Block', 'Allow'",
        "block_senders|Value,Action,Notes~good.example,Allow,y|'Action' says 'Allow', and block-senders blocks",
        "block_senders|Sender,To,Type~good.example,all,Permit~a.example,all,Block|'Type' says 'Permit', 'Block'",
        "block_senders|Address,ListType~good.example,SafeSenders|'ListType' says 'SafeSenders'",
        "block_senders|Address,Policy~good.example,Do not block|'Policy' says 'Do not block'",
        "block_senders|Address/Domain,Group~good.example,Permitted Senders of the company|'Group' says",
        "block_senders|Safe Senders~good.example|'Safe Senders' reads like the opposite",
        "block_senders|Blocked,Allowed~a.example,b.example|'Allowed' reads like the opposite",
        "trusted_domains|Name,Verdict~evil.example,Blocked|'Verdict' says 'Blocked', and trusted-domains exempts",
        "trusted_domains|Blocked Sender,Notes~evil.example,x|this looks like a file of block-senders",
        "allow_policies|Blocked Sender,Blocked Sender Type,Is Regex,Notes~evil.example,DOMAIN,0,x|say -r block-senders",
      })
  void nothingIsProposedForAFileThatDoesTheOpposite(String resource, String text, String reason) {
    InputException refusal = refusal(resource, text.replace('~', '\n'));
    assertThat(refusal).hasMessageContaining(reason);
    assertThat(refusal.getMessage()).doesNotContain("--map");
  }

  /** What its columns mean cannot be said before its text is known. */
  @Test
  void theEncodingIsNamedBeforeTheColumns() {
    String text = "IOC;Threat;Analyst note\nevil[.]example;phish;Müller: one\nb.example;scan;two\n";
    Inputs file =
        new Inputs(
            "block_senders",
            InputOptions.of(InputFormat.CSV),
            text.getBytes(java.nio.charset.Charset.forName("windows-1252")));

    assertThatThrownBy(file::read)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("say --encoding windows-1252");
    assertThatThrownBy(() -> Inputs.csv("block_senders", text).read())
        .hasMessageContaining("--map IOC=pattern --map Threat= --map 'Analyst note=comments'");
  }

  @Test
  void aRowThatDoesTheOppositeIsInvalidWhereverItStands() throws IOException {
    StringBuilder text = new StringBuilder("Value,Action\n");
    for (int i = 0; i < 30; i++) {
      text.append("evil").append(i).append(".example,Block\n");
    }
    text.append("good.example,Allow\n");
    for (String action : List.of("", "comments")) {
      Inputs.Result result =
          Inputs.csv("block_senders", text.toString())
              .map("Value", "pattern", "Action", action)
              .read();
      assertThat(result.faults())
          .singleElement()
          .satisfies(
              fault -> {
                assertThat(fault.line()).isEqualTo(32);
                assertThat(fault.reason())
                    .isEqualTo(
                        "the column 'Action' says 'Allow', and block-senders blocks or protects:"
                            + " take such rows out of the file");
              });
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Values, Rule Type, Is Regex, Sender Verification, Trusted Sender, Exempt Recipient, Acceptable Sender, Notes",
        "Pattern, Pattern Type, Verify Email, Trusted Sender, Exempt Recipient, Acceptable Sender, Notes",
        "pattern,is_trusted_sender,is_exempt_recipient,is_acceptable_sender,verify_sender",
        "id,pattern,pattern_type,is_regex,verify_sender,is_trusted_sender",
      })
  void theAllowPoliciesOfTheDashboardAreNeverBlocked(String header) {
    String row = "\n" + "good.example" + ",".repeat(header.split(",").length - 1) + "\n";
    assertThat(refusal("block_senders", header.replace("|", ",") + row))
        .hasMessageContaining("rows of allow-policies")
        .hasMessageContaining("read them with -r allow-policies");
    Inputs mapped =
        Inputs.csv("block_senders", "pattern,Trusted Sender,Verify Email\ngood.example,1,1\n")
            .map("Trusted Sender", "", "Verify Email", "");
    assertThatThrownBy(mapped::read).hasMessageContaining("rows of allow-policies");
    assertThat(
            refusal(
                "block_senders",
                "Domain, Proximity, New, Is Regex, Notes\na.example, 1, 0, 0, x\n"))
        .hasMessageContaining("rows of trusted-domains");
  }

  @Test
  void thatTheyAreRowsOfAnotherKindIsSaidInTheWordsOfTheService() {
    assertThat(
            new OpposedRows(Catalog.get("block-senders"))
                .refusal(List.of("verify_sender", "is_trusted_sender"), OptionNames.API))
        .endsWith("read them with resource=allow-policies");
  }

  @Test
  void theUrlsOfAFeedAreProposedAsPatternsToNormalize() {
    String feed =
        """
        # URLhaus
        # id,dateadded,url,url_status,last_online,threat,tags,urlhaus_link,reporter
        "1","2026-11-20 10:00:00","http://evil.example/a.exe","online","","malware_download","exe","https://urlhaus.abuse.ch/url/1/","x"
        "2","2026-11-20 10:00:00","http://203.0.113.9:81/b","offline","","malware_download","elf","https://urlhaus.abuse.ch/url/2/","y"
        """;
    assertThat(refusal("block_senders", feed).getMessage())
        .startsWith("line 2: this is an export of URLhaus (abuse.ch): ")
        .contains("say --map url=pattern with --normalize, which makes evil.example of it")
        .contains("--map id= ")
        .endsWith(" --normalize");
    assertThat(refusal("trusted_domains", feed).getMessage()).doesNotContain("url=pattern");
  }

  @Test
  void aHeaderBelowATitleIsPointedOut() {
    assertThat(refusal("block_senders", "Report of November\n\npattern,comments\na.example,x\n"))
        .hasMessageContaining("the names of the columns are in line 3")
        .hasMessageContaining("--header-line 3");
    assertThat(refusal("block_senders", "Report,of November\n\npattern,comments\na.example,x\n"))
        .hasMessageContaining("the names of the columns are in line 3")
        .hasMessageContaining("--header-line 3");
    assertThat(refusal("block_senders", "Report,of November\n\npattern,\na.example,x\n"))
        .hasMessageContaining("the header is in line 3, below other text")
        .hasMessageContaining("--header-line 3");
  }

  @Test
  void aDelimiterThatIsNamedAndNotUsedIsRefused() {
    assertThat(refusal("block_senders", "sep=,\npattern;comments\na.example;x\n"))
        .hasMessageContaining("names ',' as the delimiter (sep=), but the header uses ';'");
  }

  @Test
  void fieldsThatNobodyCanWriteAreNeverProposed() {
    for (String column : List.of("creatd_at", "modified", "ids", "last modifed", "is_senders")) {
      InputException refusal = refusal("allow_policies", "pattern," + column + "\na.example,x\n");
      assertThat(refusal.getMessage())
          .doesNotContain("=created_at", "=modified_at", "=last_modified", "=id", "=is_sender ")
          .doesNotContain("'created_at'", "'modified_at'", "'last_modified'", "'id'");
    }
  }

  @Test
  void aFirstRowOfDataIsNoHeader() {
    for (String text :
        List.of(
            "a.example,x\nb.example,y\n",
            "1,a@b.example\n",
            "192.0.2.0/24;x\n",
            "\"a.example\",\"x\"\n",
            "# list\na.example,x\n")) {
      assertThat(refusal("block_senders", text))
          .hasMessageContaining("looks like data, not like a header")
          .hasMessageContaining("put one above the data");
    }
  }

  @Test
  void theTrustedDomainsOfArea1AreReadAsTheyAre() throws IOException {
    Inputs.Result result =
        Inputs.csv("trusted_domains", "Domain, Notes, Proximity, Recent\na.example, x, 1, 0\n")
            .read();
    assertThat(result.faults()).isEmpty();
    assertThat(result.records())
        .containsExactly(
            "{\"pattern\":\"a.example\",\"comments\":\"x\",\"is_similarity\":true,\"is_recent\":false}");
  }

  /** Reads with the options that the refusal prints last. */
  private static Inputs.Result withAdvice(String resource, String text) throws IOException {
    String message = String.valueOf(refusal(resource, text).getMessage());
    String options = message.substring(Math.max(0, message.lastIndexOf("All at once: ")));
    List<String> pairs = new ArrayList<>();
    Matcher option = OPTION.matcher(options);
    while (option.find() && pairs.stream().noneMatch(option.group()::equals)) {
      String whole = option.group(2) == null ? option.group(1) : option.group(2);
      String pair = ENDING.matcher(whole).replaceFirst("");
      int equals = pair.lastIndexOf('=');
      if (!pairs.contains(pair.substring(0, equals))) {
        pairs.add(pair.substring(0, equals));
        pairs.add(pair.substring(equals + 1));
      }
    }
    assertThat(pairs).as(message).isNotEmpty();
    return Inputs.csv(resource, text).map(pairs.toArray(String[]::new)).read();
  }

  private static InputException refusal(String resource, String text) {
    return Assertions.assertThrows(InputException.class, () -> Inputs.csv(resource, text).read());
  }
}
