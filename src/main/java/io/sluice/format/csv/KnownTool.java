package io.sluice.format.csv;

import io.sluice.catalog.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Another product, by columns that its exports have and no other's. Sources: the published formats
 * of abuse.ch, PhishTank and MISP, and Microsoft's documentation of {@code
 * Get-TenantAllowBlockListItems} and of message traces.
 *
 * @param name the product
 * @param columns columns that together are found in its exports alone, without case and marks
 */
record KnownTool(String name, Set<String> columns) {
  private static final List<KnownTool> ALL =
      List.of(
          new KnownTool("URLhaus (abuse.ch)", Set.of("urlhauslink")),
          new KnownTool("ThreatFox (abuse.ch)", Set.of("iocvalue", "fkmalware")),
          new KnownTool("Feodo Tracker (abuse.ch)", Set.of("dstip", "c2status")),
          new KnownTool("PhishTank", Set.of("phishid", "phishdetailurl")),
          new KnownTool("MISP", Set.of("eventid", "toids")),
          new KnownTool("Microsoft Defender's Tenant Allow/Block List", Set.of("entryvaluehash")),
          new KnownTool(
              "Microsoft Defender's Tenant Allow/Block List", Set.of("listsubtype", "sysmanaged")),
          new KnownTool("an Exchange message trace", Set.of("messagetraceid", "senderaddress")));

  /** The product that the columns are of, with the words before it; empty if it is not sure. */
  static String preface(Collection<String> header) {
    KnownTool tool = of(header);
    return tool == null ? "" : "this is an export of " + tool.name + ": ";
  }

  private static @Nullable KnownTool of(Collection<String> header) {
    Set<String> names = header.stream().map(NearestName::canonical).collect(Collectors.toSet());
    return ALL.stream().filter(tool -> names.containsAll(tool.columns)).findFirst().orElse(null);
  }
}
