package io.narthex.web.server.internal;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.web.Users;
import io.narthex.api.web.Users.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.osgi.service.servlet.context.ServletContextHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the web configuration file asks of every request, whoever answers it: headers, rate limit, a
 * user with a password.
 */
final class Guard extends Handler.Wrapper {

  private static final Logger log = LoggerFactory.getLogger(Guard.class);

  private final WebConfigFile file;
  private final Users users;
  private final RequestRate rate;

  Guard(WebConfigFile file, Users users, RequestRate rate) {
    this.file = file;
    this.users = users;
    this.rate = rate;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    WebConfig config;
    try {
      config = file.current();
    } catch (ConfigurationException e) {
      log.atError().setCause(e).log("Unable to parse configuration");
      PlainAnswer.send(response, callback, 500, "Internal Server Error");
      return true;
    }
    HttpFields.Mutable headers = response.getHeaders();
    config.headers().forEach(headers::put);
    WebConfig.RateLimit limit = config.rateLimit();
    if (limit != null && !rate.admits(limit)) {
      PlainAnswer.send(response, callback, 429, "Too Many Requests");
      return true;
    }
    if (!config.users().isEmpty() && !admitted(request, response, callback)) {
      return true;
    }
    return super.handle(request, response, callback);
  }

  /** Whether the request comes from a user; if not, it has been answered. */
  private boolean admitted(Request request, Response response, Callback callback) {
    String[] credentials = basic(request.getHeaders().get(HttpHeader.AUTHORIZATION));
    Verdict verdict = Verdict.REFUSED;
    if (credentials != null) {
      String address = Request.getRemoteAddr(request);
      verdict = users.check(credentials[0], credentials[1], address == null ? "" : address);
      if (verdict == Verdict.ACCEPTED) {
        request.setAttribute(ServletContextHelper.REMOTE_USER, credentials[0]);
        request.setAttribute(ServletContextHelper.AUTHENTICATION_TYPE, "BASIC");
        return true;
      }
    }
    switch (verdict) {
      case TOO_MANY_FAILURES -> {
        response.getHeaders().put(HttpHeader.RETRY_AFTER, 10);
        PlainAnswer.send(response, callback, 429, "Too Many Requests");
      }
      case UNAVAILABLE -> PlainAnswer.send(response, callback, 500, "Internal Server Error");
      case ACCEPTED, REFUSED -> {
        response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Basic");
        PlainAnswer.send(response, callback, 401, "Unauthorized");
      }
    }
    return false;
  }

  /** User and password of a Basic authorization, null if the header is none. */
  static String @Nullable [] basic(@Nullable String header) {
    if (header == null
        || header.length() > 8192
        || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return null;
    }
    String decoded;
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring(6).strip());
      decoded = new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null; // Not Base64: as if there were no credentials.
    }
    int colon = decoded.indexOf(':');
    return colon < 0
        ? null
        : new String[] {decoded.substring(0, colon), decoded.substring(colon + 1)};
  }
}
