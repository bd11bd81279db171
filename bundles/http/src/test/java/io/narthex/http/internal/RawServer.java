package io.narthex.http.internal;

import io.narthex.http.internal.tls.Pem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** A server on loopback that answers each request with what a test gives, byte by byte. */
final class RawServer implements AutoCloseable {

  /** Answers the requests of one connection. */
  interface Handler {
    void serve(Peer peer) throws Exception;
  }

  /** A connection, seen from the server. */
  record Peer(Socket socket, InputStream in, OutputStream out) {
    /** The head of the next request, empty at the end. */
    String head() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      int c;
      while ((c = in.read()) >= 0) {
        head.write(c);
        String text = head.toString(StandardCharsets.ISO_8859_1);
        if (text.endsWith("\r\n\r\n")) {
          return text;
        }
      }
      return "";
    }

    void send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    void answer(String status, String body, String... headers) throws IOException {
      StringBuilder head = new StringBuilder("HTTP/1.1 " + status + "\r\n");
      for (String h : headers) {
        head.append(h).append("\r\n");
      }
      send(head + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }
  }

  final Queue<String> heads = new ConcurrentLinkedQueue<>();
  final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket socket;
  private final Handler handler;
  private final String scheme;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private RawServer(ServerSocket socket, String scheme, Handler handler) {
    this.socket = socket;
    this.scheme = scheme;
    this.handler = handler;
    Thread.ofVirtual().start(this::accept);
  }

  static RawServer plain(Handler handler) throws IOException {
    return new RawServer(
        new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), "http", handler);
  }

  /** Answers every request of every connection the same way. */
  static RawServer answering(Handler one) throws IOException {
    RawServer[] self = new RawServer[1];
    self[0] = plain(p -> self[0].each(p, one));
    return self[0];
  }

  /** A server that speaks TLS, of some versions only if any are given. */
  static RawServer tls(
      String cert, String key, boolean clientCertificate, Handler handler, String... versions)
      throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server",
        Pem.privateKey(resource(key)),
        new char[0],
        Pem.certificates(resource(cert)).toArray(X509Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[0]);
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("ca", Pem.certificates(resource("ca.pem")).getFirst());
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
    SSLServerSocket socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    socket.setNeedClientAuth(clientCertificate);
    if (versions.length > 0) {
      socket.setEnabledProtocols(versions);
    }
    return new RawServer(socket, "https", handler);
  }

  static byte[] resource(String name) throws IOException {
    try (InputStream in = RawServer.class.getResourceAsStream("/tls/" + name)) {
      return in.readAllBytes();
    }
  }

  static String text(String resource) throws IOException {
    return new String(resource(resource), StandardCharsets.US_ASCII);
  }

  /** Reads requests until the client closes. */
  void each(Peer peer, Handler one) throws Exception {
    while (true) {
      String head = peer.head();
      if (head.isEmpty()) {
        return;
      }
      heads.add(head);
      one.serve(peer);
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket s = socket.accept();
        connections.incrementAndGet();
        open.add(s);
        Thread.ofVirtual()
            .start(() -> {
              try (s) {
                handler.serve(new Peer(s, s.getInputStream(), s.getOutputStream()));
              } catch (Exception e) {
                // The client went away, as many of these tests intend.
                heads.add("failed: " + e);
              } finally {
                open.remove(s);
              }
            });
      } catch (IOException e) {
        return;
      }
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  URI uri(String path) {
    return URI.create(scheme + "://127.0.0.1:" + port() + path);
  }

  List<String> requests() {
    return List.copyOf(heads);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket s : open) {
      s.close();
    }
  }
}
