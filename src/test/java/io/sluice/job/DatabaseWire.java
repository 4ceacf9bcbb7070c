package io.sluice.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network between a process and its PostgreSQL that breaks at a chosen statement, or swallows
 * what is sent.
 */
final class DatabaseWire implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Deque<String> awaited = new ArrayDeque<>();
  private boolean forward;
  private boolean down;
  private boolean silent;

  DatabaseWire(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread(this::accept);
  }

  /**
   * Its address for JDBC; statements are sent as text each time, so that they can be recognised.
   */
  String url() {
    return "jdbc:postgresql://localhost:" + server.getLocalPort() + "/postgres?prepareThreshold=0";
  }

  /** Breaks before what has the last of these texts in it is sent, once the others were. */
  synchronized void breakBefore(String... texts) {
    awaited.addAll(List.of(texts));
    forward = false;
  }

  /** Breaks when what has the last of these texts in it was sent, and loses the answer. */
  synchronized void breakAfter(String... texts) {
    awaited.addAll(List.of(texts));
    forward = true;
  }

  /** From now on nothing arrives, and no connection ends. */
  synchronized void swallow() {
    silent = true;
  }

  synchronized boolean isDown() {
    return down;
  }

  /** Works again; connections that there were do not. */
  synchronized void restore() {
    down = false;
    silent = false;
    closeAll();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        open.add(client);
        if (isDown()) {
          client.close();
        } else {
          connect(client);
        }
      }
    } catch (IOException closed) {
      closeAll();
    }
  }

  private void connect(Socket client) throws IOException {
    Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
    open.add(upstream);
    thread(() -> pump(client, upstream, true));
    thread(() -> pump(upstream, client, false));
  }

  private void pump(Socket from, Socket to, boolean statements) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int read = in.read(buffer);
      while (read >= 0) {
        boolean last = statements && breaks(new String(buffer, 0, read, StandardCharsets.UTF_8));
        if (isSilent()) {
          read = in.read(buffer);
          continue;
        }
        if (!last || forward) {
          out.write(buffer, 0, read);
          out.flush();
        }
        if (last) {
          goDown();
          return;
        }
        read = in.read(buffer);
      }
    } catch (IOException broken) {
      // Closing both ends is all there is to do.
    }
  }

  private synchronized boolean isSilent() {
    return silent;
  }

  private synchronized boolean breaks(String sent) {
    boolean last = false;
    while (!awaited.isEmpty() && sent.contains(awaited.peek())) {
      awaited.remove();
      last = awaited.isEmpty();
    }
    return last;
  }

  /** Once the server has had the time to do what it was sent, answers or not. */
  private synchronized void goDown() {
    down = true;
    closeAll();
  }

  private void closeAll() {
    for (Socket socket : open) {
      try {
        socket.close();
      } catch (IOException ignored) {
        // It is of no use any more.
      }
    }
    open.clear();
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "database-wire");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    closeAll();
  }
}
