package io.sluice.plan;

import static io.sluice.plan.PlanRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What a record leaves out counts as empty, where there is such a thing. */
final class BodiesTest {
  private static final ObjectNode NOTHING = json("{}");

  @Test
  void flagsAreFalseAndNullableFieldsNull() {
    ObjectNode row = json("{'pattern':'a.example'}");

    assertThat(Bodies.withDefaults(Catalog.get("block-senders"), row, NOTHING))
        .isEqualTo(json("{'pattern':'a.example','is_regex':false,'comments':null}"));
    assertThat(row).isEqualTo(json("{'pattern':'a.example'}"));
  }

  @Test
  void anOldNameIsAsGoodAsTheNewOne() {
    ObjectNode whole =
        Bodies.withDefaults(Catalog.get("allow-policies"), json("{'is_sender':true}"), NOTHING);

    assertThat(whole.has("is_trusted_sender")).isFalse();
    assertThat(whole.path("is_exempt_recipient").booleanValue(true)).isFalse();
  }

  @Test
  void aFlagThatTheOtherHoldsAsNullIsLeftAlone() {
    Resource domains = Catalog.get("domains");
    ObjectNode whole = Bodies.withDefaults(domains, NOTHING, json("{'require_tls_inbound':null}"));

    assertThat(whole).isEqualTo(json("{'integration_id':null,'require_tls_outbound':false}"));
  }
}
