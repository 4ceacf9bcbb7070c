package io.sluice.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The contents and the origin of a snapshot.
 *
 * @param formatVersion the version of this layout; readers refuse what is newer than they are
 * @param toolVersion the Sluice that wrote it
 * @param accountId the account that was listed
 * @param baseUrl the API that was asked
 * @param startedAt when the export began
 * @param finishedAt when the last file was complete
 * @param resources one entry for each file
 * @param unavailable the kinds of records that the account was asked for and does not offer
 */
public record Manifest(
    int formatVersion,
    String toolVersion,
    String accountId,
    String baseUrl,
    Instant startedAt,
    Instant finishedAt,
    List<ResourceEntry> resources,
    List<Unavailable> unavailable) {
  /** A manifest of before there were kinds that an account may lack names none. */
  @SuppressWarnings("ConstantValue") // JSON may leave out what the types promise
  public Manifest {
    unavailable = unavailable == null ? List.of() : List.copyOf(unavailable);
  }

  /** The layout that this Sluice writes. */
  public static final int FORMAT_VERSION = 1;

  /** The file's name inside a snapshot. */
  public static final String FILE = "manifest.json";

  /** True if no list moved while it was read. */
  public boolean consistent() {
    return resources.stream().allMatch(ResourceEntry::consistent);
  }

  /** How many records all files hold together. */
  public long rows() {
    return resources.stream().mapToLong(ResourceEntry::rows).sum();
  }

  /** Why it does not hold records of that kind, if the account was asked for them. */
  public Optional<Unavailable> unavailable(String resource) {
    return unavailable.stream().filter(one -> one.resource().equals(resource)).findFirst();
  }

  /** True if the other snapshot is of the same account, resources and filters. */
  public boolean sameSubject(Manifest other) {
    return isOf(other.accountId, other.baseUrl) && subject().equals(other.subject());
  }

  /** True if it is of this account at this API. */
  public boolean isOf(String account, String api) {
    return accountId.equals(account) && baseUrl.equals(api);
  }

  /** Of how many pages that list was; 0 if there is none of these filters. */
  public int pages(String resource, Map<String, List<String>> filters) {
    return resources.stream()
        .filter(entry -> entry.resource().equals(resource) && entry.filters().equals(filters))
        .mapToInt(ResourceEntry::pages)
        .findFirst()
        .orElse(0);
  }

  /**
   * The resources of which the other snapshot holds no list as good: of the same account and
   * filters, and consistent if this one's is.
   */
  public List<String> notHeldBy(Manifest other) {
    boolean comparable = isOf(other.accountId, other.baseUrl);
    return resources.stream()
        .filter(
            own ->
                !comparable
                    || other.resources.stream()
                        .noneMatch(
                            entry ->
                                entry.resource().equals(own.resource())
                                    && entry.filters().equals(own.filters())
                                    && (entry.consistent() || !own.consistent())))
        .map(ResourceEntry::resource)
        .toList();
  }

  /** The same with these of its files alone. */
  Manifest with(List<ResourceEntry> entries) {
    return new Manifest(
        formatVersion,
        toolVersion,
        accountId,
        baseUrl,
        startedAt,
        finishedAt,
        entries,
        unavailable);
  }

  private Map<String, Map<String, List<String>>> subject() {
    Map<String, Map<String, List<String>>> subject = new TreeMap<>();
    resources.forEach(entry -> subject.put(entry.resource(), entry.filters()));
    return subject;
  }
}
