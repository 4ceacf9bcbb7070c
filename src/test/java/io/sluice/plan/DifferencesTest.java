package io.sluice.plan;

import static io.sluice.plan.PlanRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as a difference between a row and a record, and what does not. */
final class DifferencesTest {

  @ParameterizedTest(name = "{0}: {1} is nothing new to {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "block_senders | {'comments':null} | {}",
        "block_senders | {'comments':null} | {'comments':null}",
        "block_senders | {} | {'comments':'x'}",
        "block_senders | {'is_regex':false} | {}",
        "block_senders | {'id':'2','created_at':'2026','last_modified':'2026','x':1} | {'id':'1'}",
        "block_senders | {'pattern':'B@c.example'} | {'pattern_type':'EMAIL','pattern':'b@C.example'}",
        "block_senders | {'pattern_type':'EMAIL'} | {'pattern':'b@c.example'}",
        "block_senders | {'pattern':'a','pattern_type':'domain'} | {'pattern':'a','pattern_type':'DOMAIN'}",
        "trusted_domains | {'pattern':'b\u00fccher.example'} | {'pattern':'XN--BCHER-KVA.example'}",
        "allow_policies | {'is_sender':true} | {'is_trusted_sender':true}",
        "allow_policies | {'is_trusted_sender':true} | {'is_sender':true}",
        "allow_policies | {'is_spoof':true} | {'is_spoof':true}",
        "allow_policies | {'is_sender':false,'is_trusted_sender':true} | {'is_trusted_sender':true}",
        "allow_policies | {'is_sender':null} | {'is_trusted_sender':true}",
        "domains | {'regions':['us','GLOBAL','US']} | {'regions':['US','US','GLOBAL']}",
        "domains | {'ip_restrictions':['1.1.1.1','8.8.8.8']} | {'ip_restrictions':['8.8.8.8','1.1.1.1']}",
        "domains | {'folder':'inbox'} | {'folder':'Inbox'}",
        "domains | {'lookback_hops':2} | {'lookback_hops':2.0}",
        "domains | {'require_tls_inbound':null} | {}",
        "domains | {'require_tls_inbound':false} | {}",
        "domains | {'domain':'A.example'} | {'domain':'a.example'}",
        "domains | {'dmarc_status':'good','status':'active'} | {'dmarc_status':'none'}",
        "impersonation_registry | {'provenance':'A1S_INTERNAL'} | {}",
        "impersonation_registry | {'provenance':'a1s_internal'} | {'provenance':null}",
      })
  void isNoDifference(String resource, String row, String held) {
    assertThat(between(resource, row, held, Origin.THIS_ACCOUNT)).isEmpty();
  }

  @Test
  void anExpressionIsSentAsTheRowSpellsIt() {
    String row = "{'pattern':'xn--bcher-kva.example','is_regex':true}";
    String held = "{'pattern':'b\u00fccher.example','is_regex':false}";

    assertThat(between("trusted_domains", row, held, Origin.THIS_ACCOUNT))
        .extracting(FieldChange::field)
        .containsExactly("pattern", "is_regex");
  }

  @ParameterizedTest(name = "{0}: {1} is new to {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "block_senders | {'comments':null} | {'comments':'x'} | comments",
        "block_senders | {'comments':''} | {} | comments",
        "block_senders | {'comments':'X'} | {'comments':'x'} | comments",
        "block_senders | {'is_regex':true} | {} | is_regex",
        "block_senders | {'pattern':'new','pattern_type':'DOMAIN'} | {'pattern':'old','pattern_type':'DOMAIN'} | pattern",
        "block_senders | {'pattern_type':'IP'} | {'pattern':'old','pattern_type':'DOMAIN'} | pattern_type",
        "block_senders | {'pattern':'A'} | {'pattern':'a','is_regex':true} | pattern",
        "allow_policies | {'is_sender':true} | {'is_trusted_sender':false} | is_trusted_sender",
        "allow_policies | {'is_recipient':true} | {} | is_exempt_recipient",
        "domains | {'regions':['US','US','AU']} | {'regions':['US','AU','AU']} | regions",
        "domains | {'regions':[]} | {} | regions",
        "domains | {'require_tls_inbound':false} | {'require_tls_inbound':null} | require_tls_inbound",
        "domains | {'lookback_hops':'2'} | {'lookback_hops':2} | lookback_hops",
        "domains | {'integration_id':'x'} | {} | integration_id",
        "impersonation_registry | {'name':'B','email':'A@b.example'} | {'name':'A','email':'a@b.example'} | name",
      })
  void isADifference(String resource, String row, String held, String field) {
    assertThat(between(resource, row, held, Origin.THIS_ACCOUNT))
        .extracting(FieldChange::field)
        .containsExactly(field);
  }

  @Test
  void aTypeThatWouldFollowOtherwiseFromTheNewPatternIsSentWithIt() {
    String row = "{'pattern':'b@c.example','pattern_type':'IP','is_regex':true}";
    assertThat(between("block_senders", row, "{'pattern':'192.0.2.7'}", Origin.THIS_ACCOUNT))
        .extracting(FieldChange::field)
        .containsExactly("pattern", "pattern_type", "is_regex");
  }

  @Test
  void whatIsBoundToAnAccountMeansNothingInAnother() {
    String row = "{'integration_id':'x','folder':'Inbox'}";
    assertThat(between("domains", row, "{'folder':'AllItems'}", Origin.OTHER_ACCOUNT))
        .extracting(FieldChange::field)
        .containsExactly("folder");
  }

  @Test
  void changesTellBeforeAndAfterInTheSpellingThatIsSent() {
    assertThat(
            between(
                "domains",
                "{'folder':'inbox','regions':['au']}",
                "{'regions':['US'],'folder':'AllItems'}",
                Origin.UNKNOWN))
        .hasToString(
            "[FieldChange[field=folder, before=\"AllItems\", after=\"Inbox\"], "
                + "FieldChange[field=regions, before=[\"US\"], after=[\"AU\"]]]");
  }

  private static List<FieldChange> between(
      String resource, String row, String held, Origin origin) {
    return Differences.between(Catalog.get(resource), json(row), json(held), origin);
  }
}
