package io.narthex.web.ui.internal;

import io.narthex.api.telemetry.BuildInfo;
import io.narthex.api.web.WebServerView;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Serves the pages and the two files they load. All pages lie at one depth, so that links work
 * under any route prefix without knowing it. It is the default servlet, which says that a page is
 * not there where nobody else answers.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/")
public final class UiServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** Titles by the path of the page. */
  private static final Map<String, String> PAGES =
      Map.of(
          "/", "Overview",
          "/query", "Query",
          "/targets", "Targets",
          "/service-discovery", "Service discovery",
          "/config", "Configuration",
          "/flags", "Flags",
          "/status", "Status",
          "/tsdb-status", "TSDB status");

  /** Nothing from elsewhere, no script in the page, no frame around it. */
  private static final String POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private final transient WebServerView web;
  private final transient BuildInfo build;
  private final transient Page page;
  private final byte[] script;
  private final byte[] style;
  private final byte[] icon;

  @Activate
  public UiServlet(@Reference WebServerView web, @Reference BuildInfo build) throws IOException {
    this.web = web;
    this.build = build;
    page = new Page();
    script = Page.resource("narthex.js");
    style = Page.resource("narthex.css");
    icon = Page.resource("favicon.svg");
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      response.setHeader("Allow", "GET, HEAD");
      response.sendError(405);
      return;
    }
    String info = request.getPathInfo();
    String path = request.getServletPath() + (info == null ? "" : info);
    switch (path) {
      case "/static/narthex.js" -> file(request, response, script, "text/javascript");
      case "/static/narthex.css" -> file(request, response, style, "text/css");
      case "/favicon.svg", "/favicon.ico" -> file(request, response, icon, "image/svg+xml");
      case "/graph" -> {
        // The address the reference had before; dashboards and alerts still link to it.
        String query = request.getQueryString();
        response.setStatus(302);
        response.setHeader(
            "Location", request.getContextPath() + "/query" + (query == null ? "" : "?" + query));
      }
      default -> page(path.isEmpty() ? "/" : path, request, response);
    }
  }

  private void page(String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String heading = PAGES.get(path);
    if (heading == null) {
      response.sendError(404);
      return;
    }
    request.setAttribute(WebServerView.PATTERN, path);
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Cache-Control", "no-cache");
    response.setContentType("text/html; charset=utf-8");
    String html =
        page.fill(
            Map.of(
                "TITLE", web.pageTitle(),
                "HEADING", heading,
                "PAGE", path.substring(1),
                "VERSION", build.version(),
                "COMPATIBLE", build.compatibleVersion(),
                "MODE", web.agent() ? "agent" : "server"));
    body(request, response, html.getBytes(StandardCharsets.UTF_8));
  }

  private void file(
      HttpServletRequest request, HttpServletResponse response, byte[] content, String type)
      throws IOException {
    request.setAttribute(WebServerView.PATTERN, "/static/*filepath");
    String tag = "\"" + build.version() + "-" + content.length + "\"";
    response.setHeader("ETag", tag);
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (tag.equals(request.getHeader("If-None-Match"))) {
      response.setStatus(304);
      return;
    }
    response.setContentType(type + "; charset=utf-8");
    body(request, response, content);
  }

  private static void body(HttpServletRequest request, HttpServletResponse response, byte[] content)
      throws IOException {
    response.setContentLength(content.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(content);
    }
  }
}
