package io.narthex.storage.fanout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleBatch;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageException;
import io.narthex.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FanoutStorageTest {

  private static final Labels A = Labels.of("__name__", "a");
  private static final Labels B = Labels.of("__name__", "b");

  private final MapStorage local = new MapStorage();
  private final MapStorage remote = new MapStorage();
  private final FanoutStorage fanout = new FanoutStorage(local);

  private static void add(Storage s, Labels labels, long t, double v) throws StorageException {
    Appender a = s.appender();
    assertThat(a.append(a.series(labels), t, v)).isEqualTo(Outcome.STORED);
    a.commit();
  }

  private static TreeMap<Labels, List<String>> read(SeriesSet set, int capacity)
      throws StorageException {
    TreeMap<Labels, List<String>> out = new TreeMap<>();
    while (set.next()) {
      SampleCursor c = set.current().cursor(null);
      SampleBatch b = new SampleBatch(capacity);
      List<String> samples = new ArrayList<>();
      while (c.next(b)) {
        for (int i = 0; i < b.size; i++) {
          samples.add(b.timestamps[i] + "=" + b.values[i]);
        }
      }
      out.put(set.current().labels(), samples);
    }
    return out;
  }

  @Test
  void withoutRemotesItIsTheLocalStorage() throws StorageException {
    add(fanout, A, 1, 1);
    assertThat(local.samples).containsOnlyKeys(A);
    try (Querier q = fanout.querier(0, 10)) {
      assertThat(q).isInstanceOf(MapStorage.MapQuerier.class);
    }
  }

  @Test
  void appendsToAllAndForgetsReferencesWhenRemotesChange() throws StorageException {
    Appender before = fanout.appender();
    long old = before.series(A);
    before.commit();
    fanout.addRemote(remote);
    Appender a = fanout.appender();
    assertThat(a.append(old, 1, 1)).isEqualTo(Outcome.UNKNOWN_SERIES);
    assertThat(a.explanation()).isEqualTo("unknown series reference");
    long series = a.series(A);
    assertThat(a.append(series, 1, 1)).isEqualTo(Outcome.STORED);
    a.commit();
    Appender next = fanout.appender();
    assertThat(next.append(series, 2, 2)).isEqualTo(Outcome.STORED);
    next.commit();
    assertThat(local.samples.get(A)).containsEntry(1L, 1.0).containsEntry(2L, 2.0);
    assertThat(remote.samples.get(A)).containsEntry(1L, 1.0).containsEntry(2L, 2.0);
    fanout.removeRemote(remote);
    Appender last = fanout.appender();
    assertThat(last.append(series, 3, 3)).isEqualTo(Outcome.UNKNOWN_SERIES);
    assertThat(last.append(last.series(A), 3, 3)).isEqualTo(Outcome.STORED);
    last.commit();
    assertThat(remote.samples.get(A)).hasSize(2);
  }

  @Test
  void aLocalFailureIsTheCallersAndARemoteOneIsNot() throws StorageException {
    fanout.addRemote(remote);
    local.failing = true;
    Appender a = fanout.appender();
    a.append(a.series(A), 1, 1);
    assertThatThrownBy(a::commit).isInstanceOf(StorageException.class);
    assertThat(remote.samples).isEmpty();
    local.failing = false;
    remote.failing = true;
    add(fanout, A, 1, 1);
    assertThat(local.samples).containsKey(A);
  }

  @Test
  void mergesSeriesAndSamples() throws StorageException {
    for (int t : new int[] {1, 2, 5, 6}) {
      add(local, A, t, t);
    }
    for (int t : new int[] {0, 2, 3, 6, 7}) {
      add(remote, A, t, -t);
    }
    add(remote, B, 1, 1);
    fanout.addRemote(remote);
    for (int capacity : new int[] {1, 3, 256}) {
      try (Querier q = fanout.querier(0, 10)) {
        assertThat(read(q.select(SelectHints.samples(0, 10, false), List.of()), capacity))
            .containsEntry(
                A, List.of("0=0.0", "1=1.0", "2=2.0", "3=-3.0", "5=5.0", "6=6.0", "7=-7.0"))
            .containsEntry(B, List.of("1=1.0"));
        assertThat(read(q.select(SelectHints.labelsOnly(0, 10, 1), List.of()), 9)).hasSize(1);
        assertThat(q.labelValues("__name__", 0, List.of()).values()).containsExactly("a", "b");
        assertThat(q.labelNames(0, List.of()).values()).containsExactly("__name__");
      }
    }
  }

  @Test
  void seeksInAllParts() throws StorageException {
    for (int t = 0; t < 20; t++) {
      add(t % 3 == 0 ? local : remote, A, t, t);
    }
    fanout.addRemote(remote);
    try (Querier q = fanout.querier(0, 100)) {
      SeriesSet set = q.select(SelectHints.samples(0, 100, true), List.of());
      assertThat(set.next()).isTrue();
      SampleCursor c = set.current().cursor(null);
      SampleBatch b = new SampleBatch(2);
      c.seek(5);
      assertThat(c.next(b)).isTrue();
      assertThat(b.timestamps).containsExactly(5, 6);
      c.seek(12);
      assertThat(c.next(b)).isTrue();
      assertThat(b.timestamps).containsExactly(12, 13);
      c.seek(100);
      assertThat(c.next(b)).isFalse();
    }
  }

  @Test
  void failuresOfRemotesBecomeWarnings() throws StorageException {
    add(local, A, 1, 1);
    fanout.addRemote(remote);
    remote.failing = true;
    try (Querier q = fanout.querier(0, 10)) {
      SeriesSet set = q.select(SelectHints.samples(0, 10, true), List.of());
      assertThat(read(set, 10)).containsOnlyKeys(A);
      assertThat(set.warnings()).containsExactly("remote storage: failing");
      assertThat(q.labelNames(0, List.of()).warnings()).containsExactly("remote storage: failing");
    }
    remote.failing = false;
    Querier q = fanout.querier(0, 10);
    remote.failing = true;
    SeriesSet set = q.select(SelectHints.samples(0, 10, true), List.of());
    assertThat(read(set, 10)).containsOnlyKeys(A);
    assertThat(set.warnings()).containsExactly("remote storage: failing");
    q.close();
    local.failing = true;
    assertThatThrownBy(() -> fanout.querier(0, 10)).hasMessage("failing");
  }
}
