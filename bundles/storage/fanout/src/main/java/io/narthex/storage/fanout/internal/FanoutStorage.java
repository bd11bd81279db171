package io.narthex.storage.fanout.internal;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageException;
import java.util.ArrayList;
import java.util.List;

/**
 * A local storage and the remote ones of the moment as one. As long as there never was a remote
 * one, appenders are the local storage's own.
 *
 * <p>A series reference is the local one with the number of a generation above it. Each change of
 * the remote storages begins a generation; references of earlier ones are unknown from then on, so
 * that callers ask again and the series becomes known to all.
 */
final class FanoutStorage implements Storage {

  private final Storage local;

  /** The remote storages, and what they call the series. */
  record Generation(int number, List<Storage> remotes, List<RemoteReferences> references) {}

  private volatile Generation generation = new Generation(0, List.of(), List.of());

  FanoutStorage(Storage local) {
    this.local = local;
  }

  synchronized void addRemote(Storage remote) {
    List<Storage> remotes = new ArrayList<>(generation.remotes);
    remotes.add(remote);
    begin(remotes);
  }

  synchronized void removeRemote(Storage remote) {
    List<Storage> remotes = new ArrayList<>(generation.remotes);
    remotes.remove(remote);
    begin(remotes);
  }

  private void begin(List<Storage> remotes) {
    List<RemoteReferences> references = new ArrayList<>();
    for (int i = 0; i < remotes.size(); i++) {
      references.add(new RemoteReferences());
    }
    int number = generation.number % FanoutAppender.MAX_GENERATION + 1;
    generation = new Generation(number, List.copyOf(remotes), List.copyOf(references));
  }

  @Override
  public Appender appender() {
    Generation g = generation;
    return g.number == 0 ? local.appender() : new FanoutAppender(local.appender(), g);
  }

  @Override
  public Querier querier(long minTime, long maxTime) throws StorageException {
    Generation g = generation;
    Querier primary = local.querier(minTime, maxTime);
    if (g.remotes.isEmpty()) {
      return primary;
    }
    List<Querier> secondaries = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (Storage remote : g.remotes) {
      try {
        secondaries.add(remote.querier(minTime, maxTime));
      } catch (StorageException e) {
        warnings.add(FanoutQuerier.warning(e));
      }
    }
    return new FanoutQuerier(primary, secondaries, warnings);
  }

  @Override
  public long startTime() {
    long oldest = local.startTime();
    for (Storage remote : generation.remotes) {
      oldest = Math.min(oldest, remote.startTime());
    }
    return oldest;
  }
}
