package io.sluice.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A call byte by byte, for what no client would send. */
public final class RawCall implements Closeable {
  private static final int PATIENCE = 20_000;

  private final Socket socket;

  /** Connects to a port of this machine. */
  public RawCall(int port) throws IOException {
    this(port, new Socket());
  }

  private RawCall(int port, Socket socket) throws IOException {
    this.socket = socket;
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(PATIENCE);
  }

  /** Connects so that hardly anything is sent before something was read. */
  public static RawCall hardlyReading(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(1);
    return new RawCall(port, socket);
  }

  /** Sends one request, and reads until the connection is closed or an answer's head is there. */
  public static String answer(int port, String request) throws IOException {
    try (RawCall call = new RawCall(port)) {
      call.send(request);
      return call.head();
    }
  }

  /** Sends some text. */
  public RawCall send(String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(ISO_8859_1));
    out.flush();
    return this;
  }

  /** The head of the answer; as much as came if the connection was closed. */
  public String head() throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        break;
      }
      head.append((char) c);
    }
    return head.toString();
  }

  /** Waits until the connection is closed; everything that came. */
  public String rest() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
