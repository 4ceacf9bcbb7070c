package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whoever may only look, and makes the service list an account by that, leaves jobs their quota.
 */
final class ServiceExpiringTest {
  private static final String EXPIRING = "/v1/profiles/one/expiring";

  @RegisterExtension private final ServiceRig rig = new ServiceRig();

  @Test
  void anAccountIsListedWhileMostOfItsQuotaIsLeft() {
    announce(800);
    for (int i = 0; i < 2; i++) {
      Visitor.Reply listed = rig.viewer().get(EXPIRING);
      assertThat(listed.status()).describedAs(listed.text()).isEqualTo(200);
    }
  }

  @Test
  void itIsNotListedWhenHalfOfItsQuotaIsUsed() {
    announce(400);
    assertThat(rig.viewer().get(EXPIRING).status()).isEqualTo(200);
    long before = rig.sandbox.requestLog().total();

    Visitor.Reply refused = rig.viewer().get(EXPIRING);

    assertThat(refused.status()).describedAs(refused.text()).isEqualTo(503);
    assertThat(refused.code()).isEqualTo("quota_used_up");
    assertThat(refused.header("Retry-After")).isNotBlank();
    assertThat(rig.sandbox.requestLog().total()).isEqualTo(before);
  }

  private void announce(int left) {
    rig.sandbox
        .faults()
        .everywhere()
        .then(
            Fault.reply(200, Fault.JSON, "{\"success\":true,\"result\":[]}")
                .header("ratelimit-policy", "\"default\";q=1000;w=300")
                .header("ratelimit", "\"default\";r=" + left + ";t=300"));
  }
}
