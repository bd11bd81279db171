package io.narthex.storage.remote.internal.receive;

import io.narthex.api.lifecycle.Readiness;
import io.narthex.api.storage.Storage;
import io.narthex.api.telemetry.Metrics;
import io.narthex.api.web.WebServerView;
import io.narthex.model.Regex;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /api/v1/write}: there while its entry is, over the storage of the moment. */
@Component(
    service = Servlet.class,
    configurationPid = "io.narthex.storage.remote.receiver",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@HttpWhiteboardServletPattern(RemoteWriteServlet.PATH)
@Designate(ocd = ReceiverConfig.class)
public final class RemoteWriteServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  static final String PATH = "/api/v1/write";
  private static final String WRITTEN = "X-Prometheus-Remote-Write-";

  private final transient Receiver receiver;
  private final transient Readiness readiness;
  private final transient Regex origins;

  @Activate
  public RemoteWriteServlet(
      ReceiverConfig config,
      @Reference(target = "(" + Storage.ROLE + "=" + Storage.FANOUT + ")") Storage storage,
      @Reference Readiness readiness,
      @Reference WebServerView web,
      @Reference Metrics metrics) {
    this(
        new Receiver(
            storage,
            ReceiverOptions.of(
                config.web_remote$_$write$_$receiver_accepted$_$protobuf$_$messages(),
                config.enable$_$feature()),
            new ReceiverMetrics(metrics),
            InstantSource.system(),
            Runtime.getRuntime().maxMemory()),
        readiness,
        Regex.anchored(web.corsOrigin()));
    // The web server's family, by its name: rates are there from the first request on.
    metrics
        .counters("prometheus_http_requests_total", "Counter of HTTP requests.", "handler", "code")
        .with(PATH, "200")
        .add(0);
  }

  RemoteWriteServlet(Receiver receiver, Readiness readiness, Regex origins) {
    this.receiver = receiver;
    this.readiness = readiness;
    this.origins = origins;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (request.getMethod()) {
      case "POST" -> {
        request.setAttribute(WebServerView.PATTERN, PATH);
        if (isReady(response)) {
          write(request, response);
        }
      }
      case "OPTIONS" -> {
        request.setAttribute(WebServerView.PATTERN, "/api/v1/*path");
        if (isReady(response)) {
          allowOrigin(request, response);
          response.setStatus(204);
        }
      }
      default -> {
        response.setHeader("Allow", "OPTIONS, POST");
        error(response, 405, "Method Not Allowed");
      }
    }
  }

  private boolean isReady(HttpServletResponse response) throws IOException {
    Readiness.State state = readiness.state();
    if (state == Readiness.State.READY) {
      return true;
    }
    response.setHeader("X-Prometheus-Stopping", String.valueOf(state == Readiness.State.STOPPING));
    send(response, 503, "Service Unavailable");
    return false;
  }

  private void allowOrigin(HttpServletRequest request, HttpServletResponse response) {
    response.addHeader("Vary", "Origin");
    String origin = header(request, "Origin");
    if (origin.isEmpty()) {
      return;
    }
    response.setHeader(
        "Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, Origin");
    response.setHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
    response.setHeader("Access-Control-Expose-Headers", "Date");
    if (origins.source().equals(".*")) {
      response.setHeader("Access-Control-Allow-Origin", "*");
    } else if (origins.matches(origin)) {
      response.setHeader("Access-Control-Allow-Origin", origin);
    }
  }

  private void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Answer answer =
        receiver.receive(
            header(request, "Content-Type"),
            header(request, "Content-Encoding"),
            request.getContentLengthLong(),
            request.getInputStream());
    Answer.Written written = answer.written();
    if (written != null) {
      response.setHeader(WRITTEN + "Samples-Written", String.valueOf(written.samples()));
      response.setHeader(WRITTEN + "Histograms-Written", String.valueOf(written.histograms()));
      response.setHeader(WRITTEN + "Exemplars-Written", String.valueOf(written.exemplars()));
    }
    if (answer.status() == 204) {
      response.setStatus(204);
    } else {
      error(response, answer.status(), answer.text());
    }
  }

  private static String header(HttpServletRequest request, String name) {
    String value = request.getHeader(name);
    return value == null ? "" : value;
  }

  private static void error(HttpServletResponse response, int status, String text)
      throws IOException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    send(response, status, text + "\n");
  }

  private static void send(HttpServletResponse response, int status, String text)
      throws IOException {
    response.setStatus(status);
    response.setContentType("text/plain; charset=utf-8");
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
