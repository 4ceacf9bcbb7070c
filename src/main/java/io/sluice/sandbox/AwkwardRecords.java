package io.sluice.sandbox;

import io.sluice.catalog.Resource;
import java.util.List;

final class AwkwardRecords {
  private AwkwardRecords() {}

  static List<Row> of(Resource resource, Mint mint) {
    return List.of();
  }
}
