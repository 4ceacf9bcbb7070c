package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.job.keys.Role;
import io.sluice.server.http.Access;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Every operation of the description with every role: who may, may, and nobody else. */
final class ServiceRolesTest {
  @RegisterExtension private final ServiceRig rig = new ServiceRig();

  @Test
  void everyOperationIsForTheRolesThatTheDescriptionSays() {
    Map<Role, Visitor> callers =
        Map.of(
            Role.VIEWER, rig.viewer(),
            Role.OPERATOR, rig.operator(),
            Role.APPROVER, rig.approver());
    Set<String> wrong = new TreeSet<>();
    JsonNode paths = rig.stranger().get("/openapi.json").json().path("paths");
    for (var path : paths.properties()) {
      for (var operation : path.getValue().properties()) {
        Access least = OpenApiTest.role(operation.getValue());
        String method = operation.getKey().toUpperCase(Locale.ROOT);
        // An unknown parameter keeps whoever may from changing anything.
        String address = path.getKey().replaceAll("\\{[^}]*}", "x") + "?no_such_parameter=1";
        note(method, address, least == Access.OPEN, 401, rig.stranger(), wrong);
        callers.forEach(
            (role, caller) -> note(method, address, may(role, least), 403, caller, wrong));
      }
    }

    assertThat(wrong).isEmpty();
  }

  private static boolean may(Role role, Access least) {
    return least == Access.OPEN || role.includes(Role.valueOf(least.name()));
  }

  private static void note(
      String method,
      String address,
      boolean may,
      int otherwise,
      Visitor caller,
      Set<String> wrong) {
    int status = caller.send(method, address, BodyPublishers.noBody()).status();
    boolean refused = status == 401 || status == 403;
    if (may ? refused : status != otherwise) {
      wrong.add(method + " " + address + " -> " + status + ", may: " + may);
    }
  }
}
