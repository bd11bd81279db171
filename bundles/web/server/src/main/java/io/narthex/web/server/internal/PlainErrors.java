package io.narthex.web.server.internal;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Errors that no servlet has answered: one line, and nothing about what is inside. */
final class PlainErrors implements Request.Handler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    String text = status == 404 ? "404 page not found" : HttpStatus.getMessage(status);
    PlainAnswer.send(response, callback, status, text);
    return true;
  }
}
