package io.sluice.job.store;

import io.sluice.job.ControlRequest;
import io.sluice.job.Job;
import io.sluice.job.JobKind;
import io.sluice.job.JobSpec;
import io.sluice.job.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Makes a job of a row of the table of jobs. */
final class JobMapper implements RowMapper<Job> {
  @Override
  public Job map(ResultSet row, StatementContext context) throws SQLException {
    String request = row.getString("request");
    int exit = row.getInt("exit_code");
    boolean ended = !row.wasNull();
    Instant made = JobStore.time(row, "made_at");
    return new Job(
        row.getString("id"),
        JobKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("profile"),
        row.getString("account"),
        row.getString("api"),
        Arrays.stream(row.getString("resources").split(",", -1))
            .filter(slug -> !slug.isEmpty())
            .toList(),
        row.getBoolean("dry_run"),
        JobStore.JSON.readValue(row.getString("spec"), JobSpec.class),
        JobState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        request == null ? null : ControlRequest.valueOf(request.toUpperCase(Locale.ROOT)),
        ended ? exit : null,
        row.getString("progress"),
        row.getString("summary"),
        row.getString("made_by"),
        made == null ? Instant.EPOCH : made,
        JobStore.time(row, "started_at"),
        JobStore.time(row, "ended_at"),
        row.getString("process"),
        row.getLong("fence"),
        row.getString("schedule"));
  }
}
