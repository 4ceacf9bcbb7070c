package io.sluice.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is written in an afternoon: Java's own client, one page after the other, each parsed into a
 * tree, each record written as a line.
 */
public final class SequentialClient {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private SequentialClient() {}

  /** Takes the file; prints how many rows it wrote. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Target target = Target.of(System.getenv());
    HttpClient client = HttpClient.newHttpClient();
    long rows = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(args[0])))) {
      int number = 1;
      JsonNode records;
      do {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(target.page(number++)))
                .header("Authorization", target.authorization())
                .build();
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
          throw new IOException("HTTP " + response.statusCode());
        }
        records = JSON.readTree(response.body()).path("result");
        for (JsonNode each : records) {
          out.write(JSON.writeValueAsBytes(each));
          out.write('\n');
        }
        rows += records.size();
      } while (records.size() == Target.PAGE);
    }
    System.out.println(rows);
    System.exit(0);
  }
}
