package io.narthex.web.server.internal;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers what lies outside the route prefix: the root leads to it, all else is not there. */
final class RoutePrefix extends Handler.Wrapper {

  private final String prefix;

  RoutePrefix(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = request.getHttpURI().getCanonicalPath();
    boolean root = path == null || path.equals("/");
    if (!prefix.equals("/") && (root || path.equals(prefix))) {
      response.setStatus(302);
      response.getHeaders().put(HttpHeader.LOCATION, prefix + "/");
      callback.succeeded();
      return true;
    }
    if (!super.handle(request, response, callback)) {
      PlainAnswer.send(response, callback, 404, "404 page not found");
    }
    return true;
  }
}
