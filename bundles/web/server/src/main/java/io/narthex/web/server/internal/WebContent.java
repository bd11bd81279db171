package io.narthex.web.server.internal;

import org.eclipse.jetty.server.Handler;

/** What answers requests that have passed everything in front of it. */
interface WebContent {

  /** Answers requests below the route prefix; started and stopped with the server. */
  Handler handler();

  /** Called when the handler has been started. */
  void open();

  /** Called before the handler is stopped, also if {@link #open} never was. */
  void close();
}
