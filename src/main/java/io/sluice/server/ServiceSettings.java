package io.sluice.server;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the service is to be reached.
 *
 * @param host the address to listen on
 * @param port the port; 0 for any that is free
 * @param names under which it may be called besides its address and this machine's own names
 * @param certificate a PEM file of certificates; null for no TLS
 * @param privateKey the PEM file of their key
 * @param largestUpload the most bytes that an upload may have
 * @param open whether everybody may do everything, without a key
 * @param key a key besides those of the database, which ends with the process; or null
 */
public record ServiceSettings(
    String host,
    int port,
    List<String> names,
    @Nullable Path certificate,
    @Nullable Path privateKey,
    long largestUpload,
    boolean open,
    @Nullable String key) {

  /** True if it is reached by TLS. */
  public boolean tls() {
    return certificate != null;
  }

  /** Keeps the key to itself. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
