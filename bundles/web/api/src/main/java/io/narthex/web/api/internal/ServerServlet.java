package io.narthex.web.api.internal;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.lifecycle.Readiness;
import io.narthex.api.telemetry.BuildInfo;
import io.narthex.api.telemetry.MetricsPage;
import io.narthex.api.web.WebServerView;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Health, readiness, reload, the end of the process, metrics, version. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/-/*", "/metrics", "/version", "/federate"})
public final class ServerServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient Backends backends;
  private final transient WebServerView web;
  private final transient MetricsPage metrics;
  private final transient BuildInfo build;

  @Activate
  public ServerServlet(
      @Reference Backends backends,
      @Reference WebServerView web,
      @Reference MetricsPage metrics,
      @Reference BuildInfo build) {
    this.backends = backends;
    this.web = web;
    this.metrics = metrics;
    this.build = build;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String info = request.getPathInfo();
    String path = request.getServletPath() + (info == null ? "" : info);
    switch (path) {
      case "/-/healthy", "/-/ready", "/metrics", "/version", "/federate" -> {
        request.setAttribute(WebServerView.PATTERN, path);
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
          read(path, request, response);
        } else {
          response.setHeader("Allow", "GET, OPTIONS");
          PlainText.error(response, 405, "Method Not Allowed");
        }
      }
      case "/-/reload", "/-/quit" -> {
        request.setAttribute(WebServerView.PATTERN, path);
        change(path, request, response);
      }
      default -> PlainText.error(response, 404, "404 page not found");
    }
  }

  private void read(String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String name = web.agent() ? "Prometheus Agent" : "Prometheus Server";
    boolean head = request.getMethod().equals("HEAD");
    switch (path) {
      case "/-/healthy" -> PlainText.send(response, 200, head ? "" : name + " is Healthy.\n");
      case "/-/ready" -> {
        if (isReady(response) && hasEngine(response)) {
          PlainText.send(response, 200, head ? "" : name + " is Ready.\n");
        }
      }
      case "/metrics" -> metrics(request, response);
      case "/version" -> {
        response.setContentType("application/json");
        try (JsonWriter json = new JsonWriter(response.getOutputStream())) {
          StatusEndpoints.buildInfo(json, build);
        }
      }
      default -> {
        if (!isReady(response)) {
          return;
        }
        if (request.getParameter("match[]") == null) {
          response.setContentType(metrics.contentType(""));
        } else {
          PlainText.error(response, 501, "not supported yet: federation");
        }
      }
    }
  }

  /** An engine that is registered may not have reached this bundle yet; an agent has none. */
  private boolean hasEngine(HttpServletResponse response) throws IOException {
    if (web.agent() || backends.engine != null) {
      return true;
    }
    response.setHeader("X-Prometheus-Stopping", "false");
    PlainText.send(response, 503, "Service Unavailable");
    return false;
  }

  private boolean isReady(HttpServletResponse response) throws IOException {
    Readiness.State state = backends.state();
    if (state == Readiness.State.READY) {
      return true;
    }
    response.setHeader("X-Prometheus-Stopping", String.valueOf(state == Readiness.State.STOPPING));
    PlainText.send(response, 503, "Service Unavailable");
    return false;
  }

  private void metrics(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String accept = request.getHeader("Accept") == null ? "" : request.getHeader("Accept");
    response.setContentType(metrics.contentType(accept));
    try (OutputStream out = Compression.output(request, response)) {
      metrics.write(accept, out);
    }
  }

  private void change(String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean allowedMethod = request.getMethod().equals("POST") || request.getMethod().equals("PUT");
    if (!allowedMethod) {
      PlainText.send(response, 405, "Only POST or PUT requests allowed");
    } else if (!web.lifecycleEnabled()) {
      PlainText.send(response, 403, "Lifecycle API is not enabled.");
    } else {
      try {
        if (path.equals("/-/reload")) {
          reload(response);
        } else {
          boolean first = backends.termination().request("the HTTP API");
          PlainText.send(
              response,
              200,
              first ? "Requesting termination... Goodbye!" : "Termination already in progress.");
        }
      } catch (ApiException e) {
        PlainText.error(response, e.type().status(), e.text());
      }
    }
  }

  private void reload(HttpServletResponse response) throws IOException, ApiException {
    try {
      backends.transactions().reload("HTTP API");
    } catch (ConfigurationException e) {
      PlainText.error(response, 500, "failed to reload config: " + e.getMessage());
    }
  }
}
