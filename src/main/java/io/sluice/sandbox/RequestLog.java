package io.sluice.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The requests that arrived at a {@link Sandbox} and how it was answered. Safe for use while calls
 * arrive.
 */
public final class RequestLog {
  /** The most calls that are recorded one by one; the counts go on. */
  public static final int RECORDED = 100_000;

  /**
   * One call.
   *
   * @param method in capitals
   * @param path with the id left out, as {@link Request#path()}
   * @param uri the request target as it arrived
   * @param query the query as it arrived, without the question mark
   * @param status of the answer; 0 if there was none
   * @param arrivalNanos {@link System#nanoTime()} when it had arrived whole
   */
  public record Call(
      String method, String path, String uri, String query, int status, long arrivalNanos) {}

  private final LongAdder total = new LongAdder();
  private final Map<String, LongAdder> byRoute = new ConcurrentHashMap<>();
  private final Map<Integer, LongAdder> byStatus = new ConcurrentHashMap<>();
  private final List<Call> calls = new ArrayList<>();
  private int inFlight;
  private int peakInFlight;

  RequestLog() {}

  /** How many calls arrived. */
  public long total() {
    return total.sum();
  }

  /** How many calls arrived on a route, such as {@code PATCH /block_senders/{id}}. */
  public long count(String route) {
    LongAdder count = byRoute.get(route);
    return count == null ? 0 : count.sum();
  }

  /** How many calls were answered with a status; 0 stands for those without an answer. */
  public long count(int status) {
    LongAdder count = byStatus.get(status);
    return count == null ? 0 : count.sum();
  }

  /** How many calls arrived, by method and templated path. */
  public Map<String, Long> byRoute() {
    return sums(byRoute);
  }

  /** How many calls were answered, by status. */
  public Map<Integer, Long> byStatus() {
    return sums(byStatus);
  }

  /** How many calls were answered 429. */
  public long throttled() {
    return count(429);
  }

  /** How many calls arrived that may change something: all but {@code GET}. */
  public long writes() {
    return byRoute().entrySet().stream()
        .filter(route -> !route.getKey().startsWith("GET "))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** The calls in the order in which they were answered, at most {@value #RECORDED}. */
  public List<Call> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  /** The most calls that were under way at one time. */
  public int peakInFlight() {
    synchronized (calls) {
      return peakInFlight;
    }
  }

  /** Forgets everything. */
  public void reset() {
    synchronized (calls) {
      total.reset();
      byRoute.clear();
      byStatus.clear();
      calls.clear();
      peakInFlight = inFlight;
    }
  }

  public void arrived(Request request) {
    total.increment();
    byRoute.computeIfAbsent(request.toString(), route -> new LongAdder()).increment();
    synchronized (calls) {
      peakInFlight = Math.max(peakInFlight, ++inFlight);
    }
  }

  public void answered(Request request, int status, long arrivalNanos) {
    byStatus.computeIfAbsent(status, same -> new LongAdder()).increment();
    String uri = request.uri();
    int mark = uri.indexOf('?');
    String query = mark < 0 ? "" : uri.substring(mark + 1);
    synchronized (calls) {
      inFlight--;
      if (calls.size() < RECORDED) {
        calls.add(new Call(request.method(), request.path(), uri, query, status, arrivalNanos));
      }
    }
  }

  private static <K extends Comparable<K>> Map<K, Long> sums(Map<K, LongAdder> counts) {
    Map<K, Long> sums = new TreeMap<>();
    counts.forEach((key, count) -> sums.put(key, count.sum()));
    return sums;
  }
}
