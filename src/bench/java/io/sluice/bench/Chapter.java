package io.sluice.bench;

import java.io.IOException;
import java.util.List;

/** A part of the benchmark: what is compared with what, and what is told of it. */
interface Chapter {
  /** What it is asked for by. */
  String name();

  /** Runs everything. A contender that fails becomes a row that says so. */
  List<Row> measure(Workshop workshop) throws IOException, InterruptedException;
}
