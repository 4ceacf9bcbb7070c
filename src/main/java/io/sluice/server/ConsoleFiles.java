package io.sluice.server;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.sluice.disk.StoredFile;
import io.sluice.job.JobFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The files of the console, which are in the jar. */
final class ConsoleFiles {
  private static final String FOLDER = "console/";
  private static final int TAG = 16;

  List<Route> routes() {
    return List.of(
        Route.get("/", Access.OPEN, Handler.blocking(e -> file(e, "index.html"))),
        Route.get(
            "/assets/{name…}",
            Access.OPEN,
            Handler.blocking(e -> file(e, "assets/" + e.path("name")))));
  }

  private static Answer file(Exchange exchange, String name) throws IOException {
    for (String part : name.split("/", -1)) {
      if (!JobFiles.isName(part)) {
        throw missing();
      }
    }
    try (InputStream in = ConsoleFiles.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw missing();
      }
      byte[] bytes = in.readAllBytes();
      String digest = HexFormat.of().formatHex(StoredFile.sha256().digest(bytes), 0, TAG);
      String tag = "\"" + digest + "\"";
      Map<String, String> headers = Map.of("ETag", tag);
      return tag.equals(exchange.header(HttpHeaderNames.IF_NONE_MATCH))
          ? new Answer.Empty(304, headers)
          : new Answer.Bytes(200, MediaTypes.of(name), bytes, headers);
    }
  }

  private static ProblemException missing() {
    return Problem.missing("there is no such file").exception();
  }
}
