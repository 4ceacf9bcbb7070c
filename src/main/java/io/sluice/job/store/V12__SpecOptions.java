package io.sluice.job.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Renames the property {@code doing} of stored jobs and schedules to {@code options}. Only that of
 * the specification itself: a column of an input file may have the same name.
 */
public final class V12__SpecOptions extends BaseJavaMigration {
  @Override
  public void migrate(Context context) throws SQLException {
    rename(context.getConnection(), "job");
    rename(context.getConnection(), "schedule");
  }

  private static void rename(Connection connection, String table) throws SQLException {
    try (PreparedStatement all = connection.prepareStatement("select id, spec from " + table);
        PreparedStatement change =
            connection.prepareStatement("update " + table + " set spec = ? where id = ?");
        ResultSet rows = all.executeQuery()) {
      while (rows.next()) {
        JsonNode spec = StoredJson.MAPPER.readTree(rows.getString("spec"));
        if (spec instanceof ObjectNode object && object.has("doing")) {
          object.set("options", object.remove("doing"));
          change.setString(1, StoredJson.MAPPER.writeValueAsString(object));
          change.setString(2, rows.getString("id"));
          change.executeUpdate();
        }
      }
    }
  }
}
