package io.sluice.flow.quota;

import java.util.List;
import java.util.stream.Stream;

/**
 * The quotas that limit a governor's calls at one moment, less the reserve.
 *
 * @param local the explicit rates, and the defaults that still hold
 * @param announced those that the server's answers announced
 */
record QuotasInForce(List<Quota> local, List<Quota> announced) {
  /** All of them. */
  List<Quota> all() {
    return Stream.concat(local.stream(), announced.stream()).toList();
  }
}
