package io.narthex.web.console.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.BiConsumer;
import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.jspecify.annotations.Nullable;

/** A page of ours in the console, which writes the frame around it. */
abstract class ConsolePage extends AbstractServlet {
  private static final long serialVersionUID = 1L;

  /** The menu that our pages are in. */
  static final String CATEGORY = "felix.webconsole.category=Narthex";

  static final String LABEL = "felix.webconsole.label=";
  static final String TITLE = "felix.webconsole.title=";

  abstract void write(Html html);

  /** Writes what a service shows, or that it is not there. */
  static <S> void show(@Nullable S service, String name, BiConsumer<S, Html> view, Html html) {
    if (service == null) {
      html.paragraph(
          "The "
              + name
              + " is not running: its bundle is missing, or waits for something (see the run"
              + " group).");
    } else {
      view.accept(service, html);
    }
  }

  @Override
  public final void renderContent(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Html html = new Html();
    write(html);
    response.getWriter().print(html);
  }
}
