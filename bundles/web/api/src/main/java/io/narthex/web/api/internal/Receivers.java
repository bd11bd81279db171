package io.narthex.web.api.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * The endpoints that take or give samples in bulk, as long as no other bundle serves them: those
 * that are built have servlets of their own, which are there once the storage is.
 */
final class Receivers {

  /** What a path is called, and the flag that the reference wants for it; empty for none. */
  private record Receiver(String name, String flag, String disabled, boolean built) {}

  private static final Map<String, Receiver> RECEIVERS =
      Map.of(
          "/write",
          new Receiver(
              "remote write receiver",
              "web.enable-remote-write-receiver",
              "remote write receiver needs to be enabled with --web.enable-remote-write-receiver",
              true),
          "/otlp/v1/metrics",
          new Receiver(
              "otlp write receiver",
              "web.enable-otlp-receiver",
              "otlp write receiver needs to be enabled with --web.enable-otlp-receiver",
              false),
          "/read",
          new Receiver("remote read", "", "", false));

  private final ServerFlags flags;

  Receivers(ServerFlags flags) {
    this.flags = flags;
  }

  /** Whether the path is one of them; then the request has been answered. */
  boolean answer(String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Receiver receiver = RECEIVERS.get(path);
    if (receiver == null) {
      return false;
    }
    if (!request.getMethod().equals("POST")) {
      response.setHeader("Allow", "OPTIONS, POST");
      PlainText.error(response, 405, "Method Not Allowed");
    } else if (!receiver.flag().isEmpty() && !flags.isOn(receiver.flag())) {
      PlainText.error(response, 404, receiver.disabled());
    } else if (receiver.built()) {
      response.setHeader("X-Prometheus-Stopping", "false");
      PlainText.send(response, 503, "Service Unavailable");
    } else {
      PlainText.error(response, 501, "not supported yet: " + receiver.name());
    }
    return true;
  }
}
