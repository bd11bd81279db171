package io.narthex.http.internal.net;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong with an exchange, in the words that the reference shows as a last error. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  static final String DEADLINE = "context deadline exceeded";

  private static final String PATH = "io.narthex.path";
  private static final String BROKEN = "net/http: HTTP/1.x transport connection broken: ";

  private static final Map<String, String> ALERTS =
      Map.ofEntries(
          Map.entry("unexpected_message", "unexpected message"),
          Map.entry("bad_record_mac", "bad record MAC"),
          Map.entry("handshake_failure", "handshake failure"),
          Map.entry("bad_certificate", "bad certificate"),
          Map.entry("unsupported_certificate", "unsupported certificate"),
          Map.entry("certificate_revoked", "revoked certificate"),
          Map.entry("certificate_expired", "expired certificate"),
          Map.entry("certificate_unknown", "unknown certificate"),
          Map.entry("illegal_parameter", "illegal parameter"),
          Map.entry("unknown_ca", "unknown certificate authority"),
          Map.entry("access_denied", "access denied"),
          Map.entry("decode_error", "error decoding message"),
          Map.entry("decrypt_error", "error decrypting message"),
          Map.entry("protocol_version", "protocol version not supported"),
          Map.entry("insufficient_security", "insufficient security level"),
          Map.entry("internal_error", "internal error"),
          Map.entry("unrecognized_name", "unrecognized name"),
          Map.entry("certificate_required", "certificate required"),
          Map.entry("no_application_protocol", "no application protocol"));

  private Failures() {}

  /** The exception that an exchange ended with, without what only transports it. */
  static Throwable unwrap(Throwable failure) {
    Throwable t = failure;
    while ((t instanceof ExecutionException || t.getClass() == IllegalStateException.class)
        && t.getCause() != null) {
      t = t.getCause();
    }
    return t.getClass() == IOException.class && t.getCause() instanceof TimeoutException timeout
        ? timeout
        : t;
  }

  /** Ends an exchange; nothing happens if it has ended already. */
  static void abort(Request request, Throwable cause) {
    CompletableFuture<Boolean> aborted = request.abort(cause);
    aborted.exceptionally(e -> {
      LOG.atDebug().setCause(e).log("Aborting an HTTP exchange failed");
      return false;
    });
  }

  static boolean isDeadline(Throwable failure) {
    return failure instanceof TimeoutException;
  }

  /** Whether the server has closed the connection, rather than answered or refused. */
  static boolean isConnectionLost(Throwable failure) {
    return failure instanceof EOFException
        || failure instanceof ClosedChannelException
        || isReset(failure);
  }

  private static boolean isReset(Throwable failure) {
    String message = failure.getMessage();
    return failure instanceof IOException
        && message != null
        && (message.startsWith("Connection reset") || message.startsWith("Broken pipe"));
  }

  /** Before the head of the answer. */
  static String beforeHead(Throwable failure, Request request, boolean proxied) {
    Throwable sslOr = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SSLException) {
        sslOr = t;
        break;
      }
    }
    if (sslOr instanceof SSLException ssl) {
      return tls(ssl);
    }
    if (failure instanceof DialException dial) {
      String message = String.valueOf(dial.getMessage());
      String dialed =
          dial.reason() == DialException.Reason.RESOLUTION ? "dial tcp: " + message : message;
      return proxied ? "proxyconnect tcp: " + dialed : dialed;
    }
    if (failure instanceof HttpResponseException refused) {
      int status = refused.getResponse().getStatus();
      String reason = refused.getResponse().getReason();
      String text = reason == null || reason.isEmpty() ? HttpStatus.getMessage(status) : reason;
      boolean byProxy = refused.getResponse().getRequest().getMethod().equals("CONNECT");
      return byProxy ? text : BROKEN + text;
    }
    if (isReset(failure)) {
      return "read tcp" + path(request) + ": read: connection reset by peer";
    }
    if (failure instanceof EOFException || failure instanceof ClosedChannelException) {
      return "EOF";
    }
    if (failure instanceof HttpException) {
      return broken(failure);
    }
    return text(failure);
  }

  /** Within the body. */
  static String inBody(Throwable failure, Request request) {
    if (isDeadline(failure)) {
      return DEADLINE;
    }
    if (isReset(failure)) {
      return "read tcp" + path(request) + ": read: connection reset by peer";
    }
    if (failure instanceof EOFException || failure instanceof ClosedChannelException) {
      return "unexpected EOF";
    }
    return failure instanceof BadMessageException ? broken(failure) : text(failure);
  }

  private static String broken(Throwable failure) {
    String reason = failure instanceof HttpException h ? h.getReason() : null;
    return BROKEN + (reason == null ? text(failure) : reason);
  }

  private static String tls(SSLException failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String message = t.getMessage();
      if (message != null
          && (message.startsWith("tls: ") || message.equals(HandshakeLimit.MESSAGE))) {
        return message;
      }
    }
    String message = text(failure);
    if (message.contains("nsupported or unrecognized SSL message")
        || message.contains("Unrecognized SSL message")) {
      return "http: server gave HTTP response to HTTPS client";
    }
    String alert = "Received fatal alert: ";
    int at = message.indexOf(alert);
    if (at >= 0) {
      String name = message.substring(at + alert.length());
      return "remote error: tls: " + ALERTS.getOrDefault(name, name);
    }
    if (message.contains("closing inbound before receiving") || message.contains("terminated")) {
      return "EOF";
    }
    return "tls: " + message;
  }

  /** Keeps both ends of the connection for messages, as a closed socket forgets its own. */
  static void rememberPath(Request request) {
    Connection connection = request.getConnection();
    if (connection != null) {
      SocketAddress local = connection.getLocalSocketAddress();
      SocketAddress remote = connection.getRemoteSocketAddress();
      if (local != null && remote != null) {
        request.attribute(PATH, " " + DialPromise.text(local) + "->" + DialPromise.text(remote));
      }
    }
  }

  private static String path(Request request) {
    Object path = request.getAttributes().get(PATH);
    return path == null ? "" : path.toString();
  }

  private static String text(@Nullable Throwable failure) {
    if (failure == null) {
      return "unknown failure";
    }
    String message = failure.getMessage();
    if (message != null && message.endsWith(PingWatch.MESSAGE)) {
      return PingWatch.MESSAGE;
    }
    return message == null || message.isEmpty() ? failure.getClass().getSimpleName() : message;
  }
}
