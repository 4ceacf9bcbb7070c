package io.sluice.job.files;

import io.sluice.job.store.Database;
import io.sluice.job.store.JobStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The known facts about the files that people sent. Blocking; thread-safe. */
public final class Uploads {
  private final Jdbi jdbi;

  /** Those of that database. */
  public Uploads(Database database) {
    this.jdbi = database.jdbi();
  }

  /** Adds one whose content is on the disk. */
  public void add(Upload upload) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "insert into upload (id, name, bytes, sha256, made_by, made_at) values (:id,"
                        + " :name, :bytes, :sha256, :madeBy, :madeAt)")
                .bind("id", upload.id())
                .bind("name", upload.name())
                .bind("bytes", upload.bytes())
                .bind("sha256", upload.sha256())
                .bind("madeBy", upload.madeBy())
                .bind("madeAt", JobStore.time(upload.madeAt()))
                .execute());
  }

  /** The upload of that id. */
  public Optional<Upload> get(String id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from upload where id = :id")
                .bind("id", id)
                .map(Uploads::upload)
                .findOne());
  }

  /**
   * The latest ones, latest first.
   *
   * @param before only those before the one of this id; null for all
   * @param most how many at most
   */
  public List<Upload> latest(@Nullable String before, int most) {
    String condition = before == null ? "" : " where id < :before";
    return jdbi.withHandle(
        handle -> {
          Query query =
              handle
                  .createQuery("select * from upload" + condition + " order by id desc limit :most")
                  .bind("most", most);
          return (before == null ? query : query.bind("before", before))
              .map(Uploads::upload)
              .list();
        });
  }

  /** The ids of those that were made before that. */
  public List<String> before(Instant time) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select id from upload where made_at < :time order by id")
                .bind("time", JobStore.time(time))
                .mapTo(String.class)
                .list());
  }

  /** Forgets one. Its content is another matter. */
  public void remove(String id) {
    jdbi.useHandle(
        handle ->
            handle.createUpdate("delete from upload where id = :id").bind("id", id).execute());
  }

  private static Upload upload(ResultSet row, StatementContext context) throws SQLException {
    return new Upload(
        row.getString("id"),
        row.getString("name"),
        row.getLong("bytes"),
        row.getString("sha256"),
        row.getString("made_by"),
        JobStore.moment(row, "made_at"));
  }
}
