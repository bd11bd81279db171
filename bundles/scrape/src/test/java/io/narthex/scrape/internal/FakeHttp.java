package io.narthex.scrape.internal;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.http.HttpClient;
import io.narthex.api.http.HttpClients;
import io.narthex.api.http.HttpRequest;
import io.narthex.api.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers requests from memory, by URL. */
public final class FakeHttp implements HttpClients {

  /** An answer that may fail or wait. */
  @FunctionalInterface
  public interface Handler {
    HttpResponse answer(HttpRequest request) throws IOException, InterruptedException;
  }

  public final List<HttpRequest> requests = new CopyOnWriteArrayList<>();
  public final AtomicInteger open = new AtomicInteger();
  public final AtomicInteger created = new AtomicInteger();
  public volatile boolean refuseClients;
  private final Map<String, Handler> handlers = new HashMap<>();
  private volatile Handler otherwise = r -> text("");

  public static HttpResponse text(String body) {
    return answer(200, "text/plain; version=0.0.4", "", body.getBytes(StandardCharsets.UTF_8));
  }

  public static HttpResponse answer(int status, String type, String encoding, byte[] body) {
    return answer(status, type, encoding, new ByteArrayInputStream(body));
  }

  public static HttpResponse answer(int status, String type, String encoding, InputStream body) {
    return new HttpResponse() {
      @Override
      public int status() {
        return status;
      }

      @Override
      public String statusText() {
        return status + (status == 404 ? " Not Found" : " Status");
      }

      @Override
      public String header(String name) {
        return switch (name) {
          case "Content-Type" -> type;
          case "Content-Encoding" -> encoding;
          default -> "";
        };
      }

      @Override
      public InputStream body() {
        return body;
      }

      @Override
      public void close() {}
    };
  }

  public synchronized void on(String url, Handler handler) {
    handlers.put(url, handler);
  }

  public void onAll(Handler handler) {
    otherwise = handler;
  }

  @Override
  public HttpClient create(String name, HttpClientConfig config) throws ConfigurationException {
    if (refuseClients) {
      throw new ConfigurationException("no certificate");
    }
    open.incrementAndGet();
    created.incrementAndGet();
    return new HttpClient() {
      private boolean closed;

      @Override
      public HttpResponse send(HttpRequest request) throws IOException, InterruptedException {
        requests.add(request);
        Handler handler;
        synchronized (FakeHttp.this) {
          handler = handlers.getOrDefault(request.uri().toString(), otherwise);
        }
        return handler.answer(request);
      }

      @Override
      public void close() {
        if (!closed) {
          closed = true;
          open.decrementAndGet();
        }
      }
    };
  }
}
