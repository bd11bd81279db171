package io.narthex.storage.tsdb.internal;

import io.narthex.api.storage.StorageAdmin;
import io.narthex.api.storage.StorageException;
import io.narthex.model.LabelMatcher;
import io.narthex.storage.tsdb.internal.block.BlockSet;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;

/** What the API may ask of an open database's maintenance. */
final class DatabaseAdmin implements StorageAdmin {

  private final Maintenance maintenance;
  private final BlockSet open;

  DatabaseAdmin(Maintenance maintenance, BlockSet open) {
    this.maintenance = maintenance;
    this.open = open;
  }

  /** Work that may fail. */
  @FunctionalInterface
  private interface Work<T> {
    T run() throws IOException, InterruptedException;
  }

  private static <T> T call(Work<T> work) throws StorageException {
    try {
      return work.run();
    } catch (StorageException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException(StorageException.Kind.NOT_READY, "TSDB not ready", e);
    } catch (CancellationException e) {
      throw new StorageException(StorageException.Kind.NOT_READY, "TSDB not ready", e);
    } catch (IOException e) {
      throw new StorageException(StorageException.Kind.IO, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void deleteSeries(long minTime, long maxTime, List<LabelMatcher> matchers)
      throws StorageException {
    call(() -> {
      maintenance.deleteSeries(minTime, maxTime, matchers);
      return true;
    });
  }

  @Override
  public void cleanTombstones() throws StorageException {
    call(() -> {
      maintenance.cleanTombstones();
      return true;
    });
  }

  @Override
  public String snapshot(boolean withHead) throws StorageException {
    return call(() -> maintenance.snapshot(withHead));
  }

  @Override
  public List<Block> blocks() {
    return open.blocks().stream().map(BlockDescription::of).toList();
  }
}
