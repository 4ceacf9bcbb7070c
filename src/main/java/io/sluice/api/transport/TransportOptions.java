package io.sluice.api.transport;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How calls travel.
 *
 * @param concurrency how many calls may be under way at once
 * @param caFile PEM certificates of further authorities to trust, besides Java's own
 * @param allowHttp whether plain {@code http:} may leave this machine
 * @param proxy the proxy for {@code https:} addresses
 * @param connectTimeout how long making a connection may take
 * @param answerTimeout how long a whole answer may take, from sending to its last byte
 * @param maxAnswerBytes the largest answer taken in, after decompression
 * @param userAgent who is calling
 */
public record TransportOptions(
    int concurrency,
    @Nullable Path caFile,
    boolean allowHttp,
    ProxySettings proxy,
    Duration connectTimeout,
    Duration answerTimeout,
    int maxAnswerBytes,
    String userAgent) {

  /** The usual ones: 10 s to connect, 60 s for an answer, 64 MiB at most, no proxy. */
  public static TransportOptions defaults(String version) {
    return new TransportOptions(
        16,
        null,
        false,
        ProxySettings.NONE,
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        64 * 1024 * 1024,
        "sluice/" + version);
  }

  /** The same with another number of calls at once. */
  public TransportOptions withConcurrency(int calls) {
    return new TransportOptions(
        calls, caFile, allowHttp, proxy, connectTimeout, answerTimeout, maxAnswerBytes, userAgent);
  }

  /** The same with another limit on the time of an answer. */
  public TransportOptions withAnswerTimeout(Duration timeout) {
    return new TransportOptions(
        concurrency, caFile, allowHttp, proxy, connectTimeout, timeout, maxAnswerBytes, userAgent);
  }

  /** The same with other ways out of the network. */
  public TransportOptions withNetwork(
      @Nullable Path authorities, boolean plainHttp, ProxySettings through) {
    return new TransportOptions(
        concurrency,
        authorities,
        plainHttp,
        through,
        connectTimeout,
        answerTimeout,
        maxAnswerBytes,
        userAgent);
  }

  /**
   * The same, if its file of authorities can be used.
   *
   * @throws IllegalArgumentException if it cannot be read or holds no certificate
   */
  public TransportOptions checked() {
    TrustedAuthorities.check(caFile);
    return this;
  }
}
