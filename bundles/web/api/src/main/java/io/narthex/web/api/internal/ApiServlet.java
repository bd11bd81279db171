package io.narthex.web.api.internal;

import io.narthex.api.lifecycle.Readiness;
import io.narthex.api.telemetry.BuildInfo;
import io.narthex.api.telemetry.Metrics;
import io.narthex.api.web.WebServerView;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything below {@code /api/v1}: finds the endpoint and puts its answer into the envelope. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/*")
public final class ApiServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private static final Logger log = LoggerFactory.getLogger(ApiServlet.class);

  private final transient Backends backends;
  private final transient WebServerView web;
  private final transient Cors cors;
  private final transient Routes routes;
  private final transient Receivers receivers;

  @Activate
  public ApiServlet(
      @Reference Backends backends,
      @Reference WebServerView web,
      @Reference BuildInfo build,
      @Reference ServerFlags flags,
      @Reference Metrics metrics) {
    this(backends, web, build, flags, InstantSource.system());
    countFromZero(metrics);
  }

  /**
   * Makes the web server's counters for all routes, as the reference does: rates over them are then
   * there from the first request on. The family is the web server's own, by its name.
   */
  private void countFromZero(Metrics metrics) {
    Metrics.Family<Metrics.Counter> requests =
        metrics.counters(
            "prometheus_http_requests_total", "Counter of HTTP requests.", "handler", "code");
    for (Route route : routes.all()) {
      requests.with("/api/v1" + route.pattern(), "200").add(0);
    }
  }

  ApiServlet(
      Backends backends,
      WebServerView web,
      BuildInfo build,
      ServerFlags flags,
      InstantSource clock) {
    this.backends = backends;
    this.web = web;
    this.cors = new Cors(web.corsOrigin());
    List<Route> all = new ArrayList<>();
    all.addAll(new QueryEndpoints(backends, clock).routes());
    all.addAll(new LabelEndpoints(backends).routes());
    all.addAll(new TargetEndpoints(backends, web).routes());
    all.addAll(new StatusEndpoints(backends, flags, build, clock).routes());
    all.addAll(new NarthexEndpoints(backends).routes());
    all.addAll(new RunningQueryEndpoints(backends).routes());
    all.addAll(new AdminEndpoints(backends, flags).routes());
    all.addAll(new AbsentEndpoints().routes());
    this.routes = new Routes(all);
    this.receivers = new Receivers(flags);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getPathInfo() == null ? "" : request.getPathInfo();
    if (request.getMethod().equals("OPTIONS")) {
      request.setAttribute(WebServerView.PATTERN, "/api/v1/*path");
      if (isReady(response)) {
        cors.apply(request, response);
        response.setStatus(204);
      }
      return;
    }
    if (receivers.answer(path, request, response)) {
      return;
    }
    Routes.Match match = routes.find(path);
    if (match == null) {
      PlainText.error(response, 404, "404 page not found");
      return;
    }
    Route route = match.route();
    if (!route.methods().contains(request.getMethod())) {
      TreeSet<String> allowed = new TreeSet<>(route.methods());
      allowed.add("OPTIONS");
      response.setHeader("Allow", String.join(", ", allowed));
      PlainText.error(response, 405, "Method Not Allowed");
      return;
    }
    request.setAttribute(WebServerView.PATTERN, "/api/v1" + route.pattern());
    if (route.always() || isReady(response)) {
      answer(match, request, response);
    }
  }

  /** Whether the server can answer; if not, it has said so. */
  private boolean isReady(HttpServletResponse response) throws IOException {
    Readiness.State state = backends.state();
    if (state == Readiness.State.READY) {
      return true;
    }
    response.setHeader("X-Prometheus-Stopping", String.valueOf(state == Readiness.State.STOPPING));
    PlainText.send(response, 503, "Service Unavailable");
    return false;
  }

  private void answer(Routes.Match match, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    cors.apply(request, response);
    Answer answer;
    try {
      if (web.agent() && !match.route().agent()) {
        throw new ApiException(ApiException.Type.EXECUTION, "unavailable with Prometheus Agent");
      }
      ApiRequest parsed = new ApiRequest(request, FormReader.read(request), match.part());
      answer = match.route().endpoint().answer(parsed);
    } catch (ApiException e) {
      error(e, request, response);
      return;
    } catch (RuntimeException e) {
      log.atError()
          .addKeyValue("path", request.getRequestURI())
          .setCause(e)
          .log("API request failed");
      String message = e.getMessage() == null ? e.getClass().getName() : e.getMessage();
      error(new ApiException(ApiException.Type.INTERNAL, message, e), request, response);
      return;
    }
    try {
      write(answer, request, response);
    } finally {
      answer.release().run();
    }
  }

  private static void write(Answer answer, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Answer.Data data = answer.data();
    if (data == null) {
      response.setStatus(204);
      return;
    }
    response.setContentType("application/json");
    try (JsonWriter json = new JsonWriter(Compression.output(request, response))) {
      json.beginObject().key("status").string("success").key("data");
      data.write(json);
      texts(json, "warnings", answer.warnings());
      texts(json, "infos", answer.infos());
      json.endObject();
    }
  }

  private static void texts(JsonWriter json, String key, List<String> texts) throws IOException {
    if (texts.isEmpty()) {
      return;
    }
    json.key(key).beginArray();
    for (String text : texts) {
      json.string(text);
    }
    json.endArray();
  }

  private static void error(
      ApiException e, HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setStatus(e.type().status());
    response.setContentType("application/json");
    try (JsonWriter json = new JsonWriter(Compression.output(request, response))) {
      json.beginObject().key("status").string("error");
      json.key("errorType").string(e.type().text()).key("error").string(e.text()).endObject();
    }
  }
}
