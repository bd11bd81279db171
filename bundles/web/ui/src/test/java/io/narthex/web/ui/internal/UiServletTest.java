package io.narthex.web.ui.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.telemetry.BuildInfo;
import io.narthex.api.web.WebServerView;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UiServletTest {

  private static final List<String> PAGES =
      List.of(
          "", "query", "targets", "service-discovery", "config", "flags", "status", "tsdb-status");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  /** Every text is hostile, so that what is not escaped shows. */
  private static <T> T hostile(Class<T> type) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                method.getReturnType() == String.class ? "<b>&\"'@PAGE@" : false);
    return type.cast(proxy);
  }

  @BeforeEach
  void start() throws Exception {
    ServletContextHandler context = new ServletContextHandler("/prom");
    UiServlet servlet = new UiServlet(hostile(WebServerView.class), hostile(BuildInfo.class));
    context.addServlet(new ServletHolder(servlet), "/");
    server.setHandler(context);
    server.addConnector(connector);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.stop();
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create("http://localhost:" + connector.getLocalPort() + "/prom/" + path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void everyPageIsSafeAndRefersToNothingElsewhere() throws Exception {
    for (String page : PAGES) {
      HttpResponse<String> response = get(page);
      assertThat(response.statusCode()).as(page).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Security-Policy"))
          .hasValueSatisfying(policy ->
              assertThat(policy)
                  .contains("default-src 'self'", "frame-ancestors 'none'")
                  .doesNotContain("unsafe"));
      assertThat(response.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
      assertThat(response.body())
          .contains("data-page=\"" + page + "\"", "&lt;b&gt;&amp;&quot;&#39;@PAGE@")
          .doesNotContain("<b>", "http://", "https://", "onclick", "<script>", "style=\"");
    }
  }

  @Test
  void servesItsFilesOnceEach() throws Exception {
    for (Map.Entry<String, String> file :
        Map.of(
                "static/narthex.js", "text/javascript",
                "static/narthex.css", "text/css",
                "favicon.svg", "image/svg+xml")
            .entrySet()) {
      HttpResponse<String> first = get(file.getKey());
      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(first.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith(file.getValue()));
      String tag = first.headers().firstValue("ETag").orElseThrow();
      assertThat(get(file.getKey(), "If-None-Match", tag).statusCode()).isEqualTo(304);
    }
    String script = new String(Page.resource("narthex.js"), StandardCharsets.UTF_8);
    assertThat(script).doesNotContain("innerHTML", "insertAdjacentHTML", "eval(", "document.write");
  }

  @Test
  void keepsOldLinksAlive() throws Exception {
    HttpResponse<String> graph = get("graph?g0.expr=up&g0.tab=1");
    assertThat(graph.statusCode()).isEqualTo(302);
    assertThat(graph.headers().firstValue("Location"))
        .hasValueSatisfying(
            location -> assertThat(location).endsWith("/prom/query?g0.expr=up&g0.tab=1"));
  }

  @Test
  void knowsNoOtherPages() throws Exception {
    assertThat(get("nope").statusCode()).isEqualTo(404);
    assertThat(get("static/page.html").statusCode()).isEqualTo(404);
    HttpRequest post =
        HttpRequest.newBuilder(
                URI.create("http://localhost:" + connector.getLocalPort() + "/prom/query"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(client.send(post, BodyHandlers.discarding()).statusCode()).isEqualTo(405);
  }
}
