package io.sluice.bench;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;

/**
 * A sandbox as a network shows it: over TLS 1.3, every answer after its latency, and of a hundred
 * answers one that is lost or comes a second late. The first account holds records, the others are
 * empty.
 */
public final class RemoteServer {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String ALIAS = "own";
  private static final double LOST = 0.005;
  private static final double LATE = 0.005;

  private RemoteServer() {}

  /**
   * Takes a directory, the latency in milliseconds, the protocol that ALPN is to offer, the number
   * of records and that of empty accounts; prints one line of JSON when ready, and runs until it is
   * destroyed.
   */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    KeyStore keys = makeKeys(directory);
    Sandbox.Builder builder =
        Sandbox.builder()
            .latency(Duration.ofMillis(Long.parseLong(args[1])))
            .tls(context(keys, args[2]));
    for (int number = 0; number <= Integer.parseInt(args[4]); number++) {
      builder.account("account-" + number);
    }
    try (Sandbox sandbox = builder.start()) {
      sandbox.accounts().get(0).seed("block_senders", Integer.parseInt(args[3]));
      sandbox.faults().everywhere().share(LOST).then(Fault.reset());
      sandbox.faults().everywhere().share(LATE).then(Fault.delay(Duration.ofSeconds(1)));
      System.out.println(
          sandbox.accounts().stream()
              .map(account -> '"' + account.id() + '"')
              .collect(
                  Collectors.joining(
                      ",",
                      "{\"base_url\":\""
                          + sandbox.baseUrl()
                          + "\",\"token\":\""
                          + sandbox.token()
                          + "\",\"accounts\":[",
                      "]}")));
      Thread.currentThread().join();
    }
  }

  /** Makes a key for 127.0.0.1, and writes its certificate to {@link #authority}. */
  private static KeyStore makeKeys(Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = directory.resolve("remote.p12");
    Files.deleteIfExists(file);
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                ALIAS,
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!keytool.waitFor(20, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException("keytool made no key");
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    String text =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(keys.getCertificate(ALIAS).getEncoded());
    Files.writeString(
        authority(directory),
        "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
    return keys;
  }

  /** The certificate by which a client may trust it. */
  static Path authority(Path directory) {
    return directory.resolve("remote.pem");
  }

  private static SslContext context(KeyStore keys, String protocol)
      throws GeneralSecurityException, IOException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    return SslContextBuilder.forServer(factory)
        .sslProvider(SslProvider.JDK)
        .protocols("TLSv1.3")
        .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                protocol))
        .build();
  }
}
