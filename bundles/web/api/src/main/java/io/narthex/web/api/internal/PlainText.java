package io.narthex.web.api.internal;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers of plain text. */
final class PlainText {

  private PlainText() {}

  /** As it is. */
  static void send(HttpServletResponse response, int status, String text) throws IOException {
    response.setStatus(status);
    response.setContentType("text/plain; charset=utf-8");
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  /** One line, with the headers of the reference's errors. */
  static void error(HttpServletResponse response, int status, String text) throws IOException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    send(response, status, text + "\n");
  }
}
