package io.narthex.web.api.internal;

import io.narthex.api.query.QueryEngine;
import io.narthex.api.query.QueryException;
import io.narthex.api.query.QueryLanguage;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.query.QueryResult;
import io.narthex.api.query.RunningQueries;
import io.narthex.model.LabelMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Gives the result or failure that a test wants, and remembers what it was asked. */
final class FakeQueries implements QueryEngine, QueryLanguage, RunningQueries {

  final List<QueryRequest> requests = new ArrayList<>();
  volatile @Nullable QueryResult result;
  volatile @Nullable QueryException failure;
  volatile boolean waitForCancel;
  final List<RunningQuery> running = new CopyOnWriteArrayList<>();
  final CountDownLatch closed = new CountDownLatch(1);

  @Override
  public Query prepare(QueryRequest request) throws QueryException {
    if (request.expression().isEmpty()) {
      throw new QueryException(
          QueryException.Kind.BAD_DATA,
          "unknown position: parse error: no expression found in input");
    }
    requests.add(request);
    return new Query() {
      @Override
      public QueryResult execute(BooleanSupplier abandoned) throws QueryException {
        if (waitForCancel) {
          while (!abandoned.getAsBoolean()) {
            Thread.onSpinWait();
          }
          throw new QueryException(
              QueryException.Kind.CANCELED, "query was canceled in query execution");
        }
        QueryException wanted = failure;
        if (wanted != null) {
          throw wanted;
        }
        QueryResult given = result;
        if (given == null) {
          throw new IllegalStateException("no result was given");
        }
        return given;
      }

      @Override
      public void cancel() {}

      @Override
      public void close() {
        closed.countDown();
      }
    };
  }

  @Override
  public List<RunningQuery> running() {
    return running;
  }

  @Override
  public boolean cancel(long id) {
    return running.removeIf(q -> q.id() == id);
  }

  @Override
  public String format(String expression) throws QueryException {
    return expression + "\n  <formatted>";
  }

  @Override
  public String syntaxTreeJson(String expression) throws QueryException {
    return "{\"type\":\"x\"}";
  }

  /** Knows names, {@code name{}} and one matcher {@code {l="v"}}. */
  @Override
  public List<LabelMatcher> parseSelector(String selector) throws QueryException {
    int open = selector.indexOf('{');
    if (open >= 0 && !selector.endsWith("}")) {
      throw new QueryException(
          QueryException.Kind.BAD_DATA, "1:4: parse error: unexpected end of input inside braces");
    }
    List<LabelMatcher> matchers = new ArrayList<>();
    String name = open < 0 ? selector : selector.substring(0, open);
    if (!name.isEmpty()) {
      matchers.add(LabelMatcher.equal("__name__", name));
    }
    String inner = open < 0 ? "" : selector.substring(open + 1, selector.length() - 1);
    int equals = inner.indexOf("=\"");
    if (equals > 0) {
      String value = inner.substring(equals + 2, inner.length() - 1);
      matchers.add(LabelMatcher.equal(inner.substring(0, equals), value));
    }
    return matchers;
  }

  @Override
  public List<List<LabelMatcher>> selectors(String expression) throws QueryException {
    return expression.equals("1") ? List.of() : List.of(parseSelector(expression));
  }

  @Override
  public String type(String expression) throws QueryException {
    return "vector";
  }
}
