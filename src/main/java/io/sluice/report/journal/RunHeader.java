package io.sluice.report.journal;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run set out to do: the first line of its journal. Resuming compares it with what is asked
 * for now.
 *
 * @param formatVersion the version of the journal's layout
 * @param runId the run's name
 * @param toolVersion the Sluice that began it
 * @param startedAt when it began
 * @param accountId the account that is written to
 * @param baseUrl the API that is called
 * @param resource what kind of records
 * @param mode create, upsert, update, mirror or delete
 * @param inputName the input as the user named it
 * @param inputSha256 the digest of the input, in hex
 * @param inputRows how many data rows the input has
 * @param options every option that changes what the run does; never a secret
 * @param fence grows with every process that takes the run over
 */
public record RunHeader(
    int formatVersion,
    String runId,
    String toolVersion,
    Instant startedAt,
    String accountId,
    String baseUrl,
    String resource,
    String mode,
    String inputName,
    String inputSha256,
    long inputRows,
    Map<String, String> options,
    long fence) {
  /** The layout that this Sluice writes. */
  public static final int FORMAT_VERSION = 1;

  public RunHeader {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }
}
