package io.sluice.cli.text;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import java.util.Iterator;

/** The names of all resources, for help texts, the completion of shells and tables. */
public final class ResourceNames implements Iterable<String> {
  private static final int LONGEST =
      Catalog.resources().stream().mapToInt(resource -> resource.slug().length()).max().orElse(0);

  /** A name for a column of names, as wide as the longest of them. */
  public static String padded(String slug) {
    return slug + " ".repeat(Math.max(0, LONGEST - slug.length()));
  }

  @Override
  public Iterator<String> iterator() {
    return Catalog.resources().stream().map(Resource::slug).iterator();
  }
}
