package io.leeway.policy.notice;

import java.io.BufferedInputStream;
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
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A web server on this machine that keeps what it was sent and answers well or badly. */
final class Receiver implements AutoCloseable {
  /** The first line, headers by lower-case name, and the body. */
  record Request(String line, Map<String, String> headers, String body) {}

  /** Writes an answer; the connection is closed when it returns. */
  interface Behaviour {
    void answer(OutputStream out, CountDownLatch closed) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Behaviour behaviour;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  private Receiver(Behaviour behaviour) {
    this.behaviour = behaviour;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  static Receiver that(Behaviour behaviour) {
    return new Receiver(behaviour);
  }

  static Receiver answering(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return that(
        (out, closed) -> {
          out.write(head(status, bytes.length));
          out.write(bytes);
        });
  }

  /** Sends part of a body of a thousand bytes, and then nothing until it is closed. */
  static Receiver hangingAfter(int status, String part) {
    return that(
        (out, closed) -> {
          out.write(head(status, 1_000));
          out.write(part.getBytes(StandardCharsets.UTF_8));
          out.flush();
          closed.await();
        });
  }

  static byte[] head(int status, int length) {
    return ("HTTP/1.1 " + status + " So\r\nContent-Length: " + length + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  List<Request> requests() {
    return requests;
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "receiver");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        daemon(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      requests.add(read(new BufferedInputStream(socket.getInputStream())));
      behaviour.answer(socket.getOutputStream(), closed);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      // The other end has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Request read(InputStream in) throws IOException {
    String line = line(in);
    Map<String, String> headers = new TreeMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String[] parts = header.split(": ", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Request(line, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
