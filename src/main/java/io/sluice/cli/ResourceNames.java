package io.sluice.cli;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import java.util.Iterator;

/** The names of all resources, for help texts and the completion of shells. */
final class ResourceNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Catalog.resources().stream().map(Resource::slug).iterator();
  }
}
