package io.narthex.storage.fanout.internal;

import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.StorageException;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Utf8Order;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Queriers of several storages as one; failures of all but the first become warnings. */
final class FanoutQuerier implements Querier {

  private final Querier primary;
  private final List<Querier> secondaries;
  private final List<String> openingWarnings;

  FanoutQuerier(Querier primary, List<Querier> secondaries, List<String> openingWarnings) {
    this.primary = primary;
    this.secondaries = List.copyOf(secondaries);
    this.openingWarnings = List.copyOf(openingWarnings);
  }

  static String warning(StorageException e) {
    return "remote storage: " + e.getMessage();
  }

  @Override
  public SeriesSet select(SelectHints hints, List<LabelMatcher> matchers) throws StorageException {
    SelectHints sorted =
        new SelectHints(
            hints.start(),
            hints.end(),
            true,
            hints.step(),
            hints.range(),
            hints.function(),
            hints.grouping(),
            hints.by(),
            hints.limit());
    List<String> warnings = new ArrayList<>(openingWarnings);
    List<SeriesSet> sets = new ArrayList<>();
    sets.add(primary.select(sorted, matchers));
    for (Querier secondary : secondaries) {
      try {
        sets.add(secondary.select(sorted, matchers));
      } catch (StorageException e) {
        warnings.add(warning(e));
      }
    }
    return new MergedSeriesSet(sets, hints.limit(), warnings);
  }

  /** A call of one querier. */
  @FunctionalInterface
  private interface Call {
    LabelResult on(Querier querier) throws StorageException;
  }

  private LabelResult merge(int limit, Call call) throws StorageException {
    List<String> warnings = new ArrayList<>(openingWarnings);
    TreeSet<String> values = new TreeSet<>(Utf8Order::compare);
    LabelResult first = call.on(primary);
    values.addAll(first.values());
    warnings.addAll(first.warnings());
    for (Querier secondary : secondaries) {
      try {
        LabelResult more = call.on(secondary);
        values.addAll(more.values());
        warnings.addAll(more.warnings());
      } catch (StorageException e) {
        warnings.add(warning(e));
      }
    }
    List<String> list = new ArrayList<>(values);
    return new LabelResult(
        limit > 0 && list.size() > limit ? list.subList(0, limit) : list, warnings);
  }

  @Override
  public LabelResult labelValues(String name, int limit, List<LabelMatcher> matchers)
      throws StorageException {
    return merge(limit, q -> q.labelValues(name, limit, matchers));
  }

  @Override
  public LabelResult labelNames(int limit, List<LabelMatcher> matchers) throws StorageException {
    return merge(limit, q -> q.labelNames(limit, matchers));
  }

  @Override
  public void close() {
    primary.close();
    secondaries.forEach(Querier::close);
  }
}
