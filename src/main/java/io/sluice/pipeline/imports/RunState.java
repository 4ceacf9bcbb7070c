package io.sluice.pipeline.imports;

import io.sluice.pipeline.Failure;
import io.sluice.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far all inputs of a run have come.
 *
 * @param inputs in the order in which they are carried out
 * @param safety the snapshot that was taken before the first delete, or null
 */
record RunState(List<ImportState> inputs, @Nullable Snapshot safety) {
  RunState(List<ImportState> inputs) {
    this(List.copyOf(inputs), null);
  }

  RunState with(List<ImportState> next) {
    return new RunState(List.copyOf(next), safety);
  }

  RunState with(Snapshot taken) {
    return new RunState(inputs, taken);
  }

  /** The same with every plan refused. */
  RunState refuse(Failure why) {
    List<ImportState> refused = new ArrayList<>();
    for (ImportState input : inputs) {
      refused.add(
          input instanceof ImportState.Planned planned
              ? new ImportState.Refused(planned.validated(), planned, why)
              : input);
    }
    return with(refused);
  }

  /** The same with something else in the place of each plan that is not refused. */
  RunState withPlans(Function<ImportState.Planned, ImportState> change) {
    List<ImportState> next = new ArrayList<>();
    for (ImportState input : inputs) {
      next.add(input instanceof ImportState.Planned planned ? change.apply(planned) : input);
    }
    return with(next);
  }

  /** The plans that are not refused. */
  List<ImportState.Planned> plans() {
    return all(ImportState.Planned.class).toList();
  }

  /** The first input's refusal. */
  Optional<Failure> refusal() {
    return all(ImportState.Refused.class).map(ImportState.Refused::why).findFirst();
  }

  /** What is being carried out, the last first. */
  List<Execution> executionsReversed() {
    List<Execution> executions =
        new ArrayList<>(
            all(ImportState.Applied.class).map(ImportState.Applied::execution).toList());
    Collections.reverse(executions);
    return executions;
  }

  /** True if no row of any input stands in the way of deletes. */
  boolean flawless() {
    return inputs.stream()
        .allMatch(
            input ->
                input instanceof ImportState.Applied applied && applied.execution().flawless());
  }

  private <S extends ImportState> Stream<S> all(Class<S> kind) {
    return inputs.stream().filter(kind::isInstance).map(kind::cast);
  }
}
