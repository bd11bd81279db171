package io.narthex.web.console.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** A request and its response without a server. */
final class Exchange {
  String method = "GET";
  String scheme = "http";
  String remote = "127.0.0.1";
  final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  final Map<String, String> responseHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  final StringWriter body = new StringWriter();
  int status;

  Exchange() {
    headers.put("Host", "localhost:9090");
  }

  Exchange method(String value) {
    method = value;
    return this;
  }

  Exchange from(String address) {
    remote = address;
    return this;
  }

  Exchange with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  Exchange as(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return with("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  HttpServletRequest request() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            Exchange.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (self, called, args) ->
                switch (called.getName()) {
                  case "getMethod" -> method;
                  case "getScheme" -> scheme;
                  case "getRemoteAddr" -> remote;
                  case "getHeader" -> headers.get((String) args[0]);
                  case "getContentType" -> headers.get("Content-Type");
                  default -> throw new UnsupportedOperationException(called.getName());
                });
  }

  HttpServletResponse response() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            Exchange.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (self, called, args) -> {
              switch (called.getName()) {
                case "setHeader" -> responseHeaders.put((String) args[0], (String) args[1]);
                case "setContentType" -> responseHeaders.put("Content-Type", (String) args[0]);
                case "setStatus" -> status = (Integer) args[0];
                case "getWriter" -> {
                  return new PrintWriter(body, true);
                }
                default -> throw new UnsupportedOperationException(called.getName());
              }
              return null;
            });
  }
}
