package io.narthex.storage.tsdb.internal.log;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** Where the tests' log messages go: nowhere, but while a test collects warnings and errors. */
public final class CapturedLog implements SLF4JServiceProvider {

  private static volatile @Nullable Queue<String> lines;

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new BasicMDCAdapter();

  /** Does something; the warnings and errors of all threads meanwhile, keys and causes included. */
  public static List<String> during(Work work) throws Exception {
    Queue<String> collected = new ConcurrentLinkedQueue<>();
    lines = collected;
    try {
      work.run();
    } finally {
      lines = null;
    }
    return List.copyOf(collected);
  }

  /** What a test does. */
  @FunctionalInterface
  public interface Work {
    void run() throws Exception;
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return Lines::new;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}

  private static final class Lines extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    Lines(String name) {
      this.name = name;
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public boolean isInfoEnabled() {
      return lines != null;
    }

    @Override
    public boolean isWarnEnabled() {
      return lines != null;
    }

    @Override
    public boolean isErrorEnabled() {
      return lines != null;
    }

    @Override
    protected String getFullyQualifiedCallerName() {
      return "";
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level,
        @Nullable Marker marker,
        String message,
        Object @Nullable [] arguments,
        @Nullable Throwable cause) {
      Queue<String> into = lines;
      if (into != null && level.toInt() >= Level.WARN.toInt()) {
        into.add(level + " " + message + (cause == null ? "" : " err=" + cause));
      }
    }
  }
}
