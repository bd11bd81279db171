package io.narthex.promql.internal.engine.querylog;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that every query is logged to, if there is one. A reload opens it anew, so that whoever
 * moved it away gets a fresh one. Safe for several threads.
 */
public final class QueryLog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(QueryLog.class);

  /** Told of lines that could not be written. */
  private final Runnable failed;

  private volatile @Nullable OpenFile file;

  public QueryLog(Runnable failed) {
    this.failed = failed;
  }

  public boolean isEnabled() {
    return file != null;
  }

  /** The file that is logged to, null if there is none. */
  @Nullable Path path() {
    OpenFile open = file;
    return open == null ? null : open.path();
  }

  /** Opens a file to append to, without using it yet. */
  public static OpenFile open(Path path) throws IOException {
    return new OpenFile(path, new FileOutputStream(path.toFile(), true));
  }

  /** Logs to another file from now on, or to none; closes the one before. */
  public synchronized void use(@Nullable OpenFile next) {
    OpenFile before = file;
    file = next;
    if (before != null) {
      before.close();
    }
  }

  /** Appends a line. A failure is counted and logged; the query is none the worse for it. */
  public void write(byte[] line) {
    OpenFile open = file;
    if (open == null) {
      return;
    }
    try {
      open.append(line);
    } catch (IOException e) {
      failed.run();
      LOG.atError()
          .addKeyValue("file", open.path())
          .setCause(e)
          .log("can't write to the query log");
    }
  }

  @Override
  public void close() {
    use(null);
  }

  /** A file that is open for appending. */
  public static final class OpenFile implements AutoCloseable {
    private final Path path;
    private final OutputStream out;
    private boolean closed;

    private OpenFile(Path path, OutputStream out) {
      this.path = path;
      this.out = out;
    }

    public Path path() {
      return path;
    }

    /** One write a line, so that lines of several processes do not mix; nothing once closed. */
    synchronized void append(byte[] line) throws IOException {
      if (!closed) {
        out.write(line);
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      try {
        out.close();
      } catch (IOException e) {
        LOG.atWarn().addKeyValue("file", path).setCause(e).log("can't close the query log");
      }
    }
  }
}
