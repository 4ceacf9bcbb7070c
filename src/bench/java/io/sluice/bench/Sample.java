package io.sluice.bench;

/**
 * One run of a contender.
 *
 * @param seconds wall clock of the whole process
 * @param cpuSeconds processor time of the whole process
 * @param peakBytes the most memory that was resident at a time
 * @param ownBytes the same without pages of files
 * @param rows how many records it brought
 * @param bytes how much it wrote
 * @param requests how many requests it sent
 */
record Sample(
    double seconds,
    double cpuSeconds,
    double peakBytes,
    double ownBytes,
    long rows,
    long bytes,
    long requests) {
  static Sample of(Child.Finished run, long rows, long bytes, long requests) {
    return new Sample(
        run.seconds(), run.cpuSeconds(), run.peakBytes(), run.ownBytes(), rows, bytes, requests);
  }
}
