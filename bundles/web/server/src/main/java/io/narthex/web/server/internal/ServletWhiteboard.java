package io.narthex.web.server.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import java.util.Hashtable;
import org.apache.felix.http.base.internal.HttpServiceController;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.osgi.framework.BundleContext;
import org.osgi.service.servlet.runtime.HttpServiceRuntimeConstants;

/**
 * Felix' implementation of the servlet whiteboard, mounted in a Jetty context. It needs the bundle
 * context to find the servlets of all bundles; this class alone touches the framework for it.
 */
final class ServletWhiteboard implements WebContent {

  private static final int OPEN_ATTEMPTS = 10;

  private final BundleContext bundle;
  private final String contextPath;
  private final HttpServiceController controller;
  private final ServletContextHandler handler;

  ServletWhiteboard(BundleContext bundle, String contextPath, int maxFormBytes) {
    this.bundle = bundle;
    this.contextPath = contextPath;
    controller = new HttpServiceController(bundle);
    handler = new ServletContextHandler(contextPath, ServletContextHandler.SESSIONS);
    handler.setMaxFormContentSize(maxFormBytes);
    handler.setErrorHandler(new PlainErrors());
    controller.getEventDispatcher().setActive(true);
    handler.addEventListener(controller.getEventDispatcher());
    handler.getSessionHandler().addEventListener(controller.getEventDispatcher());
    handler.getSessionHandler().setHttpOnly(true);
    Servlet dispatcher = controller.createDispatcherServlet();
    ServletHolder holder = new ServletHolder(dispatcher);
    holder.setAsyncSupported(true);
    handler.addServlet(holder, "/*");
  }

  @Override
  public Handler handler() {
    return handler;
  }

  /**
   * Lets servlets in. Felix' trackers trip over a service that goes at the very moment they open,
   * which the web console does while it starts: then they are closed and opened again.
   */
  @Override
  public void open() {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put(
        HttpServiceRuntimeConstants.HTTP_SERVICE_ENDPOINT,
        new String[] {contextPath.endsWith("/") ? contextPath : contextPath + "/"});
    ServletContext context = handler.getServletContext();
    for (int attempt = 1; ; attempt++) {
      try {
        controller.register(context, properties);
        return;
      } catch (NullPointerException e) {
        controller.unregister();
        if (attempt == OPEN_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Lets go of all servlets. */
  @Override
  public void close() {
    controller.getEventDispatcher().setActive(false);
    controller.unregister();
    controller.stop();
  }

  @Override
  public String toString() {
    return "servlets of " + bundle + " at " + contextPath;
  }
}
