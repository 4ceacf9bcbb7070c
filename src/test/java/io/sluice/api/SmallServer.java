package io.sluice.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listens on 127.0.0.1 and treats every connection the same; a thread for each. */
public final class SmallServer implements AutoCloseable {
  private final ServerSocket listener;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final Treatment treatment;

  /** What is done with a connection; it is closed afterwards. */
  @FunctionalInterface
  public interface Treatment {
    void of(Socket client, SmallServer server) throws Exception;
  }

  public SmallServer(Treatment treatment) throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.treatment = treatment;
    daemon(this::listen);
  }

  /** A proxy for {@code CONNECT} that reaches {@code port} of this machine, whatever is asked. */
  public static SmallServer connectProxy(int port, String authorization) throws IOException {
    return new SmallServer(
        (client, server) -> {
          String head = server.head(client);
          OutputStream out = client.getOutputStream();
          if (!head.contains("proxy-authorization: " + authorization + "\r\n")) {
            out.write(bytes("HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic\r\n\r\n"));
            return;
          }
          out.write(bytes("HTTP/1.1 200 OK\r\n\r\n"));
          join(client, port);
        });
  }

  /** Passes everything on to {@code port} of this machine, and back. */
  public static void join(Socket client, int port) throws IOException {
    try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
      daemon(() -> pipe(target, client));
      client.getInputStream().transferTo(target.getOutputStream());
    }
  }

  /** Reads a request, and answers it with these bytes. */
  public static SmallServer answering(byte[] answer) throws IOException {
    return new SmallServer(
        (client, server) -> {
          server.head(client);
          client.getOutputStream().write(answer);
        });
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The request line and headers of every request that was read, header names in lower case. */
  public List<String> heads() {
    return heads;
  }

  /** Reads to the empty line. */
  String head(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        break;
      }
      head.write(b);
    }
    StringBuilder lowered = new StringBuilder();
    for (String line : head.toString(StandardCharsets.US_ASCII).split("\r\n", -1)) {
      int colon = line.indexOf(": ");
      String name = colon < 0 ? line : line.substring(0, colon).toLowerCase(java.util.Locale.ROOT);
      lowered.append(name).append(colon < 0 ? "" : line.substring(colon)).append("\r\n");
    }
    heads.add(lowered.toString());
    return lowered.toString();
  }

  /** Reads the head of the next request; blank if none comes any more. Bodies are none of it. */
  public String nextHead(Socket client) throws IOException {
    String head = head(client);
    if (head.isBlank()) {
      heads.remove(head);
    }
    return head;
  }

  /** Reads so many pieces of whatever comes, or to the end. */
  public void drain(Socket client, int pieces) throws IOException {
    byte[] piece = new byte[64 * 1024];
    for (int i = 0; i < pieces && client.getInputStream().read(piece) >= 0; ) {
      i++;
    }
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void listen() {
    try {
      while (true) {
        Socket client = listener.accept();
        open.add(client);
        daemon(() -> treat(client));
      }
    } catch (IOException closed) {
      // The end of the test.
    }
  }

  private void treat(Socket client) {
    try (client) {
      treatment.of(client, this);
    } catch (IOException gone) {
      // The other side went away.
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void pipe(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException gone) {
      // The other side went away.
    } catch (UncheckedIOException gone) {
      // As above.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "small-server");
    thread.setDaemon(true);
    thread.start();
  }
}
