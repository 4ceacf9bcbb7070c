package io.sluice.server;

import io.sluice.server.http.Access;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.Handler;
import io.sluice.server.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * The browser libraries that the console uses, out of their WebJars, by addresses that never
 * change.
 */
final class LibraryFiles {
  private static final String VERSIONS = "libraries.properties";
  private static final String WEBJARS = "/META-INF/resources/webjars/";

  /** What a page may load; WebJars hold much more. */
  private static final Set<String> TYPES = Set.of("js");

  private final Properties versions = new Properties();

  LibraryFiles() {
    try (InputStream in = LibraryFiles.class.getResourceAsStream(VERSIONS)) {
      if (in == null) {
        throw new IllegalStateException(VERSIONS + " is not in this build");
      }
      versions.load(in);
    } catch (IOException unreadable) {
      throw new IllegalStateException(VERSIONS + " cannot be read", unreadable);
    }
  }

  List<Route> routes() {
    return List.of(Route.get("/lib/{library}/{name…}", Access.OPEN, Handler.blocking(this::file)));
  }

  private Answer file(Exchange exchange) throws IOException {
    String library = exchange.path("library");
    String name = exchange.path("name");
    String version = versions.getProperty(library);
    if (version == null || !TYPES.contains(name.substring(name.lastIndexOf('.') + 1))) {
      throw PackagedFile.missing();
    }
    return PackagedFile.answer(exchange, WEBJARS + library + "/" + version + "/", name);
  }
}
