package io.sluice.format;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recognises the names of columns or fields that are those of another kind of records. */
public final class OtherKind {
  private OtherKind() {}

  /**
   * What the names look like, and what to do; null if the kind knows all of them, or no other kind
   * does.
   *
   * @param resource the kind that the file is read as
   * @param options what the advice calls the options
   */
  public static @Nullable String advice(
      Resource resource, Collection<String> names, OptionNames options) {
    List<String> given =
        names.stream().filter(name -> !name.isBlank() && !name.startsWith("_")).toList();
    if (given.isEmpty() || knowsAll(resource, given)) {
      return null;
    }
    List<String> others =
        Catalog.resources().stream()
            .filter(other -> knowsAll(other, given) && namesKey(other, given))
            .map(Resource::slug)
            .toList();
    return others.isEmpty()
        ? null
        : "this looks like a file of "
            + String.join(" or ", others)
            + ", and is read as "
            + resource.slug()
            + ": say "
            + String.join(" or ", others.stream().map(options::resource).toList());
  }

  private static boolean knowsAll(Resource resource, Collection<String> names) {
    FieldNames fields = new FieldNames(resource);
    return names.stream().allMatch(name -> fields.find(name) != null);
  }

  /** True if the last part of the key, which is no type, is among the names. */
  private static boolean namesKey(Resource resource, Collection<String> names) {
    FieldNames fields = new FieldNames(resource);
    String key = resource.keyText();
    return names.stream()
        .map(fields::find)
        .anyMatch(field -> field != null && field.path().equals(key));
  }
}
