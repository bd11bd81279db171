package io.narthex.storage.fanout.internal;

import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.StorageException;
import io.narthex.model.LabelMatcher;
import io.narthex.storage.merge.internal.MergedLabels;
import io.narthex.storage.merge.internal.MergedSeriesSet;
import java.util.ArrayList;
import java.util.List;

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

  /** A remote storage that fails ends there; the local one's failure is the query's. */
  private static void failed(int set, StorageException e, List<String> warnings)
      throws StorageException {
    if (set == 0) {
      throw e;
    }
    warnings.add(warning(e));
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
    return new MergedSeriesSet(
        sets,
        hints.limit(),
        warnings,
        FanoutQuerier::failed,
        (labels, parts, from) -> new MergedSeriesSet.Merged(labels, parts));
  }

  /** A call of one querier. */
  @FunctionalInterface
  private interface Call {
    LabelResult on(Querier querier) throws StorageException;
  }

  private LabelResult merge(int limit, Call call) throws StorageException {
    List<LabelResult> results = new ArrayList<>();
    results.add(new LabelResult(List.of(), openingWarnings));
    results.add(call.on(primary));
    for (Querier secondary : secondaries) {
      try {
        results.add(call.on(secondary));
      } catch (StorageException e) {
        results.add(new LabelResult(List.of(), List.of(warning(e))));
      }
    }
    return MergedLabels.of(limit, results);
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
