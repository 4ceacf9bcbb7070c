package io.sluice.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an account holds in the end.
 *
 * @param records how many block senders
 * @param patterns how many different ones
 */
record Holdings(long records, long patterns) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Reads all of it. */
  static Holdings of(Target target) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    Set<String> patterns = new HashSet<>();
    long records = 0;
    int number = 1;
    JsonNode page;
    do {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(target.page(number++)))
              .header("Authorization", target.authorization())
              .build();
      page = JSON.readTree(client.send(request, BodyHandlers.ofByteArray()).body()).path("result");
      for (JsonNode record : page) {
        patterns.add(record.path("pattern").stringValue());
      }
      records += page.size();
    } while (page.size() == Target.PAGE);
    return new Holdings(records, patterns.size());
  }
}
