package io.sluice.job;

import io.sluice.job.store.Database;
import io.sluice.job.store.JobStore;
import java.time.Instant;

/** Makes tasks of db-scheduler due, so that no test has to wait for them. */
public final class DueTasks {
  private DueTasks() {}

  /** Makes a task due a minute ago. */
  public static void hasten(Database database, String task, String instance) {
    dueAt(database, task, instance, Instant.now().minusSeconds(60));
  }

  /** Makes a task due at that moment. */
  public static void dueAt(Database database, String task, String instance, Instant moment) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        "update scheduled_tasks set execution_time = :moment where task_name ="
                            + " :task and task_instance = :instance")
                    .bind("moment", JobStore.time(moment))
                    .bind("task", task)
                    .bind("instance", instance)
                    .execute());
  }
}
