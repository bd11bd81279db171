package io.narthex.http.internal.net;

import io.narthex.api.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** An answer whose head has arrived. */
final class Exchange implements HttpResponse {
  private final Response response;
  private final Body body;

  Exchange(Request request, Response response, InputStream in, Runnable atEnd) {
    this.response = response;
    this.body = new Body(in, request, atEnd);
  }

  @Override
  public int status() {
    return response.getStatus();
  }

  @Override
  public String statusText() {
    String reason = response.getReason();
    if (reason == null || reason.isEmpty()) {
      reason = HttpStatus.getCode(status()) == null ? "" : HttpStatus.getMessage(status());
    }
    return reason.isEmpty() ? String.valueOf(status()) : status() + " " + reason;
  }

  @Override
  public String header(String name) {
    @Nullable String value = response.getHeaders().get(name);
    return value == null ? "" : value;
  }

  @Override
  public InputStream body() {
    return body;
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      throw new IllegalStateException("closing a body does no input or output", e);
    }
  }
}
