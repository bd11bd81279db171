package io.narthex.storage.tsdb.internal;

import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.Series;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.StorageException;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.storage.merge.internal.ChainedCursor;
import io.narthex.storage.merge.internal.MergedLabels;
import io.narthex.storage.merge.internal.MergedSeriesSet;
import io.narthex.storage.tsdb.internal.block.BlockQuerier;
import io.narthex.storage.tsdb.internal.block.BlockSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Blocks and head as one. What lies in time ranges that do not overlap is read one after the other;
 * only where they do are samples compared.
 */
final class TsdbQuerier implements Querier {

  /**
   * A part of the database.
   *
   * @param minTime of its oldest sample, or earlier
   * @param maxTime of its newest sample, or later
   */
  record Part(Querier querier, long minTime, long maxTime) {}

  private final List<Part> parts;

  /**
   * The blocks of a time range and the head as one.
   *
   * @param head a view on the head that is older than the list of blocks: what leaves the head is
   *     in a block before
   * @param headMinTime of the head's samples, as it was before the view was made
   */
  static Querier open(BlockSet blocks, Querier head, long headMinTime, long minTime, long maxTime) {
    List<BlockQuerier> queriers = blocks.queriers(minTime, maxTime);
    if (queriers.isEmpty()) {
      return head;
    }
    List<Part> parts = new ArrayList<>();
    for (BlockQuerier q : queriers) {
      parts.add(new Part(q, q.block().meta().minTime(), q.block().meta().maxTime() - 1));
    }
    parts.add(new Part(head, headMinTime, Long.MAX_VALUE));
    parts.sort(Comparator.comparingLong(Part::minTime));
    return new TsdbQuerier(parts);
  }

  /**
   * @param parts by minTime; closed with this
   */
  TsdbQuerier(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public SeriesSet select(SelectHints hints, List<LabelMatcher> matchers) throws StorageException {
    List<Part> asked = new ArrayList<>();
    for (Part p : parts) {
      if (p.minTime <= hints.end() && p.maxTime >= hints.start()) {
        asked.add(p);
      }
    }
    if (asked.isEmpty()) {
      asked = parts.subList(parts.size() - 1, parts.size());
    }
    if (asked.size() == 1) {
      return asked.getFirst().querier.select(hints, matchers);
    }
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
    List<SeriesSet> sets = new ArrayList<>();
    for (Part p : asked) {
      sets.add(p.querier.select(sorted, matchers));
    }
    List<Part> sources = List.copyOf(asked);
    return new MergedSeriesSet(
        sets,
        hints.limit(),
        List.of(),
        (set, e, warnings) -> {
          throw e;
        },
        (labels, series, from) -> combine(labels, series, from, sources));
  }

  /** Chains groups of parts; within a group time ranges overlap. */
  private static Series combine(
      Labels labels, List<Series> series, int[] from, List<Part> sources) {
    List<Series> chain = new ArrayList<>();
    List<Series> group = new ArrayList<>();
    long end = Long.MIN_VALUE;
    for (int i = 0; i < series.size(); i++) {
      Part source = sources.get(from[i]);
      if (!group.isEmpty() && source.minTime > end) {
        chain.add(one(labels, group));
        group = new ArrayList<>();
      }
      group.add(series.get(i));
      end = Math.max(end, source.maxTime);
    }
    chain.add(one(labels, group));
    return chain.size() == 1 ? chain.getFirst() : new Chain(labels, chain);
  }

  private static Series one(Labels labels, List<Series> group) {
    return group.size() == 1
        ? group.getFirst()
        : new MergedSeriesSet.Merged(labels, List.copyOf(group));
  }

  /** One series of several parts that do not overlap. */
  private record Chain(Labels labels, List<Series> series) implements Series {
    @Override
    public SampleCursor cursor(@Nullable SampleCursor reuse) {
      return ChainedCursor.of(series, reuse);
    }
  }

  @Override
  public LabelResult labelValues(String name, int limit, List<LabelMatcher> matchers)
      throws StorageException {
    List<LabelResult> results = new ArrayList<>();
    for (Part p : parts) {
      results.add(p.querier.labelValues(name, limit, matchers));
    }
    return MergedLabels.of(limit, results);
  }

  @Override
  public LabelResult labelNames(int limit, List<LabelMatcher> matchers) throws StorageException {
    List<LabelResult> results = new ArrayList<>();
    for (Part p : parts) {
      results.add(p.querier.labelNames(limit, matchers));
    }
    return MergedLabels.of(limit, results);
  }

  @Override
  public void close() {
    parts.forEach(p -> p.querier.close());
  }
}
