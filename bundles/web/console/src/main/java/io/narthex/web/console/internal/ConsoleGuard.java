package io.narthex.web.console.internal;

import io.narthex.api.web.Users;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides over each request to the console: who sends it, from where, and to do what. */
final class ConsoleGuard {
  private static final Logger log = LoggerFactory.getLogger(ConsoleGuard.class);
  private static final String CHALLENGE = "Basic realm=\"Narthex console\", charset=\"UTF-8\"";

  private final Clients clients;
  private final boolean upload;
  private final PasswordFile file;
  private final Users users;
  private final Supplier<@Nullable URI> externalUrl;

  ConsoleGuard(
      Clients clients,
      boolean upload,
      PasswordFile file,
      Users users,
      Supplier<@Nullable URI> externalUrl) {
    this.clients = clients;
    this.upload = upload;
    this.file = file;
    this.users = users;
    this.externalUrl = externalUrl;
  }

  /** The user's name; null if the request is refused, and then the response says why. */
  @Nullable String admit(HttpServletRequest request, HttpServletResponse response) {
    // Clicks on a page that another site shows in a frame would pass the check of the origin.
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    if (!clients.admit(request)) {
      return refuse(
          request,
          response,
          HttpServletResponse.SC_FORBIDDEN,
          "The console lets in clients on this machine only. The property console.clients of "
              + ConsoleConfig.PID
              + " names the networks of others.");
    }
    if (!SameOrigin.allows(request, externalUrl.get())) {
      return refuse(
          request,
          response,
          HttpServletResponse.SC_FORBIDDEN,
          "A request that changes something must come from a page of the console: its Origin or"
              + " Referer is missing or is another site's.");
    }
    if (!upload && uploads(request)) {
      return refuse(
          request,
          response,
          HttpServletResponse.SC_FORBIDDEN,
          "Bundle upload is off. It is switched on by --console.enable-bundle-upload.");
    }
    return authenticate(request, response);
  }

  /** Only uploads send parts; nothing else in the console needs them. */
  private static boolean uploads(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
  }

  private @Nullable String authenticate(HttpServletRequest request, HttpServletResponse response) {
    Credentials given = Credentials.of(request.getHeader("Authorization"));
    if (given == null) {
      response.setHeader("WWW-Authenticate", CHALLENGE);
      return answer(response, HttpServletResponse.SC_UNAUTHORIZED, "The console wants a password.");
    }
    return switch (check(given, request.getRemoteAddr())) {
      case ACCEPTED -> given.user();
      case REFUSED -> {
        response.setHeader("WWW-Authenticate", CHALLENGE);
        yield refuse(
            request, response, HttpServletResponse.SC_UNAUTHORIZED, "Wrong user or password.");
      }
      case TOO_MANY_FAILURES ->
          refuse(
              request,
              response,
              429,
              "Too many wrong passwords came from this address. Try again later.");
      case UNAVAILABLE ->
          refuse(
              request,
              response,
              HttpServletResponse.SC_SERVICE_UNAVAILABLE,
              "The users can't be read now; the log says why.");
    };
  }

  private Users.Verdict check(Credentials given, String address) {
    if (users.required()) {
      return users.check(given.user(), given.password(), address);
    }
    PasswordFile.Entry entry;
    try {
      entry = file.read();
    } catch (IOException e) {
      log.atError()
          .addKeyValue("file", file)
          .addKeyValue("err", e.getMessage())
          .log("The console's password can't be read");
      return Users.Verdict.UNAVAILABLE;
    }
    // The hash is checked for a wrong name too, so that the time does not tell names.
    Users.Verdict verdict = users.checkHash(entry.hash(), given.password(), address);
    return verdict == Users.Verdict.ACCEPTED && !entry.user().equals(given.user())
        ? Users.Verdict.REFUSED
        : verdict;
  }

  private static @Nullable String refuse(
      HttpServletRequest request, HttpServletResponse response, int status, String why) {
    log.atWarn()
        .addKeyValue("client", request.getRemoteAddr())
        .addKeyValue("method", request.getMethod())
        .addKeyValue("status", status)
        .addKeyValue("reason", why)
        .log("The console refused a request");
    return answer(response, status, why);
  }

  private static @Nullable String answer(HttpServletResponse response, int status, String text) {
    response.setStatus(status);
    response.setContentType("text/plain;charset=UTF-8");
    try {
      response.getWriter().println(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return null;
  }
}
