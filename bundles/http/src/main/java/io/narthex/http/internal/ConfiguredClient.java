package io.narthex.http.internal;

import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.config.HttpClientConfig.HttpHeader;
import io.narthex.api.config.Secret;
import io.narthex.api.http.HttpClient;
import io.narthex.api.http.HttpRequest;
import io.narthex.api.http.HttpResponse;
import io.narthex.http.internal.auth.Credentials;
import io.narthex.http.internal.net.Deadline;
import io.narthex.http.internal.net.Target;
import io.narthex.http.internal.net.Transports;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The client for one section: puts headers and credentials on requests and follows redirects. */
final class ConfiguredClient implements HttpClient {
  private static final int DRAINED_ON_REDIRECT = 2 << 10;

  private final HttpClientConfig config;
  private final Transports transports;
  private final Credentials credentials;
  private final Runnable onClose;

  ConfiguredClient(
      HttpClientConfig config, Transports transports, Credentials credentials, Runnable onClose) {
    this.config = config;
    this.transports = transports;
    this.credentials = credentials;
    this.onClose = onClose;
  }

  @Override
  public HttpResponse send(HttpRequest request) throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(request.timeout());
    URI shown = request.uri();
    String method = request.method();
    try {
      Target target = Target.of(request.uri());
      Redirects way = new Redirects(request.uri(), target.host(), method, request.body());
      while (true) {
        way.arriveAt(target.host());
        HttpResponse response =
            transports.send(
                way.method(),
                target,
                headers(request, way, target, deadline),
                way.body(),
                way.isFirst() ? request.unixSocket() : null,
                deadline);
        if (!config.followRedirects() || !follow(way, response)) {
          return response;
        }
        shown = way.uri();
        method = way.method();
        target = Target.of(shown);
      }
    } catch (Redirects.TooManyRedirects e) {
      throw new IOException(prefix(method) + e.location() + "\": " + e.getMessage(), e);
    } catch (URISyntaxException e) {
      throw new IOException(prefix(method) + Target.printable(shown) + "\": " + e.getReason(), e);
    } catch (HttpTimeoutException e) {
      HttpTimeoutException named =
          new HttpTimeoutException(
              prefix(method) + Target.printable(shown) + "\": " + e.getMessage());
      named.initCause(e);
      throw named;
    } catch (IOException e) {
      throw new IOException(prefix(method) + Target.printable(shown) + "\": " + e.getMessage(), e);
    }
  }

  private static String prefix(String method) {
    return method.isEmpty()
        ? "\""
        : method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT) + " \"";
  }

  /** Reads a short body to its end, so that the connection can be used again. */
  private static boolean follow(Redirects way, HttpResponse response) throws IOException {
    boolean follows = false;
    try {
      follows = way.follow(response);
      if (follows) {
        response.body().readNBytes(DRAINED_ON_REDIRECT);
      }
      return follows;
    } catch (IOException e) {
      follows = true;
      throw e;
    } finally {
      if (follows) {
        response.close();
      }
    }
  }

  private Map<String, List<String>> headers(
      HttpRequest request, Redirects way, Target target, Deadline deadline)
      throws IOException, InterruptedException {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    Map<String, List<String>> sent = way.sendable(headers);
    for (Map.Entry<String, HttpHeader> e : config.httpHeaders().entrySet()) {
      if (way.isTrusted() || !Redirects.isSensitive(e.getKey())) {
        List<String> values = new ArrayList<>(sent.getOrDefault(e.getKey(), List.of()));
        addValues(e.getValue(), values);
        sent.put(e.getKey(), values);
      }
    }
    if (!sent.containsKey("Authorization")) {
      String value = way.isTrusted() ? credentials.header(deadline) : "";
      if (value.isEmpty() && target.userInfo() != null) {
        value = basic(target.userInfo());
      }
      if (!value.isEmpty()) {
        sent.put("Authorization", List.of(value));
      }
    }
    return sent;
  }

  private static void addValues(HttpHeader header, List<String> values) throws IOException {
    values.addAll(header.values());
    for (Secret s : header.secrets()) {
      values.add(s.reveal());
    }
    for (String file : header.files()) {
      try {
        values.add(SecretFile.text(file));
      } catch (IOException e) {
        throw new IOException("unable to read headers file: " + e.getMessage(), e);
      }
    }
  }

  private static String basic(String rawUserInfo) {
    int colon = rawUserInfo.indexOf(':');
    String pair =
        colon < 0
            ? decode(rawUserInfo) + ":"
            : decode(rawUserInfo.substring(0, colon))
                + ":"
                + decode(rawUserInfo.substring(colon + 1));
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String raw) {
    return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      transports.close();
      if (credentials instanceof Credentials.OAuth2 o) {
        o.tokens().close();
      }
    } finally {
      onClose.run();
    }
  }
}
