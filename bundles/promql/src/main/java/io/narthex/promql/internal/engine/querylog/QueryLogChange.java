package io.narthex.promql.internal.engine.querylog;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.Reconfigurable.Prepared;
import io.narthex.promql.internal.engine.querylog.QueryLog.OpenFile;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A change of the query log's file: the next one is open already. */
public final class QueryLogChange implements Prepared {

  private static final Logger LOG = LoggerFactory.getLogger(QueryLogChange.class);

  private final QueryLog log;
  private final @Nullable Path before;
  private final @Nullable OpenFile next;

  private QueryLogChange(QueryLog log, @Nullable Path before, @Nullable OpenFile next) {
    this.log = log;
    this.before = before;
    this.next = next;
  }

  /**
   * Opens the file.
   *
   * @param path empty for none
   */
  public static Prepared prepare(QueryLog log, String path) throws ConfigurationException {
    try {
      OpenFile next = path.isEmpty() ? null : QueryLog.open(Path.of(path));
      return new QueryLogChange(log, log.path(), next);
    } catch (IOException e) {
      throw new ConfigurationException("query_log_file " + path + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void commit() {
    log.use(next);
  }

  @Override
  public void rollback() {
    OpenFile again = null;
    try {
      again = before == null ? null : QueryLog.open(before);
    } catch (IOException e) {
      LOG.atError().addKeyValue("file", before).setCause(e).log("can't open the query log again");
    }
    log.use(again);
  }

  @Override
  public void discard() {
    OpenFile unused = next;
    if (unused != null) {
      unused.close();
    }
  }
}
