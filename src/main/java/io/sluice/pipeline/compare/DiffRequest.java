package io.sluice.pipeline.compare;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.config.UsageException;
import io.sluice.plan.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The request of a comparison.
 *
 * @param before the first side, which would have to change
 * @param after the second side, which it would become
 * @param resources which kinds of records; both sides have them
 * @param leftOut kinds that only one side has, in words
 * @param named whether the kinds were named, or none is surely there: one that an account does not
 *     offer is an error then
 */
public record DiffRequest(
    Side before, Side after, List<Resource> resources, List<String> leftOut, boolean named) {

  /**
   * Compares the kinds that were named, or else all that both sides have.
   *
   * @param named none for all
   * @throws UsageException if a side lacks one that was named, or they have none in common
   */
  public static DiffRequest of(Side before, Side after, List<Resource> named) {
    List<Resource> both = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (Resource resource : named.isEmpty() ? Catalog.resources() : named) {
      boolean here = before.has(resource);
      boolean there = after.has(resource);
      if (here && there) {
        both.add(resource);
      } else if (!named.isEmpty()) {
        Side without = here ? after : before;
        throw new UsageException(
            without.name() + " holds no " + resource + without.why(resource), "leave it out of -r");
      } else if (!here && !there && !before.why(resource).isEmpty()) {
        leftOut.add(resource + ": not compared" + before.why(resource) + after.why(resource));
      } else if (here || there) {
        leftOut.add(
            resource
                + " is only in "
                + (here ? before : after).name()
                + ": not compared"
                + (here ? after : before).why(resource));
      }
    }
    if (named.isEmpty()) {
      Stream.concat(before.unknownKinds().stream(), after.unknownKinds().stream())
          .distinct()
          .forEach(
              kind ->
                  leftOut.add(
                      kind
                          + " is not known to this version of Sluice: not compared; update"
                          + " Sluice"));
    }
    if (both.isEmpty()) {
      throw new UsageException(
          before.name() + " and " + after.name() + " have no resource in common", null);
    }
    boolean needed = !named.isEmpty() || both.stream().allMatch(Resource::byPackage);
    return new DiffRequest(before, after, List.copyOf(both), List.copyOf(leftOut), needed);
  }

  /** What a value that is bound to an account is worth on the other side. */
  Origin origin() {
    String here = before.account();
    String there = after.account();
    if (here == null || there == null) {
      return Origin.UNKNOWN;
    }
    return here.equals(there) ? Origin.THIS_ACCOUNT : Origin.OTHER_ACCOUNT;
  }
}
